/** What a picture is made of; the same drawing goes to the screen and into a file. */
export interface Painter {
  line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void;
  circle(x: number, y: number, radius: number, colour: string, filled: boolean): void;
  polygon(points: readonly (readonly [number, number])[], colour: string): void;
  /** A curve that leaves downwards and arrives from above. */
  curve(x1: number, y1: number, x2: number, y2: number, colour: string): void;
  text(x: number, y: number, text: string, colour: string, bold?: boolean): void;
  /** A text that rises to the right from a point. */
  slanted(x: number, y: number, text: string, colour: string): void;
  /** Everything until the next call is drawn with this opacity. */
  opacity(value: number): void;
}

export const FONT = "12px";
/** How far slanted texts rise, in degrees. */
export const SLANT = 35;
