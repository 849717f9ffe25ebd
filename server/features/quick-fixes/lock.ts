import { plainLocks } from "../../../core/analysis/plain-locks.ts";
import { REGISTERS } from "../../../core/isa/registers.ts";
import { type Fixer, indentationOf, lineEnd, lineOf, wholeLine } from "./fix.ts";

/** Takes a lock with `xchg`: puts the new value into the register that was loaded, exchanges it, and drops the store. */
export const takeLockAtOnce: Fixer = (document, problem) => {
  const { flow } = document;
  if (problem.code !== "plain-lock" || !flow) return [];
  const { instructions } = document.assembly;
  const lock = plainLocks(flow).find(
    ({ load }) => instructions[load]!.line.body.range.start === problem.range.start,
  );
  if (!lock) return [];
  const load = instructions[lock.load]!.line;
  const store = instructions[lock.store]!.line;
  const textOf = ({ range }: { readonly range: { start: number; end: number } }) =>
    document.text.slice(range.start, range.end);
  const register = `%${REGISTERS[lock.register]}`;
  const break_ = lineEnd(document) + indentationOf(document, lineOf(document, problem));
  const newText = `mov ${textOf(store.operands[0]!)}, ${register}${break_}xchg ${register}, ${textOf(load.operands[0]!)}`;
  return [
    {
      title: "Take the lock with `xchg`",
      edits: [
        { range: load.body.range, newText },
        { range: wholeLine(document, document.lines.position(store.range.start).line), newText: "" },
      ],
    },
  ];
};
