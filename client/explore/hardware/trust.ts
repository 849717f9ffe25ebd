import * as vscode from "vscode";
import type { Backend } from "../../../hardware/emit.ts";
import type { Platform } from "../../platform.ts";
import type { Processor } from "./processor.ts";

const NOT_TRUSTED =
  "Running on this CPU: a program that is run on the processor can do whatever you can, and this workspace is not trusted. Trust it to run its programs.";

const NO_PROCESSOR =
  "Running on this CPU: an extension in the browser cannot start a program. Open the folder in VS Code on Linux on x86-64, with a C compiler (on Debian and Ubuntu: sudo apt-get install gcc libc6-dev).";

/** The platform's processor, which runs nothing in a workspace that is not trusted. */
export function trustedProcessor({ processor }: Pick<Platform, "processor">): Processor {
  const hindrance = (backend: Backend): string | undefined => {
    if (!processor) return NO_PROCESSOR;
    return vscode.workspace.isTrusted ? processor.hindrance(backend) : NOT_TRUSTED;
  };
  return {
    hindrance,
    run: async (wanted, hooks) => {
      const error = hindrance(wanted.backend);
      return error === undefined ? processor!.run(wanted, hooks) : { error };
    },
  };
}

const TRUST = "Manage Workspace Trust";

/** Whether a back end can be used; tells the person why not. */
export function canRun(processor: Processor, backend: Backend): boolean {
  const hindrance = processor.hindrance(backend);
  if (hindrance === undefined) return true;
  const actions = hindrance === NOT_TRUSTED ? [TRUST] : [];
  void vscode.window.showErrorMessage(hindrance, ...actions).then((chosen) => {
    if (chosen === TRUST) void vscode.commands.executeCommand("workbench.trust.manage");
  });
  return false;
}
