// What a peer may say, and frames that say it rightly, nearly rightly, or not at all.
import { clientFrame, opcode } from '../../harness/frames.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';
import type { Dice } from './dice.js';
import { mutate } from './mutate.js';

/** The room that fuzzed players may join, and the id that all of them have. */
export interface Names {
  readonly code: string;
  readonly id: string;
  /** A code of the stream's own, for it to be the host of. */
  readonly own: string;
}

const payloads = [
  '{}',
  '{"n":1}',
  '{"client_id":"somebody else"}',
  '{"\\u0063lient_id":"somebody else","client_id":1}',
  '{"a":{"client_id":"inside"},"b":[1,2.5e3,"\\ud83d\\ude00",true,null]}',
  ' {"a" : "é€😀"} ',
  '{"action":"disconnect","client_id":"467","n":1}',
  '{"receiver_id":"467"}',
  '{"a":[[[[[[[[]]]]]]]]}',
  '{"a":"',
  '[]',
  'null',
  '',
] as const;

function payload(dice: Dice): Buffer {
  const bytes = dice.once(8)
    ? Buffer.from(`{"a":"${'x'.repeat(dice.length())}"}`)
    : Buffer.from(dice.pick(payloads));
  return dice.once(3) ? mutate(bytes, dice) : bytes;
}

/** The bytes of one message, whole or in fragments with control frames between them. */
function message(dice: Dice): Buffer {
  const bytes = payload(dice);
  const kind = dice.pick([opcode.text, opcode.binary]);
  if (!dice.once(4)) return clientFrame(bytes, { opcode: kind });
  const frames: Buffer[] = [];
  const count = 1 + dice.below(5);
  for (let n = 0; n < count; n++) {
    const part = bytes.subarray((n * bytes.length) / count, ((n + 1) * bytes.length) / count);
    frames.push(clientFrame(part, { opcode: n === 0 ? kind : opcode.continuation, fin: n === count - 1 }));
    if (dice.once(3)) frames.push(control(dice));
  }
  return Buffer.concat(frames);
}

function control(dice: Dice): Buffer {
  return clientFrame(dice.bytes(dice.below(126)), {
    opcode: dice.pick([opcode.ping, opcode.ping, opcode.pong]),
  });
}

/** A frame that RFC 6455 does not allow, or only at another moment. */
function oddFrame(dice: Dice): Buffer {
  const shape = {
    opcode: dice.below(16),
    fin: !dice.once(3),
    rsv: dice.once(2) ? 0 : dice.below(8),
    masked: !dice.once(4),
  };
  return clientFrame(dice.bytes(dice.length()), shape);
}

/** The first message of a player of the room, of a new host, or nearly one. */
function login(dice: Dice, { code, id, own }: Names): Buffer {
  const text = dice.once(4) ? loginHost(own) : loginPlayer(code, id);
  return clientFrame(dice.once(6) ? mutate(Buffer.from(text), dice) : text);
}

/** What a peer sends after its handshake. */
export function conversation(dice: Dice, names: Names): Buffer {
  const frames: Buffer[] = dice.once(10) ? [] : [login(dice, names)];
  for (let n = dice.below(12); n > 0; n--) {
    frames.push(dice.once(6) ? oddFrame(dice) : dice.once(5) ? control(dice) : message(dice));
  }
  if (dice.once(3)) frames.push(clientFrame(dice.bytes(dice.below(5)), { opcode: opcode.close }));
  // Sometimes in an unusual order.
  if (dice.once(8)) frames.sort(() => dice.below(3) - 1);
  const bytes = Buffer.concat(frames);
  return dice.once(4) ? mutate(bytes, dice) : bytes;
}
