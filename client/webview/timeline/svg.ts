import { type Colours, draw, heightOf, type Window } from "./draw.ts";
import type { Events } from "./events.ts";
import { FONT, type Painter, SLANT } from "./painter.ts";

/** The window as an SVG file of its own, in the colours that it is shown in. @param family the font's name */
export function timelineSvg(
  events: Events,
  index: number,
  window: Window,
  colours: Colours,
  family: string,
): string {
  const { painter, svg } = svgPainter(window.width, heightOf(events, window), colours.background, family);
  draw(painter, events, index, window, colours);
  return svg();
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

/** A painter that writes SVG, and the text it has written. */
function svgPainter(
  width: number,
  height: number,
  background: string,
  family: string,
): { readonly painter: Painter; readonly svg: () => string } {
  const parts: string[] = [];
  let opacity = 1;
  const add = (tag: string, attributes: string, content = ""): void => {
    const faint = opacity < 1 ? ` opacity="${opacity}"` : "";
    parts.push(`<${tag} ${attributes}${faint}${content ? `>${content}</${tag}>` : "/>"}`);
  };
  const painter: Painter = {
    line: (x1, y1, x2, y2, colour, w) =>
      add("path", `d="M${x1} ${y1}L${x2} ${y2}" stroke="${colour}" stroke-width="${w}"`),
    circle: (x, y, r, colour, filled) =>
      add(
        "circle",
        `cx="${x}" cy="${y}" r="${r}" ${filled ? `fill="${colour}"` : `fill="none" stroke="${colour}" stroke-width="2"`}`,
      ),
    polygon: (points, colour) =>
      add("polygon", `points="${points.map((p) => p.join(",")).join(" ")}" fill="${colour}"`),
    curve: (x1, y1, x2, y2, colour) =>
      add(
        "path",
        `d="M${x1} ${y1}C${x1} ${y2} ${x2} ${y1} ${x2} ${y2}" fill="none" stroke="${colour}" stroke-width="1.5"`,
      ),
    text: (x, y, text, colour, bold) =>
      add("text", `x="${x}" y="${y}" fill="${colour}"${bold ? ' font-weight="bold"' : ""}`, escaped(text)),
    slanted: (x, y, text, colour) =>
      add("text", `transform="translate(${x} ${y}) rotate(${-SLANT})" fill="${colour}"`, escaped(text)),
    opacity(value) {
      opacity = value;
    },
  };
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${escaped(family)}" font-size="${FONT}">`;
  const ground = `<rect width="100%" height="100%" fill="${background}"/>`;
  return { painter, svg: () => `${head}\n${ground}\n${parts.join("\n")}\n</svg>\n` };
}
