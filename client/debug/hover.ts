import * as vscode from "vscode";
import { LANGUAGES } from "./choose-program.ts";
import { expressionAt } from "./expression-at.ts";

/** Lets the editor ask the debugger for the value of what the mouse points at: a whole operand, where its own guess would be a word. */
export const showValues = (): vscode.Disposable =>
  vscode.languages.registerEvaluatableExpressionProvider(LANGUAGES, {
    provideEvaluatableExpression(document, { line, character }) {
      const pointed = expressionAt(document.lineAt(line).text, character);
      if (!pointed) return undefined;
      const { start, end, expression } = pointed;
      return new vscode.EvaluatableExpression(new vscode.Range(line, start, line, end), expression);
    },
  });
