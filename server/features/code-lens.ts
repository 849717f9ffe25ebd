import type { CodeLens } from "vscode-languageserver";
import type { AsmDocument } from "../document.ts";
import { toRange } from "../positions.ts";

/** `▷ Run | Debug | Explore` above the file, and on labels how many instructions go there. */
export function codeLenses(document: AsmDocument): CodeLens[] {
  const { uri, lines, names, assembly } = document;
  if (!assembly.instructions.length) return [];
  const lenses = programLenses(uri);
  for (const label of assembly.labels) {
    const jumps = names.of("label", label.name).filter((u) => u.role === "target");
    if (!jumps.length) continue;
    const range = toRange(lines, label.range);
    lenses.push({
      range,
      command: {
        title: jumps.length === 1 ? "1 jump" : `${jumps.length} jumps`,
        command: "interleave.showReferences",
        arguments: [uri, range.start, jumps.map((j) => ({ uri, range: toRange(lines, j.range) }))],
      },
    });
  }
  return lenses;
}

/** What can be done with a whole program or test. */
export function programLenses(uri: string): CodeLens[] {
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return ACTIONS.map(([title, command]) => ({ range: top, command: { title, command, arguments: [uri] } }));
}

/** Titles and the commands that the client registers; each takes the address of the document. */
const ACTIONS: readonly (readonly [string, string])[] = [
  ["▷ Run", "interleave.run"],
  ["Debug", "interleave.debug"],
  ["Explore", "interleave.explore"],
];
