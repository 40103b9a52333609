/** What the log says of an HTTP server on which games would look for the relay in vain, or without its limits (C20). */
import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';

/** Milliseconds after which a server that does not listen was forgotten. */
const PATIENCE = 10_000;

const NOT_LISTENING =
  'The HTTP server of the relay does not listen after 10 s, so that no game reaches it: call app.listen(), or ' +
  'serve(server) of RelayWsAdapter for each server that listens';

const NO_ADDRESSES =
  'The HTTP server of the relay listens on a Unix socket, where peers have no address: no limit per address applies, ' +
  "and X-Forwarded-For is not read. Let it listen on a port of 127.0.0.1, with the option trustProxy: ['loopback']";

/** What else the application has on the server, asked when it listens. */
export interface Neighbours {
  /** The path of the relay; undefined if the relay has every path. */
  readonly relayPath: string | undefined;
  /** Paths of the application's own gateways. */
  readonly gateways: readonly string[];
  /** Whether others listen for upgrade requests. */
  readonly hasOthers: boolean;
}

/** Says each at most once, when the server listens or is late. The returned function ends that. */
export function watchServer(server: Server, neighbours: () => Neighbours): () => void {
  const logger = new Logger('Relay');
  const look = (): void => {
    clearTimeout(late);
    for (const warning of warningsOf(server, neighbours())) logger.warn(warning);
  };
  const late = setTimeout(() => {
    if (!server.listening) logger.warn(NOT_LISTENING);
  }, PATIENCE).unref();
  if (server.listening) look();
  else server.once('listening', look);
  return () => {
    clearTimeout(late);
    server.off('listening', look);
  };
}

function warningsOf(server: Server, { relayPath, gateways, hasOthers }: Neighbours): string[] {
  const warnings = [];
  if (typeof server.address() === 'string') warnings.push(NO_ADDRESSES);
  if (relayPath !== undefined && gateways.includes(relayPath)) {
    warnings.push(
      `A gateway of this backend has the path of the relay, ${relayPath}, and gets all its games: ` +
        'give RelayModule another path',
    );
  }
  if (relayPath === undefined && hasOthers) {
    warnings.push(
      'Others listen for WebSockets on this server and hear of none, as the relay takes every path: ' +
        "give RelayModule a separate path, such as path: '/relay'",
    );
  }
  return warnings;
}
