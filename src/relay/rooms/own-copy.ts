/**
 * Bytes whose memory is theirs alone, for what is kept. `Buffer.from` and `Buffer.allocUnsafe` lend a part of a pool,
 * all of which stays in memory for as long as the smallest part of it does: 8 KiB in Node 20, 64 KiB in Node 24.
 */

export function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

/** The same bytes; a copy if they keep more than as much again in memory. */
export function withoutPool(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength > 2 * bytes.length ? ownCopy(bytes) : bytes;
}

/** The same text in separate memory: a part of a longer text keeps all of that. Any text, also half a surrogate pair. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** All parts one behind the other; `length` is that of all of them. */
export function joined(parts: readonly Buffer[], length: number): Buffer {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
