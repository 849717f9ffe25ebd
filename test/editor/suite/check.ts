/** Assertions for the tests inside VS Code: the web worker host has no `node:assert`. */
export function equal<T>(actual: T, expected: T): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}
