import * as vscode from "vscode";
import { createAdapters } from "./adapters.ts";
import { debugCommands, registerCommands } from "./commands.ts";
import { configurationProvider, DEBUG_TYPE } from "./configuration.ts";
import { showValues } from "./hover.ts";
import { keepConsole } from "./keep-keyboard.ts";
import { createMachineModel } from "./machine-model.ts";
import { machinePanel } from "./panels/machine-panel.ts";
import { timelinePanel } from "./panels/timeline-panel.ts";
import { createPrecedence } from "./precedence.ts";
import { showStatus } from "./status.ts";
import { showStoreBuffers } from "./store-buffers.ts";
import { markThreads } from "./thread-markers.ts";

/** Everything about debugging: the adapter, its configurations, commands and views. */
export function activateDebug(context: vscode.ExtensionContext): void {
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  const precedence = createPrecedence();
  const adapters = createAdapters(precedence);
  const model = createMachineModel(adapters, precedence);
  const machine = machinePanel(context, model);
  const timeline = timelinePanel(context, model);
  context.subscriptions.push(
    model,
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, adapters),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurationProvider, Initial),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      { provideDebugConfigurations: configurationProvider.provideDebugConfigurations! },
      Dynamic,
    ),
    ...registerCommands({ ...debugCommands(model), openMachine: machine.open, openTimeline: timeline.open }),
    keepConsole(),
    showValues(),
    machine.follow,
    timeline.follow,
    ...showStoreBuffers(model, precedence),
    ...markThreads(context, model),
    ...showStatus(model),
  );
}
