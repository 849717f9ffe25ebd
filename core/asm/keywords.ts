/** A kind of `#@` line: what follows its keyword, and what it asks for. */
export interface DirectiveSpec {
  readonly keyword: string;
  /** What stands behind the keyword, by example. */
  readonly example: string;
  readonly summary: string;
}

/** The kinds of `#@` lines, in the order in which people need them. x86.py takes all of them for comments. */
export const DIRECTIVE_TABLE: readonly DirectiveSpec[] = [
  {
    keyword: "run",
    example: "-t 2 -a bx=1",
    summary: "how the program starts: flags of x86.py, `--model`, `--drain`",
  },
  { keyword: "exists", example: "(0:ax = 0 /\\ 1:ax = 0)", summary: "some run ends in a state like this" },
  { keyword: "~exists", example: "(count = 1)", summary: "no run ends in a state like this" },
  { keyword: "forall", example: "(count = 2)", summary: "every run ends in a state like this" },
  { keyword: "always", example: "(count <= 2)", summary: "every state of every run is like this" },
  {
    keyword: "mutex",
    example: ".acquired .release",
    summary: "at most one thread is at or after the first label and before the second",
  },
];

export const DIRECTIVES: readonly string[] = DIRECTIVE_TABLE.map((d) => d.keyword);
