/** What the client needs of a WebSocket: the browser's own, that of Node 22, and the one of the package `ws` have it. */

/** One open connection. The handlers take `never`, so that each implementation's own event types fit. */
export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
  /** Resets the connection; `ws` can do that, a browser cannot. */
  terminate?(): void;
}

/** Pass `WebSocket` of `ws` as the option of that name where there is no global one (Node 20). */
export type SocketConstructor = new (url: string) => SocketLike;

/** `readyState` of a connection that can send. */
export const OPEN = 1;
