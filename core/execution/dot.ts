import type { Program } from "../machine/program.ts";
import { cellText, type Execution, type MemoryEvent } from "./execution.ts";
import { type Edge, edgesOf, type Relation } from "./relations.ts";

/** Inches between neighbouring threads, between the middles of neighbouring events, and of a letter. */
const GAP = 1.1;
const ROW = 0.9;
const LETTER = 0.1;

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
  const labels = events.map((event, i) => `${eventName(i)}: ${eventText(program, event)}`);
  const width = round(Math.max(...labels.map((l) => l.length), 10) * LETTER + 0.25);
  const place = (thread: number, row: number): string =>
    `${round(threads.indexOf(thread) * (width + GAP))},${round(-row * ROW)}!`;
  const heads = threads.map((thread) =>
    node(`t${thread}`, {
      label: `Thread ${thread}`,
      class: "thread",
      shape: "plaintext",
      pos: place(thread, 0.35),
    }),
  );
  const depth = new Map<number, number>();
  const nodes = events.map(({ thread, kind, instruction }, i) => {
    const row = (depth.get(thread) ?? 0) + 1;
    depth.set(thread, row);
    const tooltip = `T${thread}: ${program.instructions[instruction]?.text ?? ""}`;
    return node(`e${i}`, { label: labels[i]!, tooltip, class: kind, pos: place(thread, row) });
  });
  return [
    `digraph ${quote(program.name)} {`,
    '  graph [layout=neato, splines=true, notranslate=true, esep="+8", sep="+10", pad=0.2]',
    `  node [shape=box, style=rounded, color=gray, fontname="Courier", fontsize=12, fixedsize=true, height=0.35, width=${width}]`,
    '  edge [fontname="Helvetica", fontsize=11, arrowsize=0.7]',
    ...heads,
    ...nodes,
    ...edgesOf(execution).map((e) => edge(e, events, threads)),
    "}",
    "",
  ].join("\n");
}

const node = (id: string, attributes: Readonly<Record<string, string>>): string =>
  `  ${id} [${list(attributes)}]`;

function edge(
  { relation, from, to }: Edge,
  events: readonly MemoryEvent[],
  threads: readonly number[],
): string {
  const colour = COLOURS[relation];
  const label = relation === "po" ? (events[to]!.fence ?? "po") : relation;
  const { thread } = events[from]!;
  const beside = thread === events[to]!.thread && relation !== "po" && relation !== "rmw";
  // Beside the column, where program order is not in the way; for the first thread on its outer side.
  const port = thread === threads[0] ? "w" : "e";
  const ports = beside ? { tailport: port, headport: port } : {};
  return `  e${from} -> e${to} [${list({ label, class: relation, color: colour, fontcolor: colour, ...ports })}]`;
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
