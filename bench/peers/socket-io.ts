/** The relay as rooms of socket.io, as its documentation would have one write it: what many would pick instead. */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Server, type Socket } from 'socket.io';

interface Login {
  server_code: string;
  client_id: string;
}
type Message = Record<string, unknown>;

const hosts = new Map<string, Socket>();
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

function becomeHost(host: Socket, code: string): void {
  if (hosts.has(code)) return void host.disconnect(true);
  hosts.set(code, host);
  host.on('message', (message: Message) => {
    const id = message['receiver_id'];
    io.to(typeof id === 'string' ? `${code}/${id}` : code).emit('message', message);
  });
  host.on('disconnect', () => {
    hosts.delete(code);
    io.in(code).disconnectSockets(true);
  });
}

async function join(player: Socket, code: string, id: string): Promise<void> {
  const host = hosts.get(code);
  if (host === undefined) return void player.disconnect(true);
  await player.join([code, `${code}/${id}`]);
  host.emit('message', { action: 'connect', client_id: id });
  player.on('message', (message: Message) => host.emit('message', { ...message, client_id: id }));
  player.on('disconnect', () => host.emit('message', { action: 'disconnect', client_id: id }));
}

io.on('connection', (socket) => {
  socket.on('login_server', (login: Login) => becomeHost(socket, login.server_code));
  socket.on('login_client', (login: Login) => void join(socket, login.server_code, login.client_id));
});
http.listen(Number(values.port), '127.0.0.1');
