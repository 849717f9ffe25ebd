/** What `kernel.as.ts` is compiled to, see `scripts/assembly.mjs`. */
declare const bytes: Uint8Array;
export default bytes;
