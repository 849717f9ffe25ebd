import * as vscode from "vscode";
import type { MachineView, ThreadView } from "../../debugger/views/machine.ts";
import { badgeIcon, badgeParts, type ThreadColour, threadColours } from "./gutter-icon.ts";
import type { MachineModel } from "./machine-model.ts";
import { nameOf } from "./uri.ts";

/** Keeps blanks at the end of a tag, which the editor takes away. */
const BLANK = "\u00a0";

/**
 * Shows where every thread is, not only the focused one: a coloured badge with its number in the gutter, and a tag behind its line, `T0 · 2 waiting`. The
 * colours are the theme's, the number is always written, so that nobody needs to tell colours apart.
 */
export function markThreads(context: vscode.ExtensionContext, model: MachineModel): vscode.Disposable[] {
  const colours = threadColours(context);
  const badges = createBadges(colours);
  const tags = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const show = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      const { current } = model;
      const machine = current?.path === nameOf(editor.document.uri) ? current : undefined;
      editor.setDecorations(tags, machine ? tagsOf(machine, editor.document, colours) : []);
      badges.show(editor, machine);
    }
  };
  return [tags, badges, model.onDidChange(show), vscode.window.onDidChangeVisibleTextEditors(show)];
}

/** The badges in the gutter. An icon belongs to a kind of decoration, so there is a kind for each badge that was needed. */
function createBadges(colours: readonly ThreadColour[]) {
  const kinds = new Map<string, vscode.TextEditorDecorationType>();
  /** Makes the badge of some threads, if there is none yet. @returns its key in `kinds` */
  const badgeOf = (threads: readonly number[]): string => {
    const parts = badgeParts(threads);
    const key = parts.map(({ label }) => label).join();
    if (!kinds.has(key))
      kinds.set(key, vscode.window.createTextEditorDecorationType(badgeIcon(parts, colours)));
    return key;
  };
  return {
    show(editor: vscode.TextEditor, machine: MachineView | undefined): void {
      const ranges = new Map<string, vscode.Range[]>();
      for (const [line, threads] of threadsByLine(machine)) {
        if (line > editor.document.lineCount) continue;
        const badge = badgeOf(threads);
        ranges.set(badge, [...(ranges.get(badge) ?? []), new vscode.Range(line - 1, 0, line - 1, 0)]);
      }
      for (const [badge, kind] of kinds) editor.setDecorations(kind, ranges.get(badge) ?? []);
    },
    dispose(): void {
      for (const kind of kinds.values()) kind.dispose();
    },
  };
}

/** The threads that stand at each line, from 1. */
function threadsByLine(machine: MachineView | undefined): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  machine?.threads.forEach(({ line }, t) => {
    lines.set(line, [...(lines.get(line) ?? []), t]);
  });
  return lines;
}

/** A tag for each line; the editor would put several behind one line in no certain order, so the threads of a line share one. */
function tagsOf(
  machine: MachineView,
  document: vscode.TextDocument,
  colours: readonly ThreadColour[],
): vscode.DecorationOptions[] {
  return [...threadsByLine(machine)].flatMap(([line, threads]) => {
    if (line > document.lineCount) return [];
    const { end } = document.lineAt(line - 1).range;
    const text = threads.map((t) => tagOf(machine.threads[t]!, t)).join(`${BLANK}│${BLANK}`);
    const isShared = threads.length > 1;
    const colour = isShared ? "badge.background" : colours[threads[0]! % colours.length]!.id;
    return [
      {
        range: new vscode.Range(end, end),
        hoverMessage: threads.map((t) => hoverOf(machine.threads[t]!, t)).join("  \n"),
        renderOptions: {
          after: {
            contentText: `${BLANK}${text}${BLANK}`,
            margin: "0 0 0 3em",
            color: new vscode.ThemeColor(isShared ? "badge.foreground" : "editor.background"),
            backgroundColor: new vscode.ThemeColor(colour),
            fontWeight: "600",
          },
        },
      },
    ];
  });
}

const tagOf = ({ halted, buffer }: ThreadView, t: number): string =>
  `T${t}${halted ? " halted" : ""}${buffer.length > 0 ? ` · ${buffer.length} waiting` : ""}`;

const hoverOf = ({ halted, place, next }: ThreadView, t: number): string =>
  `T${t}: ${halted ? "halted" : `${place}, next is \`${next ?? ""}\``}`;
