import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { InitializeResult, PublishDiagnosticsParams } from "vscode-languageserver";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { inRoot } from "../../scripts/lib.mjs";

const URI = "file:///program.s";
const TEXT = ".var count\n.top\n  mov count, %ax\n  add $1, %ax\n  mov %ax, count\n  halt\n";

let server: ChildProcess;
let client: ProtocolConnection;
let published: PublishDiagnosticsParams[];

beforeEach(() => {
  server = spawn(process.execPath, [inRoot("dist/server.js"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  client = createProtocolConnection(
    new StreamMessageReader(server.stdout!),
    new StreamMessageWriter(server.stdin!),
  );
  published = [];
  client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
  });
  client.listen();
});

afterEach(async () => {
  await client.sendRequest("shutdown");
  const ended = new Promise((resolve) => server.on("exit", resolve));
  await client.sendNotification("exit");
  expect(await ended).toBe(0);
  client.dispose();
});

const initialize = (initializationOptions: unknown = {}): Promise<InitializeResult> =>
  client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions,
  });

const open = (text: string, languageId = "interleave-asm"): Promise<void> =>
  client.sendNotification("textDocument/didOpen", {
    textDocument: { uri: URI, languageId, version: 1, text },
  });

const change = (version: number, line: number, from: number, to: number, text: string): Promise<void> =>
  client.sendNotification("textDocument/didChange", {
    textDocument: { uri: URI, version },
    contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
  });

/** The codes of the diagnostics of a version, once they have come. */
async function codes(version: number): Promise<unknown[]> {
  return (await diagnosticsOf(version)).map((d) => d.code);
}

async function diagnosticsOf(version: number): Promise<PublishDiagnosticsParams["diagnostics"]> {
  await expect.poll(() => published.at(-1)?.version, { interval: 5 }).toBe(version);
  return published.at(-1)!.diagnostics;
}

const at = (line: number, character: number) => ({
  textDocument: { uri: URI },
  position: { line, character },
});

describe("over standard input and output", () => {
  test("diagnostics come and go with the edits, and link to their documentation", async () => {
    const { capabilities } = await initialize();
    expect(capabilities).toMatchObject({ hoverProvider: true, textDocumentSync: { change: 2 } });
    await open(TEXT);
    expect(await codes(1)).toEqual([]);
    await change(2, 2, 6, 11, "cuont");
    expect(await codes(2)).toEqual(["unknown-variable"]);
    await change(3, 2, 6, 11, "count");
    expect(await codes(3)).toEqual([]);
    await change(4, 5, 0, 6, "");
    const [warning] = await diagnosticsOf(4);
    expect(warning?.code).toBe("falls-off-end");
    expect(warning?.codeDescription?.href).toMatch(/^file:.*\/docs\/warnings\.md#falls-off-end$/);
    await client.sendNotification("textDocument/didClose", { textDocument: { uri: URI } });
    await expect.poll(() => published.at(-1)).toEqual({ uri: URI, diagnostics: [] });
  });

  test("requests are answered from the newest text", async () => {
    await initialize();
    await open(TEXT);
    await change(2, 0, 5, 10, "total");
    const symbols = await client.sendRequest("textDocument/documentSymbol", { textDocument: { uri: URI } });
    expect(symbols).toMatchObject([{ name: "total" }, { name: ".top" }]);
    expect(await client.sendRequest("textDocument/hover", at(2, 3))).toMatchObject({
      contents: { value: expect.stringContaining("copy a value") },
    });
    expect(await client.sendRequest("textDocument/completion", at(4, 11))).toEqual(
      expect.arrayContaining([expect.objectContaining({ label: "total" })]),
    );
  });

  test("a litmus test is answered for in its own language", async () => {
    await initialize();
    await open("X86 T\n{ x=0; }\n P0;\n MOV [x],$1;\nexists (x=1)\n", "litmus");
    expect(await codes(1)).toEqual([]);
    expect(await client.sendRequest("textDocument/hover", at(3, 2))).toMatchObject({
      contents: { value: expect.stringContaining("[x] ← $1") },
    });
    const options = { tabSize: 4, insertSpaces: true };
    const textDocument = { uri: URI };
    expect(await client.sendRequest("textDocument/formatting", { textDocument, options })).toMatchObject([
      { newText: " P0         ;" },
      { newText: " MOV [x],$1 ;" },
    ]);
    await change(2, 3, 1, 4, "MVO");
    expect(await codes(2)).toEqual(["unknown-instruction"]);
  });

  test("a refused rename is an answer that says why", async () => {
    await initialize();
    await open(TEXT);
    const request = client.sendRequest("textDocument/rename", { ...at(3, 12), newName: "bx" });
    await expect(request).rejects.toThrow("Registers cannot be renamed");
  });

  test("semantic tokens come whole, then as differences", async () => {
    await initialize();
    await open(TEXT);
    const textDocument = { uri: URI };
    const full = await client.sendRequest<{ resultId: string; data: number[] }>(
      "textDocument/semanticTokens/full",
      { textDocument },
    );
    expect(full.data.length).toBeGreaterThan(0);
    await change(2, 3, 10, 13, "%bx");
    const delta = await client.sendRequest("textDocument/semanticTokens/full/delta", {
      textDocument,
      previousResultId: full.resultId,
    });
    expect(delta).toMatchObject({ edits: [] });
  });

  test("settings count at once, without a restart", async () => {
    await initialize({ settings: { warnings: { "falls-off-end": "off" }, codeLens: false } });
    await open("nop");
    expect(await codes(1)).toEqual([]);
    const lenses = () => client.sendRequest("textDocument/codeLens", { textDocument: { uri: URI } });
    expect(await lenses()).toEqual([]);
    published = [];
    const settings = { interleave: { warnings: { "falls-off-end": "error" }, codeLens: true } };
    await client.sendNotification("workspace/didChangeConfiguration", { settings });
    expect((await diagnosticsOf(1)).map((d) => d.severity)).toEqual([1]);
    expect(await lenses()).toHaveLength(3);
  });

  test("settings of the start stay where the editor has no section for them", async () => {
    client.onRequest("workspace/configuration", () => [null]);
    await client.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { configuration: true } },
      initializationOptions: { settings: { warnings: { "falls-off-end": "off" } } },
    });
    await client.sendNotification("initialized", {});
    await open("nop");
    expect(await codes(1)).toEqual([]);
    await client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await change(2, 0, 0, 0, "  ");
    expect(await codes(2)).toEqual([]);
  });

  test("every kind of inlay hint is switched while the server runs", async () => {
    await initialize();
    await open("#@ run -L 2000\n.var x\n.top\nmov x, %ax\nj .top");
    const hints = async (inlayHints: object): Promise<string[]> => {
      const settings = { interleave: { inlayHints } };
      await client.sendNotification("workspace/didChangeConfiguration", { settings });
      const everything = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const params = { textDocument: { uri: URI }, range: everything };
      const shown = await client.sendRequest<{ label: string }[]>("textDocument/inlayHint", params);
      return shown.map((h) => h.label);
    };
    expect(await hints({})).toEqual(["↑ 2000"]);
    expect(await hints({ targets: false })).toEqual([]);
    expect(await hints({ targets: false, variables: true })).toEqual(["@100"]);
    expect(await hints({ targets: false, addresses: true })).toEqual(["2000", "2001"]);
  });

  test("nonsense as settings counts as nothing", async () => {
    await initialize({ settings: { warnings: [1, "x"], inlayHints: 7, codeLens: "no" }, documentation: 3 });
    await open("nop");
    expect(await codes(1)).toEqual(["falls-off-end"]);
  });

  test("a question about a document that is not open has no answer", async () => {
    await initialize();
    expect(await client.sendRequest("textDocument/hover", at(0, 0))).toBeNull();
    expect(await client.sendRequest("workspace/symbol", { query: "" })).toEqual([]);
  });

  test("of edits that come at once only the last text is judged", async () => {
    await initialize();
    await open(TEXT);
    for (let version = 2; version <= 20; version++) void change(version, 3, 2, 2, "x");
    expect(await codes(20)).toHaveLength(1);
    expect(published.length).toBeLessThan(10);
  });

  test("symbols come from files that are not open, too, where the editor reads them to the server", async () => {
    const files: Record<string, { modified: number; text: string }> = {
      "file:///other.s": { modified: 1, text: ".var total\nmov total, %ax\nhalt\n" },
      "file:///sb.litmus": { modified: 1, text: "X86 SB\n{ }\n P0 ;\n NOP ;\nexists (x=0)\n" },
      [URI]: { modified: 1, text: ".var before\nmov before, %ax\nhalt\n" },
    };
    const read: string[] = [];
    client.onRequest("interleave/files", () =>
      Object.entries(files).map(([uri, { modified }]) => ({ uri, modified })),
    );
    client.onRequest("interleave/readFile", ({ uri }: { uri: string }) => {
      read.push(uri);
      return files[uri]?.text ?? null;
    });
    const symbols = async (query: string) =>
      (await client.sendRequest<{ name: string }[]>("workspace/symbol", { query })).map((s) => s.name);

    await initialize({ workspaceFiles: true });
    await open(TEXT);
    expect(await symbols("")).toEqual(["count", ".top", "total", "SB"]);
    files["file:///other.s"] = { modified: 2, text: ".var grand_total\nmov grand_total, %ax\nhalt\n" };
    delete files["file:///sb.litmus"];
    read.length = 0;
    expect(await symbols("o")).toEqual(["count", ".top", "grand_total"]);
    expect(read).toEqual(["file:///other.s"]);
  });
});
