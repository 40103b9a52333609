/** A relay in a few lines that treats the messages of players as a test wants it to. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';

/** From a stamped message, and how many the player has sent, to what the host gets. */
export type Tamper = (stamped: string, count: number) => string[];

export interface TamperingRelay {
  port: number;
  /** Players that it has let in. */
  players: () => number;
  close: () => void;
}

export async function startTamperingRelay(tamper: Tamper): Promise<TamperingRelay> {
  const hosts = new Map<string, WebSocket>();
  let players = 0;
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.once('message', (data: RawData) => {
      const login = JSON.parse((data as Buffer).toString()) as Record<string, string>;
      const code = login['server_code'] ?? '';
      if (login['action'] === 'login_server') return void hosts.set(code, socket);
      const host = hosts.get(code);
      if (host === undefined) return socket.close();
      players++;
      becomePlayer(socket, host, login['client_id'] ?? '', tamper);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const close = (): void => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, players: () => players, close };
}

function becomePlayer(player: WebSocket, host: WebSocket, clientId: string, tamper: Tamper): void {
  let count = 0;
  host.send(JSON.stringify({ action: 'connect', client_id: clientId }));
  player.on('close', () => host.send(JSON.stringify({ action: 'disconnect', client_id: clientId })));
  player.on('message', (data: RawData) => {
    const message = JSON.parse((data as Buffer).toString()) as object;
    for (const text of tamper(JSON.stringify({ ...message, client_id: clientId }), ++count)) host.send(text);
  });
}
