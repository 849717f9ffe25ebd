import { element, keepFocus } from "./dom.ts";
import "./timeline.css";
import { canvasPainter } from "./timeline/canvas-painter.ts";
import { type Colours, draw, eventAt, heightOf, LEFT, type Window, xOf } from "./timeline/draw.ts";
import { describe, noEvents, replaceFrom } from "./timeline/events.ts";
import { timelineSvg } from "./timeline/svg.ts";
import { listen, send } from "./vscode.ts";

const events = noEvents();
let index = 0;
let start = 0;
/** Pixels an event; 0: as many as fill the page. */
let scale = 0;
let isDrawing = false;

const canvas = element("canvas", {
  tabindex: 0,
  "data-key": "time",
  role: "slider",
  "aria-label": "Time",
  "aria-orientation": "horizontal",
});
const told = element("p", { class: "told", "aria-live": "polite" });
const button = (text: string, label: string, act: () => void): HTMLElement => {
  const made = element("button", { title: label, "aria-label": label }, text);
  made.addEventListener("click", act);
  return made;
};
document.getElementById("root")!.append(
  element(
    "header",
    {},
    button("−", "Zoom out", () => zoom(1 / 1.5, presentX())),
    button("+", "Zoom in", () => zoom(1.5, presentX())),
    button("fit", "Show all of time", showAll),
    button("SVG", "Save this picture as SVG", save),
    element("span", { class: "legend" }, "○ load  ● store  ◆ locked  ┃ fence  ▼ drain"),
  ),
  canvas,
  told,
);

keepFocus();

listen((message) => {
  if (message.type === "timeline") replaceFrom(events, message.timeline);
  else if (message.type === "machine") {
    index = message.machine?.index ?? 0;
    if (!message.machine) Object.assign(events, noEvents());
    reveal();
  }
  requestDraw();
});

function windowNow(): Window {
  const width = canvas.clientWidth;
  const fitting = (width - LEFT - 20) / Math.max(1, events.length);
  return { start, scale: scale || Math.min(60, fitting), width };
}

function requestDraw(): void {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    paint();
  });
}

function paint(): void {
  const ratio = window.devicePixelRatio;
  const height = heightOf(events, windowNow());
  canvas.style.height = `${height}px`;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  draw(canvasPainter(context, fontFamily()), events, index, windowNow(), colours());
  canvas.setAttribute("aria-valuemin", "0");
  canvas.setAttribute("aria-valuemax", String(events.length));
  canvas.setAttribute("aria-valuenow", String(index));
  const last = index > 0 && index <= events.length ? `after ${describe(events, index - 1)}` : "at the start";
  canvas.setAttribute("aria-valuetext", `${index} of ${events.length}, ${last}`);
  told.textContent = `${index} of ${events.length} · ${last}`;
}

const style = (name: string): string => getComputedStyle(document.body).getPropertyValue(name).trim();
const fontFamily = (): string => style("--vscode-editor-font-family") || "monospace";

const colours = (): Colours => ({
  text: style("--vscode-foreground"),
  faint: style("--vscode-descriptionForeground"),
  background: style("--vscode-editor-background"),
  cursor: style("--vscode-focusBorder"),
  threads: [0, 1, 2, 3].map((t) => style(`--vscode-interleave-thread${t}`)),
});

function travel(to: number): void {
  send({ type: "goto", index: Math.min(events.length, Math.max(0, Math.round(to))) });
}

/** Where the present is, or the middle of the window if it is not in it: what stays in its place when no pointer says another. */
function presentX(): number {
  const x = xOf(windowNow(), index);
  return x >= LEFT && x <= canvas.clientWidth ? x : canvas.clientWidth / 2;
}

/** @param x the place that stays where it is */
function zoom(factor: number, x: number): void {
  const now = windowNow();
  const held = eventAt(now, x);
  const fitting = Math.min(60, (now.width - LEFT - 20) / Math.max(1, events.length));
  scale = Math.min(200, Math.max(fitting, now.scale * factor));
  start = Math.max(0, held - (x - LEFT) / scale);
  if (scale === fitting) showAll();
  requestDraw();
}

function showAll(): void {
  scale = 0;
  start = 0;
  requestDraw();
}

/** Moves the window so that the present is in it. */
function reveal(): void {
  if (scale === 0) return; // all of time is shown
  const now = windowNow();
  const visible = (now.width - LEFT) / now.scale;
  if (index < start) start = Math.max(0, index - visible / 4);
  else if (index > start + visible - 1) start = Math.max(0, index - visible * 0.75);
}

function save(): void {
  send({ type: "save", svg: timelineSvg(events, index, windowNow(), colours(), fontFamily()) });
}

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => travel(index - 1),
  ArrowRight: () => travel(index + 1),
  PageUp: () => travel(index - Math.max(1, events.length / 20)),
  PageDown: () => travel(index + Math.max(1, events.length / 20)),
  Home: () => travel(0),
  End: () => travel(events.length),
  "+": () => zoom(1.5, presentX()),
  "-": () => zoom(1 / 1.5, presentX()),
  "0": showAll,
};

canvas.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act) return;
  act();
  event.preventDefault();
});

/** Where the pointer went down, for telling a click from a drag. */
let grip: { readonly x: number; readonly start: number } | undefined;

canvas.addEventListener("pointerdown", (event) => {
  grip = { x: event.offsetX, start };
  canvas.setPointerCapture(event.pointerId);
});

canvas.addEventListener("pointermove", (event) => {
  const now = windowNow();
  if (grip) {
    start = Math.max(0, grip.start - (event.offsetX - grip.x) / now.scale);
    requestDraw();
    return;
  }
  const pointed = Math.floor(eventAt(now, event.offsetX));
  canvas.title = pointed >= 0 && pointed < events.length ? `${pointed}: ${describe(events, pointed)}` : "";
});

canvas.addEventListener("pointerup", (event) => {
  if (grip && Math.abs(event.offsetX - grip.x) < 4) travel(eventAt(windowNow(), event.offsetX));
  grip = undefined;
});

canvas.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      start = Math.max(0, start + (event.deltaX || event.deltaY) / windowNow().scale);
      requestDraw();
    } else zoom(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX);
  },
  { passive: false },
);

new ResizeObserver(requestDraw).observe(canvas);
new MutationObserver(requestDraw).observe(document.body, { attributes: true, attributeFilter: ["class"] });
