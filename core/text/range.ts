/** A half-open stretch of a text: `start` and `end` are UTF-16 offsets, `start <= end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it: line and column from 0, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const range = (start: number, end: number): Range => ({ start, end });

/** The same stretch so many characters further on. */
export const moved = ({ start, end }: Range, by: number): Range => ({ start: start + by, end: end + by });

export const contains = (outer: Range, offset: number): boolean =>
  outer.start <= offset && offset <= outer.end;

const LF = 10;
const CR = 13;

/** Maps offsets to lines and columns and back. Lines end with LF, CRLF or CR, as in VS Code and in x86.py. */
export class LineMap {
  /** Offset of the first character of each line. */
  private readonly starts: number[] = [0];

  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF || (c === CR && text.charCodeAt(i + 1) !== LF)) this.starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.starts.length;
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - (this.starts[line] ?? 0) };
  }

  /** The offset of a place; a place outside the text is moved to the nearest one inside. */
  offset({ line, column }: Position): number {
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    const { start, end } = this.lineRange(line);
    return Math.min(start + Math.max(0, column), end);
  }

  /** The stretch of a line (from 0) without its line end. */
  lineRange(line: number): Range {
    const start = this.starts[line] ?? this.text.length;
    let end = this.starts[line + 1] ?? this.text.length;
    if (line + 1 < this.starts.length) {
      end--;
      if (this.text.charCodeAt(end) === LF && this.text.charCodeAt(end - 1) === CR) end--;
    }
    return { start, end };
  }

  lineText(line: number): string {
    const { start, end } = this.lineRange(line);
    return this.text.slice(start, end);
  }

  private lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
