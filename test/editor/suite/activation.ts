import * as vscode from "vscode";
import { equal } from "./check.ts";

describe("The extension", () => {
  it("can be activated", async () => {
    const extension = vscode.extensions.getExtension("interleave.interleave");
    await extension?.activate();
    equal(extension?.isActive, true);
  });
});
