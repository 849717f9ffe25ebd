/** Bytes that are turned into text at once; more would be too many arguments for a call. */
const CHUNK = 0x6000;

/** Base64, as DAP transports bytes; `atob` and `btoa` are the only means that Node, browsers and workers share. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  // A multiple of three bytes, so that the pieces can be put together.
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  }
  return text;
}

/** The bytes, or nothing if the text is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}
