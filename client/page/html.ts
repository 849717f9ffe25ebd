/** A piece of HTML (or SVG) that is safe to show: all text in it is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | false | null | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const textOf = (value: Value): string => {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join("");
  if (value === undefined || value === false || value === null) return "";
  return String(value).replace(/[&<>"']/g, (c) => ESCAPES[c]!);
};

/** Puts values into a piece of HTML: texts are escaped, pieces of HTML and lists of them stay as they are, nothing is nothing. */
export const html = (pieces: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(pieces.map((piece, i) => piece + (i < values.length ? textOf(values[i]) : "")).join(""));
