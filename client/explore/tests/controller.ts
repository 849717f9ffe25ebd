import * as vscode from "vscode";
import { isLitmusName } from "../../../core/load/load.ts";
import { LineMap } from "../../../core/text/range.ts";
import type { Backend } from "../../../hardware/emit.ts";
import type { Explorer } from "../explorer.ts";
import type { Processor } from "../hardware/processor.ts";
import { findChecks } from "./find.ts";
import { runFilesOnCpu } from "./on-cpu.ts";
import { debugFile, runFiles, type WantedFile } from "./run.ts";

const FILES = "**/*.{s,asm,litmus}";
/** The profiles that run tests on the processor. */
const ON_CPU: readonly (readonly [string, Backend])[] = [
  ["Run on This CPU", "threads"],
  ["Run on This CPU (KVM)", "kvm"],
];
const NOT_OURS = "**/node_modules/**";

/** Every litmus test and every program with checks as a test, with a child for each check. */
export function createTestController(explorer: Explorer, processor: Processor): vscode.Disposable {
  const controller = vscode.tests.createTestController("interleave", "Interleave");
  const watcher = vscode.workspace.createFileSystemWatcher(FILES);
  let found = false;

  const findAll = async (): Promise<void> => {
    found = true;
    const uris = await vscode.workspace.findFiles(FILES, NOT_OURS);
    await Promise.all(uris.map((uri) => update(controller, uri)));
  };
  const refresh = (uri: vscode.Uri): void => {
    if (found) void update(controller, uri);
  };
  controller.resolveHandler = async (item) => {
    if (!item) await findAll();
  };
  controller.refreshHandler = findAll;
  controller.createRunProfile(
    "Explore",
    vscode.TestRunProfileKind.Run,
    async (request) => {
      await withRun(controller, request, (run) => runFiles(explorer, run, wantedFiles(controller, request)));
    },
    true,
  );
  controller.createRunProfile(
    "Debug witness",
    vscode.TestRunProfileKind.Debug,
    async (request) => {
      const [file] = wantedFiles(controller, request);
      if (file) await withRun(controller, request, (run) => debugFile(explorer, run, file));
    },
    true,
  );
  for (const [label, backend] of ON_CPU) {
    controller.createRunProfile(label, vscode.TestRunProfileKind.Run, async (request) => {
      const files = wantedFiles(controller, request);
      await withRun(controller, request, (run) =>
        runFilesOnCpu({ explorer, processor, backend }, run, files),
      );
    });
  }
  return vscode.Disposable.from(
    controller,
    watcher,
    watcher.onDidCreate(refresh),
    watcher.onDidChange(refresh),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
  );
}

/** A run that ends whatever happens. */
async function withRun(
  controller: vscode.TestController,
  request: vscode.TestRunRequest,
  work: (run: vscode.TestRun) => Promise<void>,
): Promise<void> {
  const run = controller.createTestRun(request);
  try {
    await work(run);
  } finally {
    run.end();
  }
}

/** Reads a file and makes its test what it says now. */
async function update({ items, createTestItem }: vscode.TestController, uri: vscode.Uri): Promise<void> {
  const text = await vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => "",
  );
  const checks = findChecks(text, isLitmusName(uri.path));
  if (checks.length === 0) {
    items.delete(uri.toString());
    return;
  }
  const lines = new LineMap(text);
  const file = createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
  const children = checks.map((check, i) => {
    const item = createTestItem(`${uri.toString()}#${i}`, check.text, uri);
    const start = lines.position(check.range.start);
    const end = lines.position(check.range.end);
    item.range = new vscode.Range(start.line, start.column, end.line, end.column);
    item.sortText = String(i).padStart(6, "0");
    return item;
  });
  file.children.replace(children);
  items.add(file);
}

/** What a request asks for, file by file: the whole of it, or some of its checks. */
function wantedFiles(
  { items }: vscode.TestController,
  { include, exclude }: vscode.TestRunRequest,
): WantedFile[] {
  const files = new Map<vscode.TestItem, Map<number, vscode.TestItem>>();
  const want = (item: vscode.TestItem): void => {
    if (exclude?.includes(item)) return;
    const file = item.parent ?? item;
    const checks = files.get(file) ?? new Map<number, vscode.TestItem>();
    files.set(file, checks);
    const wanted = item.parent ? [item] : [...file.children].map(([, child]) => child);
    for (const child of wanted) {
      if (!exclude?.includes(child)) checks.set(Number(child.id.slice(child.id.lastIndexOf("#") + 1)), child);
    }
  };
  if (include) include.forEach(want);
  else items.forEach(want);
  return [...files].map(([item, checks]) => ({ item, uri: item.uri!, checks }));
}
