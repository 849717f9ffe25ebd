import type { TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type LitmusDocument, readLitmus } from "../../../server/litmus/document.ts";
import { type Fixture, fixtureOf } from "../fixture.ts";

export const URI = "file:///tests/test.litmus";

/** A test written with `┃` where the cursor is and `«…»` around ranges. */
export const fixture = (marked: string): Fixture<LitmusDocument> =>
  fixtureOf(marked, (text) => readLitmus(URI, text));

export const applyEdits = ({ text }: LitmusDocument, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create(URI, "litmus", 1, text), [...edits]);

/** A test of X86 with one thread and these rows. */
export const x86 = (rows: string, condition = "exists (x=1)"): string =>
  `X86 T\n{ x=0; }\n P0 ;\n ${rows}\n${condition}\n`;

/** The same of X86_64. */
export const x86_64 = (rows: string, condition?: string): string =>
  x86(rows, condition).replace("X86", "X86_64");
