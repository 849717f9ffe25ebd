import { densityOf } from "./density.ts";
import { describe, type Events, markOf, threadOf } from "./events.ts";
import type { Painter } from "./painter.ts";

/** The stretch of time that is shown: events from `start`, each `scale` pixels wide. */
export interface Window {
  readonly start: number;
  readonly scale: number;
  readonly width: number;
}

export interface Colours {
  readonly text: string;
  readonly faint: string;
  readonly background: string;
  readonly cursor: string;
  readonly threads: readonly string[];
}

/** Room for the threads' names, for the numbers on top, and for each thread. */
export const LEFT = 48;
const TOP = 30;
const LANE = 54;
/** Room above a lane for what its events are, where they are far enough from each other to be read. */
const LABELS = 70;
const LABEL_PIXELS = 18;
/** Longer texts would run into the lane above. */
const LONGEST_LABEL = 18;

/** Below this many pixels an event, single events cannot be told apart, and columns show how many there are. */
const FEWEST_PIXELS = 3;

export const heightOf = ({ threads }: Events, window: Window): number =>
  TOP + Math.max(1, threads) * (LANE + labelRoom(window)) + 10;

const labelRoom = ({ scale }: Window): number => (scale >= LABEL_PIXELS ? LABELS : 0);

/** Left edge of an event, which is also the moment before it. */
export const xOf = ({ start, scale }: Window, event: number): number => LEFT + (event - start) * scale;

export const eventAt = ({ start, scale }: Window, x: number): number => start + (x - LEFT) / scale;

/** The middle of a thread's lane. */
const laneOf = (thread: number, window: Window): number =>
  TOP + thread * (LANE + labelRoom(window)) + labelRoom(window) + LANE / 2;

/** Draws the window; what lies ahead of the present is faint. */
export function draw(
  painter: Painter,
  events: Events,
  index: number,
  window: Window,
  colours: Colours,
): void {
  drawAxis(painter, events, window, colours);
  drawLanes(painter, events, window, colours);
  const first = Math.max(0, Math.floor(window.start));
  const last = Math.min(events.length, Math.ceil(window.start + (window.width - LEFT) / window.scale));
  if (window.scale < FEWEST_PIXELS) drawDensity(painter, events, window, colours);
  else {
    for (let i = first; i < last; i++) {
      painter.opacity(i < index ? 1 : 0.4);
      drawEvent(painter, events, i, window, colours);
    }
    painter.opacity(1);
  }
  drawCursor(painter, events, index, window, colours);
}

function drawAxis(painter: Painter, events: Events, window: Window, colours: Colours): void {
  const distance = niceDistance(80 / window.scale);
  const first = Math.max(0, Math.ceil(window.start / distance) * distance);
  for (let i = first; i <= events.length; i += distance) {
    const x = xOf(window, i);
    if (x > window.width) break;
    painter.line(x, TOP - 8, x, TOP - 3, colours.faint, 1);
    painter.text(x + 3, TOP - 12, String(i), colours.faint);
  }
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function niceDistance(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least) ?? 10 * power;
}

function drawLanes(painter: Painter, events: Events, window: Window, colours: Colours): void {
  for (let t = 0; t < events.threads; t++) {
    const y = laneOf(t, window);
    painter.text(12, y - 6, `T${t}`, colourOf(colours, t), true);
    const end = Math.min(window.width, xOf(window, events.length));
    painter.line(LEFT, y - 10, Math.max(LEFT, end), y - 10, colours.faint, 0.5);
  }
}

const colourOf = ({ threads }: Colours, thread: number): string => threads[thread % threads.length]!;

function drawEvent(painter: Painter, events: Events, i: number, window: Window, colours: Colours): void {
  const mark = markOf(events, i);
  const x = xOf(window, i) + window.scale / 2;
  if (mark === "edit") {
    painter.line(x, TOP, x, heightOf(events, window) - 6, colours.text, 1);
    painter.text(x + 3, TOP + 8, "by hand", colours.text);
    return;
  }
  const thread = threadOf(events, i);
  const colour = colourOf(colours, thread);
  const y = laneOf(thread, window) - 10;
  const size = Math.min(6, Math.max(1.5, window.scale / 3));
  switch (mark) {
    case "load":
      painter.circle(x, y, size, colour, false);
      break;
    case "store":
      painter.circle(x, y, size, colour, true);
      break;
    case "locked":
      painter.polygon(
        [
          [x, y - size * 1.4],
          [x + size * 1.4, y],
          [x, y + size * 1.4],
          [x - size * 1.4, y],
        ],
        colour,
      );
      break;
    case "fence":
      painter.line(x, y - 9, x, y + 9, colour, 3);
      break;
    case "drain":
      drawDrain(painter, events, i, window, colour);
      return;
    default:
      painter.circle(x, y, size / 2, colour, true);
  }
  if (labelRoom(window) > 0) painter.slanted(x + 2, y - 11, labelOf(events, i), colours.text);
}

function labelOf(events: Events, i: number): string {
  const text = describe(events, i).replace(/^T\d+: /, "");
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

/** A drain is an arrow from its store down to the lower edge of the lane, where memory begins. */
function drawDrain(painter: Painter, events: Events, i: number, window: Window, colour: string): void {
  const x = xOf(window, i) + window.scale / 2;
  const y = laneOf(threadOf(events, i), window) + 16;
  const size = Math.min(6, Math.max(1.5, window.scale / 3));
  painter.polygon(
    [
      [x - size, y - size],
      [x + size, y - size],
      [x, y + size],
    ],
    colour,
  );
  const store = events.partner[i]!;
  if (store < 0 || window.scale < 6) return;
  const from = Math.max(LEFT, xOf(window, store) + window.scale / 2);
  painter.curve(from, y - 26 + size, x, y - size, colour);
}

/** How many events of each thread fall into each pixel, the drains below the line. */
function drawDensity(painter: Painter, events: Events, window: Window, colours: Colours): void {
  const { columns, most, executed, drained } = densityOf(events, {
    first: eventAt(window, LEFT),
    scale: window.scale,
    columns: Math.ceil(window.width - LEFT),
  });
  for (let t = 0; t < events.threads; t++) {
    const colour = colourOf(colours, t);
    const y = laneOf(t, window) - 4;
    for (let column = 0; column < columns; column++) {
      const x = LEFT + column;
      const up = executed[t * columns + column]! / most;
      const down = drained[t * columns + column]! / most;
      if (up > 0) painter.line(x, y, x, y - 2 - up * 20, colour, 1);
      if (down > 0) painter.line(x, y + 2, x, y + 4 + down * 20, colour, 1);
    }
  }
}

function drawCursor(painter: Painter, events: Events, index: number, window: Window, colours: Colours): void {
  const x = xOf(window, index);
  if (x < LEFT - 1 || x > window.width) return;
  painter.line(x, TOP - 6, x, heightOf(events, window) - 4, colours.cursor, 2);
  painter.polygon(
    [
      [x - 6, TOP - 10],
      [x + 6, TOP - 10],
      [x, TOP - 2],
    ],
    colours.cursor,
  );
}
