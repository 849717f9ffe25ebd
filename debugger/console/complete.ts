import type { DebugProtocol } from "@vscode/debugprotocol";
import { latest } from "../../core/machine/describe.ts";
import type { Debuggee } from "../debuggee.ts";
import { registerNames } from "../expressions/registers.ts";
import { COMMANDS } from "./commands.ts";

/** What could stand where the cursor is in the console. @param column from 0 */
export function complete(
  { program, trace }: Debuggee,
  text: string,
  column: number,
): DebugProtocol.CompletionItem[] {
  const before = text.slice(0, Math.max(0, column));
  const word = /[%.\w]*$/.exec(before)![0];
  const start = before.length - word.length;
  const isFirst = before.slice(0, start).trim() === "";
  const item = (label: string, type: DebugProtocol.CompletionItemType, detail?: string) => ({
    label,
    type,
    start,
    length: word.length,
    ...(detail === undefined ? {} : { detail }),
  });
  const items = [
    ...(isFirst ? COMMANDS.map((c) => item(c.name, "keyword", c.summary)) : []),
    ...latest(program.variables).map((v) => item(v.name, "variable", `address ${v.address}`)),
    ...registerNames(program).map((r) => item(word.startsWith("%") ? `%${r}` : r, "property", "register")),
    ...program.labels.map((l) => item(l.name, "reference", "label")),
    ...Array.from({ length: trace.state.threadCount }, (_, t) => item(`T${t}:`, "value", `of T${t}`)),
    ...["pc", "tid", "sb", "and", "or", "not"].map((name) => item(name, "keyword")),
  ];
  return items.filter(({ label }) => label.toLowerCase().startsWith(word.toLowerCase()));
}
