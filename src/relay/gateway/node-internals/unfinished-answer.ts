/** The answer that an HTTP connection is still busy with. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Undefined if there is none. Node tells it nowhere else. */
export function unfinishedAnswer(stream: Duplex): ServerResponse | undefined {
  return (stream as Duplex & { readonly _httpMessage?: ServerResponse | null })._httpMessage ?? undefined;
}
