/**
 * Makes text that anybody may have written safe to stand in a C comment, on one line: printable ASCII alone, nothing that ends or begins a
 * comment, and no backslash, which could join lines.
 */
export const commentText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[^ -~]/g, "?")
    .replaceAll("\\", "/")
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replace(/\?(?=\?)/g, "? ") // trigraphs
    .trim();
