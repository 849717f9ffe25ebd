import type { Program } from "../machine/program.ts";
import { cellText, type Execution, type MemoryEvent } from "./execution.ts";
import { type Edge, edgesOf, type Relation } from "./relations.ts";

/** Inches between the middles of neighbouring threads and events. */
const COLUMN = 2.6;
const ROW = 0.95;

/** The colours that herd draws relations in. */
const COLOURS: Readonly<Record<Relation, string>> = {
  po: "black",
  rmw: "black",
  rf: "red",
  co: "blue",
  fr: "#ffa040",
};

/**
 * The graph of an execution in Graphviz's language, as herd draws it: a column a thread with its events in program order from the top, and the
 * edges between them. Places are pinned, so any of Graphviz's programs gives this picture. Events and edges have classes for style sheets.
 */
export function executionDot(program: Program, execution: Execution): string {
  const { events } = execution;
  const threads = [...new Set(events.map((e) => e.thread))].sort((a, b) => a - b);
  const depth = new Map<number, number>();
  const nodes = events.map((event, i) => {
    const row = (depth.get(event.thread) ?? 0) + 1;
    depth.set(event.thread, row);
    const label = `${eventName(i)}: ${eventText(program, event)}`;
    const tooltip = `T${event.thread}: ${program.instructions[event.instruction]?.text ?? ""}`;
    return node(`e${i}`, threads.indexOf(event.thread), row, { label, tooltip, class: event.kind });
  });
  const heads = threads.map((thread, column) =>
    node(`t${thread}`, column, 0, { label: `Thread ${thread}`, class: "thread", fontname: "Helvetica-Bold" }),
  );
  return [
    `digraph ${quote(program.name)} {`,
    "  graph [layout=neato, splines=true, notranslate=true, pad=0.2]",
    '  node [shape=box, style=rounded, color=gray, fontname="Courier", fontsize=12, height=0.35, margin="0.12,0.04"]',
    '  edge [fontname="Helvetica", fontsize=11, arrowsize=0.7]',
    ...heads,
    ...nodes,
    ...edgesOf(execution).map((e) => edge(e, events)),
    "}",
    "",
  ].join("\n");
}

function node(id: string, column: number, row: number, attributes: Readonly<Record<string, string>>): string {
  const shape = attributes["class"] === "thread" ? { shape: "plaintext" } : {};
  const pos = `${round(column * COLUMN)},${round(-row * ROW)}!`;
  return `  ${id} [${list({ ...attributes, ...shape, pos })}]`;
}

function edge({ relation, from, to }: Edge, events: readonly MemoryEvent[]): string {
  const colour = COLOURS[relation];
  const label = relation === "po" ? (events[to]!.fence ?? "po") : relation;
  return `  e${from} -> e${to} [${list({ label, class: relation, color: colour, fontcolor: colour })}]`;
}

/** `W x = 1`, `R y = 0`; with a star where the event is part of a locked instruction, as in herd's pictures. */
const eventText = (program: Program, event: MemoryEvent): string =>
  `${event.kind === "read" ? "R" : "W"}${event.locked ? "*" : ""} ${cellText(program, event)}`;

/** a, b, … z, a1, b1, … */
function eventName(index: number): string {
  const letter = String.fromCharCode("a".charCodeAt(0) + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

const round = (inches: number): number => Math.round(inches * 100) / 100;

const list = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}=${quote(value)}`)
    .join(", ");

const quote = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`;
