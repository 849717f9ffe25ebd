import { type Html, html } from "../../page/html.ts";
import type { Layout, PlacedEdge, PlacedNode, Point } from "./layout.ts";

/** Length of an arrow's head, and half its width. */
const HEAD = 7;
const HALF = 2.8;

/** Pixels for a point. */
const SCALE = 4 / 3;

/**
 * Draws a layout. Colours come from a style sheet: nodes are `g.node.<class>`, edges `g.edge.<class>`.
 * @param style a style sheet to put inside, for a picture that stands alone
 */
export const svgOf = (layout: Layout, label: string, style?: string): string => {
  const { width, height, nodes, edges } = layout;
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${round(width * SCALE)}" height="${round(height * SCALE)}" viewBox="0 0 ${round(width)} ${round(height)}">${
    style !== undefined && html`<style>${style}</style>`
  }${edges.map(drawEdge)}${nodes.map(drawNode)}${edges.map(drawLabel)}</svg>`.text;
};

/** For a picture outside of the editor: herd's colours on white. */
export const PAPER_STYLE = `
svg { background: white; font-family: Helvetica, Arial, sans-serif; }
.node rect { fill: white; stroke: gray; }
.node text { font: 12px monospace; }
.node.thread rect { display: none; }
.node.thread text { font: bold 13px Helvetica, Arial, sans-serif; }
.node text { fill: black; }
.edge path { fill: none; stroke: currentColor; stroke-width: 1.2; }
.edge polygon { fill: currentColor; }
.edge { color: black; }
.edge.rf { color: #c00; }
.edge.co { color: #00c; }
.edge.fr { color: #d97a00; }
.edge text { font-size: 11px; fill: currentColor; stroke: white; stroke-width: 4; paint-order: stroke; }
`;

function drawNode({ label, tooltip, kind, at, width, height }: PlacedNode): Html {
  return html`<g class="node ${kind}">${tooltip !== "" && html`<title>${tooltip}</title>`}<rect x="${round(at.x - width / 2)}" y="${round(at.y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="6"/><text x="${round(at.x)}" y="${round(at.y)}" text-anchor="middle" dominant-baseline="central">${label}</text></g>`;
}

function drawEdge({ kind, curve, tip }: PlacedEdge): Html {
  const [first, ...rest] = curve;
  const path = `M${pair(first!)}C${rest.map(pair).join(" ")}`;
  return html`<g class="edge ${kind}"><path d="${path}"/><polygon points="${arrow(curve.at(-1)!, tip)}"/></g>`;
}

/** Labels stand above all lines. Between threads they stand near the tail, since the middle is where such edges cross. */
function drawLabel({ kind, label, curve, tip }: PlacedEdge): Html {
  const level = Math.abs(curve[0]!.y - tip.y) < 1;
  const straight = Math.abs(curve[0]!.x - tip.x) < 1;
  const { x, y } = pointAt(curve, level || straight ? 0.5 : 0.3);
  const plain = kind === "po" || kind === "rmw";
  // Nobody needs to be told what is in program order.
  if (plain && label === "po") return html``;
  return html`<g class="edge ${kind}"><text x="${round(x)}" y="${round(y)}" text-anchor="middle" dominant-baseline="central">${label}</text></g>`;
}

/** A point of a chain of Bézier curves; 0 is its start, 1 its end. */
function pointAt(curve: readonly Point[], part: number): Point {
  const pieces = (curve.length - 1) / 3;
  const piece = Math.min(pieces - 1, Math.floor(part * pieces));
  const t = part * pieces - piece;
  const [a, b, c, d] = curve.slice(piece * 3, piece * 3 + 4) as [Point, Point, Point, Point];
  const weigh = (get: (p: Point) => number): number =>
    (1 - t) ** 3 * get(a) + 3 * (1 - t) ** 2 * t * get(b) + 3 * (1 - t) * t ** 2 * get(c) + t ** 3 * get(d);
  return { x: weigh((p) => p.x), y: weigh((p) => p.y) };
}

function arrow(from: Point, tip: Point): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const x = (tip.x - from.x) / length;
  const y = (tip.y - from.y) / length;
  const back = { x: tip.x - x * HEAD, y: tip.y - y * HEAD };
  const corners = [
    tip,
    { x: back.x - y * HALF, y: back.y + x * HALF },
    { x: back.x + y * HALF, y: back.y - x * HALF },
  ];
  return corners.map(pair).join(" ");
}

const pair = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
const round = (n: number): number => Math.round(n * 100) / 100;
