import type * as lsp from "vscode-languageserver";
import type { Range } from "../../core/text/range.ts";
import { toRange } from "../positions.ts";
import type { Document } from "../workspace.ts";

/** Addresses of the web, and names of programs beside this one such as `flag.s`. */
const LINKS = /https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]|(?<![\w./-])[\w./-]*\w\.(?:s|asm|litmus)\b/g;

/** More than these are noise. */
const MOST_LINKS = 1000;

/** Links in comments. */
export function documentLinks(document: Document): lsp.DocumentLink[] {
  const { uri, text, lines } = document;
  const links: lsp.DocumentLink[] = [];
  for (const comment of commentsOf(document)) {
    for (const match of text.slice(comment.start, comment.end).matchAll(LINKS)) {
      const target = resolve(match[0], uri);
      if (!target) continue;
      const start = comment.start + match.index;
      links.push({ range: toRange(lines, { start, end: start + match[0].length }), target });
      if (links.length === MOST_LINKS) return links;
    }
  }
  return links;
}

const commentsOf = (document: Document): readonly Range[] =>
  document.language === "asm"
    ? document.tree.nodes.flatMap((node) => node.comment ?? [])
    : document.tree.comments;

/** A document without a place of its own, such as a new one, has nothing beside it. */
function resolve(link: string, base: string): string | undefined {
  if (/^https?:/.test(link)) return link;
  return /^[\w+.-]+:\/\//.test(base) ? new URL(link, base).href : undefined;
}
