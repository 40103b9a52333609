// What peers of a random party say: each message with its own number, so that none is taken for another.
import type { Received } from '../../harness/connection.js';
import { stamped } from '../../harness/stamp.js';

/** A player's message, and what its host must get of it. */
export function playerMessage(form: number, n: number, id: string): { payload: string; arrives: string } {
  const own = `,"client_id":${JSON.stringify(id)}`;
  const long = 'x🎉'.repeat(4_000);
  const forms = [
    { payload: `{"n":${n}}`, arrives: `{"n":${n}${own}}` },
    { payload: `{"client_id":"forged","n":${n}}`, arrives: `{"n":${n}${own}}` },
    { payload: `{"n":${n},"\\u0063lient_id":{"a":"}"}}`, arrives: `{"n":${n}${own}}` },
    { payload: `{"n":${n},"receiver_id":"1","action":"connect"}` },
    { payload: ` { "n" : ${n}.0 , "x" : [ 1e400 , { "client_id" : 1 } ] }\n` },
    { payload: `{"x":"${long}","n":${n}}` },
  ];
  const { payload, arrives } = { arrives: undefined, ...(forms[form % forms.length] ?? { payload: '{}' }) };
  return { payload, arrives: arrives ?? stamped(payload, id) };
}

/** A message for all players. */
export function broadcast(form: number, n: number): Received {
  const forms = [
    `{"n":${n},"x":{"receiver_id":"1"}}`,
    `no JSON, ${n}`,
    Buffer.from(`\xff\x00 binary, ${n}`, 'latin1'),
    `[{"receiver_id":"1"},${n}]`,
    `{"n":${n},"x":"${'y🎉'.repeat(4_000)}"}`,
  ];
  return forms[form % forms.length] ?? '';
}

/** A message for the players with an id; `undefined` is an id that no player can have. */
export function unicast(form: number, n: number, id: string | undefined): Received {
  const receiver = id === undefined ? String(n) : JSON.stringify(id);
  const forms = [
    `{"receiver_id":${receiver},"n":${n}}`,
    `{"n":${n},"receiver_id":"1","receiver_\\u0069d":${receiver}}`,
    Buffer.from(`{"receiver_id":${receiver},"n":${n}}`),
    ` {"n":${n}, "receiver_id" : ${receiver} } `,
  ];
  return forms[form % forms.length] ?? '';
}
