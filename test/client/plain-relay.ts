// The protocol as another author would write it, in a few lines of `ws`: it cuts off where our relay closes, re-writes
// where ours stamps, and has no `/v1/why`. What works with both needs nothing but the protocol.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Room {
  host: WebSocket;
  players: Map<WebSocket, string>;
}

type Json = Record<string, unknown>;

export class PlainRelay {
  /** The first message of each connection, in order. */
  readonly logins: Json[] = [];
  private readonly rooms = new Map<string, Room>();
  private server: Server | undefined;
  private sockets: WebSocketServer | undefined;
  private port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** On the port it had before, if it was started before. */
  async start(): Promise<void> {
    this.server = createServer((_, response) => response.writeHead(404).end());
    this.sockets = new WebSocketServer({ server: this.server });
    this.sockets.on('connection', (socket) => {
      socket.once('message', (data: Buffer) => this.login(socket, JSON.parse(data.toString()) as Json));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Without a word: the connections are cut, as when the process is killed. */
  async stop(): Promise<void> {
    const closed = once(this.server as Server, 'close');
    for (const socket of this.sockets?.clients ?? []) socket.terminate();
    this.sockets?.close();
    this.server?.close();
    await closed;
  }

  private login(socket: WebSocket, login: Json): void {
    this.logins.push(login);
    const code = login['server_code'] as string;
    const room = this.rooms.get(code);
    if (login['action'] === 'login_server' && !room) this.openRoom(socket, code);
    else if (login['action'] === 'login_client' && room)
      this.joinRoom(socket, room, login['client_id'] as string);
    else socket.terminate();
  }

  private openRoom(host: WebSocket, code: string): void {
    const room: Room = { host, players: new Map() };
    this.rooms.set(code, room);
    host.on('message', (data: Buffer) => {
      const { receiver_id: receiver } = JSON.parse(data.toString()) as Json;
      for (const [player, id] of room.players) {
        if (receiver === undefined || receiver === id) player.send(data.toString());
      }
    });
    host.on('close', () => {
      this.rooms.delete(code);
      for (const player of room.players.keys()) player.terminate();
    });
  }

  private joinRoom(player: WebSocket, room: Room, id: string): void {
    const tell = (message: Json): void => room.host.send(JSON.stringify({ ...message, client_id: id }));
    room.players.set(player, id);
    tell({ action: 'connect' });
    player.on('message', (data: Buffer) => tell(JSON.parse(data.toString()) as Json));
    player.on('close', () => {
      room.players.delete(player);
      tell({ action: 'disconnect' });
    });
  }
}
