import * as vscode from "vscode";
import { nameOf } from "./uri.ts";

export const DEBUG_TYPE = "interleave";

/** Languages whose files can be debugged. */
const LANGUAGES = ["interleave-asm", "litmus"];
const PROGRAM_FILE = /\.(s|asm|litmus)$/i;

const isProgram = ({ languageId, uri }: vscode.TextDocument): boolean =>
  LANGUAGES.includes(languageId) || PROGRAM_FILE.test(uri.path);

/** The program that a person means who just presses F5. */
function activeProgram(): vscode.TextDocument | undefined {
  const active = vscode.window.activeTextEditor?.document;
  if (active && isProgram(active)) return active;
  return vscode.window.visibleTextEditors.map((e) => e.document).find(isProgram);
}

const THIS_FILE = "$" + "{file}";

const launchOf = (name: string, more: object): vscode.DebugConfiguration => ({
  type: DEBUG_TYPE,
  request: "launch",
  name,
  program: THIS_FILE,
  ...more,
});

/** What the editor offers where nothing is configured. The file's own `#@ run` line says the rest. */
const offered = (): vscode.DebugConfiguration[] => [
  launchOf("Step the threads of this program", {}),
  launchOf("Under TSO, draining by hand", { model: "tso", drain: "manual" }),
  launchOf("Under sequential consistency", { model: "sc" }),
];

/** Makes every launch complete, so that F5 needs no configuration. */
export const configurationProvider: vscode.DebugConfigurationProvider = {
  provideDebugConfigurations: offered,

  resolveDebugConfiguration(_folder, configuration) {
    const isEmpty = !configuration.type && !configuration.request && !configuration.name;
    const complete = isEmpty ? launchOf("Interleave", {}) : configuration;
    const program: unknown = complete["program"] ?? THIS_FILE;
    if (program !== THIS_FILE) return { ...complete, program };
    // The editor would put in a path, which names no file where files have URIs.
    const document = activeProgram();
    if (document) return { ...complete, program: nameOf(document.uri) };
    void vscode.window.showErrorMessage("Open the `.s` file that you want to debug, then press F5 again.");
    return undefined;
  },

  resolveDebugConfigurationWithSubstitutedVariables(folder, configuration) {
    return {
      ...configuration,
      ...inFolder(folder, configuration, "program"),
      ...inFolder(folder, configuration, "recording"),
    };
  },
};

/** A path that a launch configuration names, as the URI that it has where the workspace is not on a disk. */
function inFolder(
  folder: vscode.WorkspaceFolder | undefined,
  configuration: vscode.DebugConfiguration,
  attribute: string,
): Record<string, string> {
  const path: unknown = configuration[attribute];
  const root = folder?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (typeof path !== "string" || !path || !root || /^[A-Za-z][\w+.-]+:/.test(path)) return {};
  const isAbsolute = /^([\\/]|[A-Za-z]:)/.test(path);
  const uri = isAbsolute ? absolute(root, path) : vscode.Uri.joinPath(root, path);
  return { [attribute]: nameOf(uri) };
}

const absolute = (root: vscode.Uri, path: string): vscode.Uri =>
  root.scheme === "file" ? vscode.Uri.file(path) : root.with({ path });
