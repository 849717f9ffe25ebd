import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from "vscode-languageserver";
import { readSettings, type Settings } from "./settings.ts";

const SECTION = "interleave";

/** The settings as they are now, and what the editor said at the start. */
export interface SettingsFollower {
  initialize(params: InitializeParams): void;
  current(): Settings;
  /** Address of the page on warnings that the editor asked for. */
  documentation(): string | undefined;
}

/**
 * Keeps up with the editor's settings without a restart: asked for where the editor answers `workspace/configuration`, else taken
 * from what it sends (`initializationOptions.settings`, `workspace/didChangeConfiguration`).
 */
export function followSettings(connection: Connection, changed: () => void): SettingsFollower {
  let settings = readSettings(undefined);
  let documentation: string | undefined;
  let capabilities: InitializeParams["capabilities"] = {};
  const take = (value: unknown): void => {
    settings = readSettings(value);
    changed();
    if (capabilities.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
    if (capabilities.workspace?.codeLens?.refreshSupport) {
      void connection.sendRequest(CodeLensRefreshRequest.type);
    }
  };
  const ask = async (): Promise<void> => {
    // Null from an editor without such a section: what it said at the start still counts.
    const value: unknown = await connection.workspace.getConfiguration(SECTION);
    if (value !== null && value !== undefined) take(value);
  };
  connection.onInitialized(() => {
    if (!capabilities.workspace?.configuration) return;
    if (capabilities.workspace.didChangeConfiguration?.dynamicRegistration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    }
    void ask();
  });
  connection.onDidChangeConfiguration(({ settings: sent }) => {
    if (capabilities.workspace?.configuration) void ask();
    else take((sent as Record<string, unknown> | null)?.[SECTION]);
  });
  return {
    initialize(params) {
      capabilities = params.capabilities;
      const options = params.initializationOptions as
        | { readonly settings?: unknown; readonly documentation?: unknown }
        | null
        | undefined;
      settings = readSettings(options?.settings);
      if (typeof options?.documentation === "string") documentation = options.documentation;
    },
    current: () => settings,
    documentation: () => documentation,
  };
}
