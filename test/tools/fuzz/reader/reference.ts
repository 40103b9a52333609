// What the library ws makes of a client's bytes, by its public interface, with the limits of the relay.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { FIXED } from '../../../../src/config/fixed-limits.js';
import { said, type End, type Heard } from './heard.js';

/** The codes of ws's errors that are not about the form of a frame. */
const BREACHES: Readonly<Record<string, End>> = {
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 'too-many-fragments',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'too-large',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'too-large',
};

function breachOf({ code = '' }: NodeJS.ErrnoException): End {
  return BREACHES[code] ?? 'protocol-error';
}

/** No status was in the peer's close frame, or there was none. */
const NO_STATUS = 1005;
const NO_CLOSE = 1006;

const servers = new Map<number, WebSocketServer>();

function serverFor(maxPayload: number): WebSocketServer {
  const { maxFragments, maxBufferedChunks } = FIXED;
  const server =
    servers.get(maxPayload) ??
    new WebSocketServer({ noServer: true, autoPong: false, maxPayload, maxFragments, maxBufferedChunks });
  servers.set(maxPayload, server);
  return server;
}

/** A stream without other end, which takes what is written and has nothing more to read. */
function deadEnd(): Duplex {
  return new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
}

function handshake(): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.headers = {
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  return request;
}

const request = handshake();

/** All bytes come in one piece: how they are cut must not matter. */
export async function heardByWs(bytes: Buffer, maxMessageSize: number): Promise<Heard> {
  const heard: string[] = [];
  let breach: End | undefined;
  let payload = Buffer.alloc(0);
  const stream = deadEnd();
  const closed = new Promise<End>((resolve) => {
    // A copy, as ws takes the masks off in place.
    serverFor(maxMessageSize).handleUpgrade(request, stream, Buffer.from(bytes), (socket) => {
      socket.on('message', (data, isBinary) =>
        heard.push(said(isBinary ? 'binary' : 'text', data as Buffer)),
      );
      socket.on('ping', (data) => heard.push(said('ping', data)));
      socket.on('pong', (data) => heard.push(said('pong', data)));
      socket.on('error', (error) => (breach = breachOf(error)));
      socket.on('close', (status, reason) => {
        if (status !== NO_STATUS)
          payload = Buffer.concat([Buffer.from([status >> 8, status & 0xff]), reason]);
        resolve(status === NO_CLOSE ? 'open' : `closed ${payload.toString('hex')}`);
      });
    });
  });
  await new Promise((resolve) => setImmediate(resolve));
  stream.destroy();
  const end = await closed;
  return { said: heard, end: breach ?? end };
}
