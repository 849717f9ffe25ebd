import type { Integer } from "../../core/machine/describe.ts";
import type { Transition } from "../../core/machine/transition.ts";
import { formatInteger } from "../../debugger/expressions/format.ts";
import type { Base } from "../../debugger/expressions/tree.ts";
import type { MachineView, ThreadView } from "../../debugger/views/machine.ts";
import { element, keepFocus, render } from "./dom.ts";
import "./machine.css";
import type { FromPanel } from "./messages.ts";
import { listen, send } from "./vscode.ts";

/** Threads share colours beyond this many. */
const COLOURS = 4;

const root = document.getElementById("root")!;
/** What happened last. It stays in the page, because screen readers tell the changes of what is there. */
const told = element("p", { class: "told", role: "status" });
const head = element("div");
const body = element("div");
root.append(head, told, body);
keepFocus();

listen((message) => {
  if (message.type !== "machine") return;
  const { machine, previous } = message;
  told.textContent = machine?.told ?? "";
  render(head, ...(machine ? [header(machine)] : []));
  if (machine) render(body, threads(machine, previous), memory(machine, previous));
  else render(body, element("p", { class: "empty" }, "Start debugging a program (F5) to see its machine."));
});

function header(machine: MachineView): HTMLElement {
  const { index, length, isRunning } = machine;
  const isBehind = index > 0 && !isRunning;
  const isAhead = index < length && !isRunning;
  const model = machine.model === "tso" ? "Total store order (x86-TSO)" : "Sequential consistency";
  return element(
    "header",
    {},
    element("h1", {}, machine.program),
    element("span", { class: "model" }, model),
    element(
      "nav",
      { "aria-label": "Time" },
      travelButton("|◀", "To the start", 0, isBehind),
      travelButton("◀", "One transition back", index - 1, isBehind),
      element("output", {}, isRunning ? "running…" : `${index} of ${length}`),
      travelButton("▶", "One recorded transition forward", index + 1, isAhead),
      travelButton("▶|", "To the end of what is recorded", length, isAhead),
    ),
  );
}

const travelButton = (sign: string, label: string, index: number, isPossible: boolean): HTMLElement =>
  actionButton(
    { "aria-label": label, title: label, "data-key": label },
    isPossible,
    { type: "goto", index },
    sign,
  );

/** A button that asks for something. Where that is not possible it can still have the keyboard, so that nobody is thrown out of the page by a click. */
function actionButton(
  attributes: Readonly<Record<string, string>>,
  isPossible: boolean,
  message: FromPanel,
  ...content: readonly (Node | string)[]
): HTMLElement {
  const button = element(
    "button",
    { ...attributes, "aria-disabled": isPossible ? undefined : "true" },
    ...content,
  );
  if (isPossible) button.addEventListener("click", () => send(message));
  return button;
}

const threads = (machine: MachineView, previous: MachineView | undefined): HTMLElement =>
  element(
    "main",
    { class: "threads" },
    ...machine.threads.map((thread, t) => threadCard(machine, thread, previous?.threads[t], t)),
  );

function threadCard(
  machine: MachineView,
  thread: ThreadView,
  before: ThreadView | undefined,
  t: number,
): HTMLElement {
  return element(
    "section",
    { class: `thread colour${t % COLOURS}`, "aria-label": `Thread ${t}` },
    element(
      "h2",
      {},
      element("span", { class: "chip" }, `T${t}`),
      element("span", { class: "place" }, thread.halted ? "halted" : `${thread.place} · line ${thread.line}`),
    ),
    executeButton(machine, thread, t),
    registers(machine, thread, before),
    flags(thread, before),
    element("div", { class: "spacer" }),
    machine.model === "tso"
      ? storeBuffer(machine, thread, before, t)
      : element("p", { class: "direct" }, "stores go to memory at once"),
  );
}

function executeButton(machine: MachineView, thread: ThreadView, t: number): HTMLElement {
  const { text, why, hint } = executeWords(machine, thread, t);
  return actionButton(
    { class: "execute", "data-key": `execute${t}`, title: why },
    isPossible(machine, t, "execute"),
    { type: "take", thread: t, kind: "execute" },
    element("code", {}, text),
    element("span", { class: "hint" }, hint),
  );
}

const isPossible = ({ isRunning, transitions }: MachineView, t: number, kind: Transition["kind"]): boolean =>
  !isRunning && transitions.some((x) => x.thread === t && x.kind === kind);

function executeWords(machine: MachineView, { halted, next = "no instruction" }: ThreadView, t: number) {
  if (halted) return { text: "halted", why: "This thread has halted", hint: "" };
  if (machine.isRunning) return { text: next, why: "Pause the program first", hint: "running" };
  if (isPossible(machine, t, "execute"))
    return { text: next, why: `T${t} executes this instruction`, hint: "execute" };
  const why = "Waits until its store buffer is empty: drain it first";
  return { text: next, why, hint: "waits for its buffer" };
}

function registers({ base }: MachineView, thread: ThreadView, before: ThreadView | undefined): HTMLElement {
  const cells = [["pc", thread.pc] as const, ...Object.entries(thread.registers)].map(([name, value]) => {
    const old = name === "pc" ? before?.pc : before?.registers[name];
    return valueCell(name, value, old, base);
  });
  return element("dl", { class: "cells", "aria-label": "Registers" }, ...cells);
}

/** One integer, or those of a variable with several cells. */
type Value = Integer | readonly Integer[];

/**
 * A name with its value; marked where the value was another one before.
 * @param context what the editor's context menu is told about it
 */
function valueCell(
  name: string,
  value: Value,
  old: Value | undefined,
  base: Base,
  context?: string,
): HTMLElement {
  const text = (shown: Value): string =>
    [shown]
      .flat()
      .map((v) => formatInteger(v, base))
      .join(" ");
  const was = old !== undefined && text(old) !== text(value) && `was ${text(old)}`;
  return element(
    "div",
    { class: was ? "cell changed" : "cell", title: was, "data-vscode-context": context },
    element("dt", {}, name),
    element("dd", {}, text(value), was && element("span", { class: "hidden" }, ` (${was})`)),
  );
}

function flags(thread: ThreadView, before: ThreadView | undefined): HTMLElement {
  const none = "no flags";
  const names = (from: ThreadView): readonly string[] => (from.flags.length > 0 ? from.flags : [none]);
  const old = before && names(before);
  return element(
    "p",
    { class: "flags", role: "group", "aria-label": "Flags" },
    ...names(thread).map((flag) => element("code", { class: old && !old.includes(flag) && "changed" }, flag)),
  );
}

/** The buffer as a queue that flows down into memory: the oldest store at the mouth, the newest on top. */
function storeBuffer(
  machine: MachineView,
  { buffer }: ThreadView,
  before: ThreadView | undefined,
  t: number,
): HTMLElement {
  const grew = buffer.length > (before?.buffer.length ?? buffer.length);
  const stores = buffer.map((store, i) =>
    element(
      "li",
      { class: grew && i === buffer.length - 1 ? "store fresh" : "store" },
      element("b", {}, store.variable ?? `[${store.address}]`),
      element("span", {}, `= ${formatInteger(store.value, machine.base)}`),
      element("small", {}, `line ${store.line}`),
    ),
  );
  const drain = actionButton(
    {
      class: "drain",
      "data-key": `drain${t}`,
      "aria-label": `Drain T${t}'s oldest store`,
      title: buffer.length > 0 ? "The oldest store reaches memory" : "No store waits",
    },
    isPossible(machine, t, "drain"),
    { type: "take", thread: t, kind: "drain" },
    "drain ↓",
  );
  return element(
    "div",
    { class: "buffer" },
    element("h3", {}, "store buffer"),
    element("ol", { class: "pipe", "aria-label": `Store buffer of T${t}, oldest first` }, ...stores),
    drain,
  );
}

const cellContext = (cell: string): string =>
  JSON.stringify({ webviewSection: "cell", cell, preventDefaultContextMenuItems: true });

function memory({ variables, cells, base }: MachineView, previous: MachineView | undefined): HTMLElement {
  const named = Object.entries(variables).map(([name, value]) =>
    valueCell(name, value, previous?.variables[name], base, cellContext(name)),
  );
  const others = Object.entries(cells).map(([address, value]) =>
    valueCell(
      `[${address}]`,
      value,
      previous && (previous.cells[address] ?? 0),
      base,
      cellContext(`[${address}]`),
    ),
  );
  return element(
    "section",
    { class: "memory", "aria-label": "Shared memory" },
    element("h2", {}, "shared memory"),
    element("dl", { class: "cells" }, ...named, ...others),
  );
}
