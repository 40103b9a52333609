/** The same parties over two protocols: CarParty's own, and the events of socket.io. */
import type { Connection } from './connection.js';
import { clientFrame } from './frames.js';
import type { DialectName } from './job.js';

export interface Dialect {
  /** The target of the upgrade request. */
  readonly path: string;
  /** What stands around the JSON of a message, in both directions. */
  readonly before: string;
  readonly after: string;
  /** Messages of the protocol itself that are answered, by their text. */
  readonly answers: ReadonlyMap<string, Buffer>;
  /** How a message begins that the relay says itself, and that is not looked at. */
  readonly aside?: string;
  /** What must be said between the upgrade and the login. */
  greet(connection: Connection): Promise<void>;
  /** A login message, framed. */
  login(action: 'login_server' | 'login_client', fields: object): Buffer;
}

const carparty: Dialect = {
  path: '/',
  before: '',
  after: '',
  answers: new Map(),
  greet: () => Promise.resolve(),
  login: (action, fields) => clientFrame(Buffer.from(JSON.stringify({ action, ...fields }))),
};

/** The same, but each phone brings a key: the relay keeps what it sends until it has arrived. */
const keyed: Dialect = {
  ...carparty,
  aside: '{"$relay":"',
  login: (action, fields) =>
    carparty.login(
      action,
      'client_id' in fields ? { ...fields, $relay: { key: keyOf(fields.client_id) } } : fields,
    ),
};

/** Any text of so many bytes is a key. */
export function keyOf(id: unknown): string {
  return `the key of ${String(id)}`;
}

/** Engine.io 4 (`0` open, `2` ping, `3` pong, `4` message) with socket.io 5 in it (`0` connect, `2` event). */
const socketIo: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  before: '42["message",',
  after: ']',
  answers: new Map([['2', clientFrame(Buffer.from('3'))]]),
  greet: async (connection) => {
    const open = connection.nextText();
    if (!(await open).startsWith('0{')) throw new Error('no engine.io handshake');
    const connected = connection.nextText();
    connection.send(clientFrame(Buffer.from('40')));
    if (!(await connected).startsWith('40')) throw new Error('no socket.io connection');
  },
  login: (action, fields) => clientFrame(Buffer.from(`42${JSON.stringify([action, fields])}`)),
};

export const dialects: Record<DialectName, Dialect> = {
  carparty,
  'carparty-keyed': keyed,
  'socket.io': socketIo,
};
