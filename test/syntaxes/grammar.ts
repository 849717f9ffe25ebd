import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const { loadWASM, OnigScanner, OnigString } = oniguruma;
const { INITIAL, parseRawGrammar, Registry } = textmate;

/** A piece of a line and the innermost scope that a theme would colour it by. */
export type Token = readonly [text: string, scope: string];

/** Loads a grammar of `syntaxes/` with the libraries that VS Code uses. Returns what splits a text into its coloured pieces. */
export async function loadGrammar(file: string): Promise<(text: string) => Token[][]> {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await loadWASM({ data: readFileSync(wasm) });
  const raw = parseRawGrammar(readFileSync(new URL(`../../syntaxes/${file}`, import.meta.url), "utf8"), file);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (text) => new OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(raw),
  });
  const grammar = await registry.loadGrammar(raw.scopeName);
  if (!grammar) throw new Error(`${file} is not a grammar`);
  const language = raw.scopeName.replace(/^source/, "");
  return (text) => {
    let state = INITIAL;
    return text.split("\n").map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens
        .map(
          ({ startIndex, endIndex, scopes }): Token => [
            line.slice(startIndex, endIndex).trim(),
            (scopes.at(-1) ?? "").replace(language, ""),
          ],
        )
        .filter(([piece]) => piece !== "");
    });
  };
}
