/** What people write who know another assembler or language, and what this dialect has instead. */

/** Instructions that have another name here. */
export const OTHER_MNEMONICS: Readonly<Record<string, string>> = {
  jmp: "j",
  jump: "j",
  goto: "j",
  cmp: "test",
  inc: "add",
  dec: "sub",
  jz: "je",
  jnz: "jne",
  jg: "jgt",
  jge: "jgte",
  jl: "jlt",
  jle: "jlte",
  xadd: "fetchadd",
  pause: "yield",
  hlt: "halt",
  exit: "halt",
  imul: "mul",
  load: "mov",
  store: "mov",
  var: ".var",
};

/** Words that have no counterpart, and why. */
export const NOT_NEEDED: Readonly<Record<string, string>> = {
  lock: "there is no `lock` prefix: `xchg`, `fetchadd` and `cmpxchg` are always locked",
};

/** Where a mark stands that begins a comment elsewhere. */
export const foreignComment = (
  text: string,
): { readonly index: number; readonly mark: string } | undefined => {
  const found = /;|\/\//.exec(text);
  return found ? { index: found.index, mark: found[0] } : undefined;
};

export const COMMENT_MESSAGE = "a comment begins with `#`, and each instruction has a line of its own";

/** What `[count]`, `[2000]` and `[%bx]` are called here; undefined for other texts. */
export function withoutBrackets(text: string): string | undefined {
  const inside = /^\[\s*([%\w]+)\s*\]$/.exec(text)?.[1];
  return inside?.startsWith("%") ? `(${inside})` : inside;
}

/** Two operands with nothing but blanks between them, as in `$5 %ax`, with the comma that is missing; `4 (%ax)` is one. */
export function withComma(text: string): string | undefined {
  const found = /^(\$-?\d+|%\w+|-?\d+|\p{L}\w*)\s+([$%.\p{L}\d-]\S*)$/u.exec(text);
  return found ? `${found[1]}, ${found[2]}` : undefined;
}
