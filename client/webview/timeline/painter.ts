/** What a picture is made of; the same drawing goes to the screen and into a file. */
export interface Painter {
  line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void;
  circle(x: number, y: number, radius: number, colour: string, filled: boolean): void;
  polygon(points: readonly (readonly [number, number])[], colour: string): void;
  /** A curve that leaves downwards and arrives from above. */
  curve(x1: number, y1: number, x2: number, y2: number, colour: string): void;
  text(x: number, y: number, text: string, colour: string, bold?: boolean): void;
  /** Everything until the next call is drawn with this opacity. */
  opacity(value: number): void;
}

export const FONT = "12px";

export function canvasPainter(context: CanvasRenderingContext2D, family: string): Painter {
  const path = (draw: () => void): void => {
    context.beginPath();
    draw();
  };
  return {
    line(x1, y1, x2, y2, colour, width) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      path(() => {
        context.moveTo(x1, y1);
        context.lineTo(x2, y2);
      });
      context.stroke();
    },
    circle(x, y, radius, colour, filled) {
      path(() => context.arc(x, y, radius, 0, 2 * Math.PI));
      context.fillStyle = colour;
      context.strokeStyle = colour;
      context.lineWidth = 2;
      if (filled) context.fill();
      else context.stroke();
    },
    polygon(points, colour) {
      path(() => {
        for (const [x, y] of points) context.lineTo(x, y);
      });
      context.fillStyle = colour;
      context.fill();
    },
    curve(x1, y1, x2, y2, colour) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5;
      path(() => {
        context.moveTo(x1, y1);
        context.bezierCurveTo(x1, y2, x2, y1, x2, y2);
      });
      context.stroke();
    },
    text(x, y, text, colour, bold = false) {
      context.font = `${bold ? "bold " : ""}${FONT} ${family}`;
      context.fillStyle = colour;
      context.fillText(text, x, y);
    },
    opacity(value) {
      context.globalAlpha = value;
    },
  };
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

/** A painter that writes SVG, and the text it has written. */
export function svgPainter(
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
    opacity(value) {
      opacity = value;
    },
  };
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${escaped(family)}" font-size="${FONT}">`;
  const ground = `<rect width="100%" height="100%" fill="${background}"/>`;
  return { painter, svg: () => `${head}\n${ground}\n${parts.join("\n")}\n</svg>\n` };
}
