import { describe, expect, test } from "vitest";
import { codeLenses } from "../../server/features/code-lens.ts";
import { inlayHints } from "../../server/features/inlay-hints.ts";
import { inlineValues } from "../../server/features/inline-values.ts";
import { LEGEND, semanticTokens, tokenEdits } from "../../server/features/semantic-tokens.ts";
import { signatureHelp } from "../../server/features/signature-help.ts";
import type { InlayHintSettings } from "../../server/settings.ts";
import { fixture, mark, URI } from "./fixture.ts";

describe("signature help", () => {
  function active(marked: string): string | undefined {
    const { document, cursor } = fixture(marked);
    const help = signatureHelp(document, cursor);
    if (!help) return undefined;
    const { label, parameters = [] } = help.signatures[help.activeSignature ?? 0]!;
    const [start, end] = parameters[help.activeParameter ?? 0]!.label as [number, number];
    return `${label.slice(0, start)}«${label.slice(start, end)}»${label.slice(end)}`;
  }

  test("marks the operand that is being typed in the form that fits so far", () => {
    expect(active("mov ┃")).toBe("mov «$5», %ax");
    expect(active("mov co┃")).toBe("mov «count», %ax");
    expect(active("mov %ax, ┃")).toBe("mov %ax, «count»");
    expect(active("mov %ax, %┃")).toBe("mov %ax, «%ax»");
    expect(active("mov 4(%bx,%cx┃")).toBe("mov «count», %ax");
    expect(active("xchg %ax,┃")).toBe("xchg %ax, «count»");
    expect(active("je ┃")).toBe("je «.label»");
  });

  test("is silent where there is nothing to say", () => {
    for (const text of ["mo┃v", "halt ┃", "add $1, %ax, ┃", "jmp ┃", "# mov ┃", ".var ┃"])
      expect(active(text)).toBeUndefined();
  });
});

describe("semantic tokens", () => {
  /** `text type modifiers` for every token. */
  function tokens(text: string): string[] {
    const { document } = fixture(text);
    const data = semanticTokens(document);
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let i = 0; i < data.length; i += 5) {
      const [lines, characters, length, type, bits] = data.slice(i, i + 5) as [
        number,
        number,
        number,
        number,
        number,
      ];
      character = lines ? characters : character + characters;
      line += lines;
      const start = document.lines.offset({ line, column: character });
      const modifiers = LEGEND.tokenModifiers.filter((_, bit) => bits & (1 << bit));
      found.push([text.slice(start, start + length), LEGEND.tokenTypes[type], ...modifiers].join(" "));
    }
    return found;
  }

  test("tell declarations from uses, and writes from reads", () => {
    expect(tokens(".var x\n.top\nmov x, %ax\nmov $1, x\nj .top")).toEqual([
      "x variable declaration shared",
      ".top label declaration",
      "x variable shared",
      "%ax register modification private",
      "x variable modification shared",
      ".top label",
    ]);
  });

  test("tell what a register is for", () => {
    expect(tokens("mov 4(%bx,%cx), %ax\npush %sp\nhalt")).toEqual([
      "%bx register private pointer",
      "%cx register private pointer",
      "%ax register modification private",
      "%sp register private stack",
    ]);
  });

  test("mark what no thread comes to", () => {
    expect(tokens("halt\nadd $1, %ax")).toEqual([
      "add keyword unreachable",
      "%ax register modification private unreachable",
    ]);
  });

  test("a difference turns the old tokens into the new ones", () => {
    const before = semanticTokens(fixture(".var x\nmov x, %ax\nhalt").document);
    const after = semanticTokens(fixture(".var x\nmov $1, %bx\nmov x, %ax\nhalt").document);
    const [edit, ...more] = tokenEdits(before, after);
    expect(more).toEqual([]);
    const changed = [...before];
    changed.splice(edit!.start, edit!.deleteCount, ...(edit!.data ?? []));
    expect(changed).toEqual(after);
    expect(tokenEdits(before, before)).toEqual([]);
  });
});

describe("inlay hints", () => {
  const ALL: InlayHintSettings = { addresses: true, variables: true, targets: true };
  const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

  function hints(text: string, settings: InlayHintSettings): unknown[] {
    const { document } = fixture(text);
    return inlayHints(document, EVERYTHING, settings).map((h) => [
      h.position.line,
      h.position.character,
      h.label,
    ]);
  }

  const TEXT = ".var x\n.top\n  nop\n  je .end\n  j .top\n.end\n  halt";

  test("show addresses, and where jumps go with the direction", () => {
    expect(hints(TEXT, ALL)).toEqual([
      [0, 6, "@100"],
      [2, 2, "1000"],
      [3, 2, "1001"],
      [3, 9, "↓ 1003"],
      [4, 2, "1002"],
      [4, 8, "↑ 1000"],
      [6, 2, "1003"],
    ]);
  });

  test("each kind can be switched off", () => {
    expect(hints(TEXT, { ...ALL, addresses: false, targets: false })).toEqual([[0, 6, "@100"]]);
    expect(hints(TEXT, { ...ALL, addresses: false, variables: false })).toHaveLength(2);
    expect(hints(TEXT, { ...ALL, variables: false, targets: false })).toHaveLength(4);
  });

  test("only the lines that are shown are looked at", () => {
    const { document } = fixture(TEXT);
    const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };
    expect(inlayHints(document, range, ALL)).toHaveLength(2);
  });
});

describe("code lenses", () => {
  test("run, debug and explore the program, and count the jumps to each label", () => {
    const { document } = fixture(".top\nnop\nje .top\nj .top\n.end\nj .end\n.unused");
    const commands = codeLenses(document).map((l) => [
      l.range.start.line,
      l.command?.title,
      l.command?.command,
    ]);
    expect(commands).toEqual([
      [0, "▷ Run", "interleave.run"],
      [0, "Debug", "interleave.debug"],
      [0, "Explore", "interleave.explore"],
      [0, "2 jumps", "interleave.showReferences"],
      [4, "1 jump", "interleave.showReferences"],
    ]);
    expect(codeLenses(document)[0]?.command?.arguments).toEqual([URI]);
  });

  test("there is nothing to run in a text without instructions", () => {
    expect(codeLenses(fixture("# nothing yet").document)).toEqual([]);
  });
});

describe("inline values", () => {
  function values(marked: string): unknown[] {
    const { document, cursor } = fixture(marked);
    const stoppedLocation = { start: cursor, end: cursor };
    return inlineValues(document, { frameId: 1, stoppedLocation }).map(
      (v) => "expression" in v && v.expression,
    );
  }

  test("are the registers and cells of the instruction at which the debugger stands", () => {
    expect(values(".var count\n┃mov count, %ax")).toEqual(["count", "%ax"]);
    expect(values("┃mov 4(%bx,%cx,4), %ax")).toEqual(["%bx", "%cx", "4(%bx,%cx,4)", "%ax"]);
    expect(values("┃mov %ax, 2000")).toEqual(["%ax", "[2000]"]);
    expect(values("┃add $1, %ax\nadd $1, %bx")).toEqual(["%ax"]);
    expect(values("┃# nothing")).toEqual([]);
  });

  test("stand at the operands", () => {
    const { document, cursor } = fixture("┃add $1, %ax");
    const found = inlineValues(document, { frameId: 1, stoppedLocation: { start: cursor, end: cursor } });
    expect(
      mark(
        document,
        found.map((v) => v.range),
      ),
    ).toBe("add $1, «%ax»");
  });
});
