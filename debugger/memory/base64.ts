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
  let characters: string;
  try {
    characters = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(characters.length);
  // Several times as fast as Uint8Array.from, which matters for a timeline of a million events.
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
