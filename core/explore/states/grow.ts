type Column = Int32Array | Uint8Array | Uint32Array | Float64Array;

/** A column with room for at least `size` entries: the same one, or a copy of twice the length. */
export function grow<T extends Column>(column: T, size: number): T {
  if (size <= column.length) return column;
  const grown = new (column.constructor as new (length: number) => T)(Math.max(size, column.length * 2));
  grown.set(column);
  return grown;
}
