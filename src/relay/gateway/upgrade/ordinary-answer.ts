/** Gives a request that asked for an upgrade back to its HTTP server, which answers it as any other (C9). */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';
import { unfinishedAnswer } from '../node-internals/unfinished-answer.js';

/**
 * Node has ended its own reading of the connection, so the connection comes in once more, with the request in front of
 * whatever has followed it: its body, or more requests. Nothing is lost of it but the word that asked for the upgrade.
 */
export function answerOrdinarily(
  server: Server,
  request: IncomingMessage,
  stream: Duplex,
  behind: Buffer,
): void {
  if (stream.destroyed) return;
  // Answers keep the order of their requests, which only the first reading of the connection knows.
  const unfinished = unfinishedAnswer(stream);
  if (unfinished !== undefined) {
    unfinished.once('close', () => answerOrdinarily(server, request, stream, behind));
    return;
  }
  stream.unshift(Buffer.concat([Buffer.from(headOf(request), 'latin1'), behind]));
  server.emit(server instanceof TlsServer ? 'secureConnection' : 'connection', stream);
}

/** Whether a request asks for a WebSocket, and not for another protocol that a server may simply not speak. */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  const { upgrade = '' } = headers;
  return upgrade === 'websocket' || tokensOf(upgrade).includes('websocket');
}

function headOf(request: IncomingMessage): string {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const kept = name.toLowerCase() === 'connection' ? withoutUpgrade(value) : value;
    if (kept !== '') lines.push(`${name}: ${kept}`);
  }
  // A peer that wanted a WebSocket has no use for what it has now.
  if (asksForWebSocket(request)) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function withoutUpgrade(connection: string): string {
  return tokensOf(connection)
    .filter((token) => token !== 'upgrade')
    .join(', ');
}

function tokensOf(list: string): string[] {
  return list.split(',').map((token) => token.trim().toLowerCase());
}
