import { FONT, type Painter, SLANT } from "./painter.ts";

/** A painter on a canvas. */
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
    slanted(x, y, text, colour) {
      context.save();
      context.translate(x, y);
      context.rotate((-SLANT * Math.PI) / 180);
      context.font = `${FONT} ${family}`;
      context.fillStyle = colour;
      context.fillText(text, 0, 0);
      context.restore();
    },
    opacity(value) {
      context.globalAlpha = value;
    },
  };
}
