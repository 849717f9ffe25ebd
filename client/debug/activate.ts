import * as vscode from "vscode";
import { createAdapterDescriptor } from "./adapter.ts";
import { debugCommands, registerCommands } from "./commands.ts";
import { configurationProvider, DEBUG_TYPE } from "./configuration.ts";

/** Everything about debugging: the adapter, its configurations, commands and views. */
export function activateDebug(context: vscode.ExtensionContext): void {
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: createAdapterDescriptor,
    }),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurationProvider, Initial),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      { provideDebugConfigurations: configurationProvider.provideDebugConfigurations! },
      Dynamic,
    ),
    ...registerCommands(debugCommands),
  );
}
