import * as vscode from "vscode";
import { fileName } from "../../debugger/debuggee.ts";
import { chooseProgram } from "./choose-program.ts";
import { nameOf } from "./uri.ts";

export const DEBUG_TYPE = "interleave";

const THIS_FILE = "$" + "{file}";

const launchOf = (name: string, more: object): vscode.DebugConfiguration => ({
  type: DEBUG_TYPE,
  request: "launch",
  name,
  program: THIS_FILE,
  ...more,
});

/**
 * What the editor offers where nothing is configured. The file's own `#@ run` line says the rest. The editor asks for each folder and for the
 * user's settings; in those the same would be offered once more.
 */
const offered = (folder: vscode.WorkspaceFolder | undefined): vscode.DebugConfiguration[] =>
  !folder && vscode.workspace.workspaceFolders
    ? []
    : [
        launchOf("Step the threads of this program", {}),
        launchOf("Under TSO, draining by hand", { model: "tso", drain: "manual" }),
        launchOf("Under sequential consistency", { model: "sc" }),
      ];

/** Makes every launch complete, so that F5 needs no configuration. */
export const configurationProvider: vscode.DebugConfigurationProvider = {
  provideDebugConfigurations: offered,

  async resolveDebugConfiguration(_folder, configuration) {
    const program: unknown = configuration["program"] ?? THIS_FILE;
    // The editor would put in a path, which names no file where files have URIs.
    const chosen = program === THIS_FILE ? await chooseProgram() : program;
    if (chosen === undefined) return undefined;
    const isEmpty = !configuration.type && !configuration.request && !configuration.name;
    // Called by its program, so that several can be told apart. The editor has said whether to debug or only to run (`noDebug`).
    const complete = isEmpty ? launchOf(fileName(String(chosen)), configuration) : configuration;
    return { ...complete, program: chosen };
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
