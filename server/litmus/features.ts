/** What the server answers for a litmus test. */
export { complete } from "./completion/complete.ts";
export { definition } from "./definition.ts";
export { foldingRanges } from "./folding.ts";
export { formatDocument, formatOnType, formatRange } from "./formatting.ts";
export { hover } from "./hover.ts";
export { inlayHints } from "./inlay-hints.ts";
export { inlineValues } from "./inline-values.ts";
export { quickFixes } from "./quick-fixes.ts";
export { prepareRename, rename } from "./rename.ts";
export { selectionRanges } from "./selection-ranges.ts";
export { signatureHelp } from "./signature-help.ts";
export { documentSymbols } from "./symbols.ts";
