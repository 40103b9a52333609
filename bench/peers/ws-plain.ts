/** The relay as a competent developer writes it with `ws` in an afternoon; the yardstick of the benchmark. */
import { parseArgs } from 'node:util';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

interface Room {
  host: WebSocket;
  players: Map<string, Set<WebSocket>>;
}

/** What a connection does with its next message. */
type Handler = (text: string) => void;

const rooms = new Map<string, Room>();

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function login(socket: WebSocket, text: string): Handler | undefined {
  const { action, server_code: code, client_id: id } = parseObject(text) ?? {};
  if (typeof code !== 'string') return undefined;
  const room = rooms.get(code);
  if (action === 'login_server' && room === undefined) return becomeHost(socket, code);
  if (action === 'login_client' && typeof id === 'string' && room !== undefined)
    return join(socket, room, id);
  return undefined;
}

function becomeHost(host: WebSocket, code: string): Handler {
  const room: Room = { host, players: new Map() };
  rooms.set(code, room);
  host.on('close', () => {
    rooms.delete(code);
    for (const sockets of room.players.values()) for (const player of sockets) player.close();
  });
  return (text) => {
    const message = parseObject(text);
    const receivers =
      message !== undefined && 'receiver_id' in message
        ? [room.players.get(String(message['receiver_id'])) ?? []]
        : room.players.values();
    for (const sockets of receivers) for (const player of sockets) player.send(text);
  };
}

function join(player: WebSocket, room: Room, id: string): Handler {
  const twins = room.players.get(id);
  if (twins === undefined) room.players.set(id, new Set([player]));
  else twins.add(player);
  room.host.send(JSON.stringify({ action: 'connect', client_id: id }));
  player.on('close', () => {
    const sockets = room.players.get(id);
    sockets?.delete(player);
    if (sockets?.size === 0) room.players.delete(id);
    room.host.send(JSON.stringify({ action: 'disconnect', client_id: id }));
  });
  return (text) => {
    const message = parseObject(text);
    if (message === undefined) return player.close();
    message['client_id'] = id;
    room.host.send(JSON.stringify(message));
  };
}

function accept(socket: WebSocket): void {
  let handler: Handler | undefined;
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData) => {
    const text = (data as Buffer).toString();
    if (handler !== undefined) return handler(text);
    handler = login(socket, text);
    if (handler === undefined) socket.close();
  });
}

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const server = new WebSocketServer({ port: Number(values.port), host: '127.0.0.1', maxPayload: 2 ** 20 });
server.on('connection', accept);
