/** A thread's store buffer under TSO: a FIFO ring of stores that are not in memory yet. It grows as needed. */
export interface StoreBuffer {
  /** Ring position of the oldest entry. */
  head: number;
  count: number;
  address: Float64Array;
  value: Float64Array;
  /** Operation index of the store. */
  source: Int32Array;
}

const FIRST_ROOM = 8;

export const createStoreBuffer = (): StoreBuffer => ({
  head: 0,
  count: 0,
  address: new Float64Array(FIRST_ROOM),
  value: new Float64Array(FIRST_ROOM),
  source: new Int32Array(FIRST_ROOM),
});

/** Appends a store as the newest entry. */
export function appendStore(buffer: StoreBuffer, address: number, value: number, source: number): void {
  if (buffer.count === buffer.address.length) grow(buffer);
  const at = slot(buffer, buffer.count);
  buffer.address[at] = address;
  buffer.value[at] = value;
  buffer.source[at] = source;
  buffer.count++;
}

/** Removes the oldest entry. The buffer must not be empty. */
export function removeOldest(buffer: StoreBuffer): void {
  buffer.head = slot(buffer, 1);
  buffer.count--;
}

/** Ring position of the i-th oldest entry, 0 ≤ i < count. */
export const slot = (buffer: StoreBuffer, i: number): number =>
  (buffer.head + i) & (buffer.address.length - 1);

/** Ring position of the newest entry for an address, or -1: what a load of this thread is served from. */
export function newestFor(buffer: StoreBuffer, address: number): number {
  for (let i = buffer.count - 1; i >= 0; i--) {
    const at = slot(buffer, i);
    if (buffer.address[at] === address) return at;
  }
  return -1;
}

export interface StoreEntry {
  readonly address: number;
  readonly value: number;
  /** Operation index of the store. */
  readonly source: number;
}

/** The entries, oldest first. */
export function entries(buffer: StoreBuffer): StoreEntry[] {
  return Array.from({ length: buffer.count }, (_, i) => {
    const at = slot(buffer, i);
    return { address: buffer.address[at]!, value: buffer.value[at]!, source: buffer.source[at]! };
  });
}

/** Whether these are the stores that wait in a buffer, oldest first. */
export function holds(buffer: StoreBuffer, stores: readonly StoreEntry[]): boolean {
  if (buffer.count !== stores.length) return false;
  return stores.every(({ address, value }, i) => {
    const at = slot(buffer, i);
    return buffer.address[at] === address && buffer.value[at] === value;
  });
}

export function setEntries(buffer: StoreBuffer, stores: readonly StoreEntry[]): void {
  buffer.head = 0;
  buffer.count = 0;
  for (const s of stores) appendStore(buffer, s.address, s.value, s.source);
}

function grow(buffer: StoreBuffer): void {
  const old = entries(buffer);
  const room = buffer.address.length * 2;
  buffer.address = new Float64Array(room);
  buffer.value = new Float64Array(room);
  buffer.source = new Int32Array(room);
  setEntries(buffer, old);
}
