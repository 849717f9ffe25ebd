import type { MachineView, ThreadView } from "../../debugger/views/machine.ts";
import { element, keepFocus, render } from "./dom.ts";
import "./machine.css";
import { listen, send } from "./vscode.ts";

/** Threads share colours beyond this many. */
const COLOURS = 4;

const root = document.getElementById("root")!;
keepFocus();

listen((message) => {
  if (message.type !== "machine") return;
  const { machine, previous } = message;
  if (machine) render(root, header(machine), threads(machine, previous), memory(machine, previous));
  else render(root, element("p", { class: "empty" }, "Start debugging a program (F5) to see its machine."));
});

function header(machine: MachineView): HTMLElement {
  const { index, length } = machine;
  const model = machine.model === "tso" ? "Total store order (x86-TSO)" : "Sequential consistency";
  return element(
    "header",
    {},
    element("h1", {}, machine.program),
    element("span", { class: "model" }, model),
    element(
      "nav",
      { "aria-label": "Time" },
      travelButton("|◀", "To the start", 0, index > 0),
      travelButton("◀", "One transition back", index - 1, index > 0),
      element("output", { "aria-live": "polite" }, `${index} of ${length}`),
      travelButton("▶", "One recorded transition forward", index + 1, index < length),
      travelButton("▶|", "To the end of what is recorded", length, index < length),
    ),
  );
}

function travelButton(sign: string, label: string, index: number, enabled: boolean): HTMLElement {
  const button = element(
    "button",
    { "aria-label": label, title: label, "data-key": label, disabled: !enabled },
    sign,
  );
  button.addEventListener("click", () => send({ type: "goto", index }));
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
    registers(thread, before),
    flags(thread),
    element("div", { class: "spacer" }),
    machine.model === "tso"
      ? storeBuffer(thread, before, t)
      : element("p", { class: "direct" }, "stores go to memory at once"),
  );
}

function executeButton(machine: MachineView, thread: ThreadView, t: number): HTMLElement {
  const possible = machine.transitions.some((x) => x.thread === t && x.kind === "execute");
  const why = thread.halted
    ? "This thread has halted"
    : "Waits until its store buffer is empty: drain it first";
  const button = element(
    "button",
    {
      class: "execute",
      "data-key": `execute${t}`,
      disabled: !possible,
      title: possible ? `T${t} executes this instruction` : why,
    },
    element("code", {}, thread.halted ? "halted" : (thread.next ?? "no instruction")),
    element("span", { class: "hint" }, possible ? "execute" : thread.halted ? "" : "waits for its buffer"),
  );
  button.addEventListener("click", () => send({ type: "take", thread: t, kind: "execute" }));
  return button;
}

function registers(thread: ThreadView, before: ThreadView | undefined): HTMLElement {
  const cells = [["pc", thread.pc] as const, ...Object.entries(thread.registers)].map(([name, value]) => {
    const old = name === "pc" ? before?.pc : before?.registers[name];
    return valueCell(name, value, old);
  });
  return element("dl", { class: "cells", "aria-label": "Registers" }, ...cells);
}

/**
 * A name with its value; marked where the value was another one before.
 * @param context what the editor's context menu is told about it
 */
function valueCell(name: string, value: unknown, old: unknown, context?: string): HTMLElement {
  const isChanged = old !== undefined && JSON.stringify(old) !== JSON.stringify(value);
  const shown = Array.isArray(value) ? value.join(" ") : String(value);
  return element(
    "div",
    {
      class: isChanged ? "cell changed" : "cell",
      title: isChanged ? `was ${old}` : undefined,
      "data-vscode-context": context,
    },
    element("dt", {}, name),
    element("dd", {}, shown, isChanged && element("span", { class: "hidden" }, ` (was ${old})`)),
  );
}

const flags = (thread: ThreadView): HTMLElement =>
  element(
    "p",
    { class: "flags", "aria-label": "Flags" },
    ...(thread.flags.length > 0 ? thread.flags : ["no flags"]).map((flag) => element("code", {}, flag)),
  );

/** The buffer as a queue that flows down into memory: the newest store on top, the oldest at the mouth. */
function storeBuffer(thread: ThreadView, before: ThreadView | undefined, t: number): HTMLElement {
  const grew = thread.buffer.length > (before?.buffer.length ?? thread.buffer.length);
  const stores = thread.buffer.map((store, i) =>
    element(
      "li",
      { class: grew && i === thread.buffer.length - 1 ? "store fresh" : "store" },
      element("b", {}, store.variable ?? `[${store.address}]`),
      element("span", {}, `= ${store.value}`),
      element("small", {}, `line ${store.line}`),
    ),
  );
  const drain = element(
    "button",
    {
      class: "drain",
      "data-key": `drain${t}`,
      disabled: thread.buffer.length === 0,
      title: "The oldest store reaches memory",
    },
    "drain ↓",
  );
  drain.addEventListener("click", () => send({ type: "take", thread: t, kind: "drain" }));
  return element(
    "div",
    { class: "buffer" },
    element("h3", {}, "store buffer"),
    element(
      "ol",
      { class: "pipe", reversed: true, "aria-label": `Store buffer of T${t}, newest first` },
      ...stores.reverse(),
    ),
    drain,
  );
}

const cellContext = (cell: string): string =>
  JSON.stringify({ webviewSection: "cell", cell, preventDefaultContextMenuItems: true });

function memory(machine: MachineView, previous: MachineView | undefined): HTMLElement {
  const named = Object.entries(machine.variables).map(([name, value]) =>
    valueCell(name, value, previous?.variables[name], cellContext(name)),
  );
  const others = Object.entries(machine.cells).map(([address, value]) =>
    valueCell(`[${address}]`, value, previous && (previous.cells[address] ?? 0), cellContext(`[${address}]`)),
  );
  return element(
    "section",
    { class: "memory", "aria-label": "Shared memory" },
    element("h2", {}, "shared memory"),
    element("dl", { class: "cells" }, ...named, ...others),
  );
}
