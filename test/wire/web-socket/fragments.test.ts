// Rules W8 and W9, on the wire: messages in several frames.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../../harness/frames.js';
import { disconnectNotice } from '../../harness/notices.js';
import { loginHost, loginPlayer, useRelay } from '../../harness/relay.js';
import { stamped } from '../../harness/stamp.js';

const relay = useRelay();

const { continuation, binary, ping, pong } = opcode;

const inPieces: [string, Buffer[]][] = [
  ['in two', [clientFrame('{"a":', { fin: false }), clientFrame('"é"}', { opcode: continuation })]],
  [
    'with empty ones around',
    [
      clientFrame('', { fin: false }),
      clientFrame('{"a":"é"}', { opcode: continuation, fin: false }),
      clientFrame('', { opcode: continuation }),
    ],
  ],
  [
    'with control frames between',
    [
      clientFrame('{"a":', { fin: false }),
      clientFrame('1', { opcode: ping }),
      clientFrame('"é', { opcode: continuation, fin: false }),
      clientFrame('2', { opcode: pong }),
      clientFrame('"}', { opcode: continuation }),
    ],
  ],
  [
    'in bytes, a character among them that is cut',
    [...Buffer.from('{"a":"é"}')].map((byte, n, { length }) =>
      clientFrame(Buffer.from([byte]), {
        opcode: n === 0 ? opcode.text : continuation,
        fin: n === length - 1,
      }),
    ),
  ],
];
test.each(inPieces)('[W8] a message in fragments arrives as one: %s', async (_, frames) => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  player.write(...frames, ...frames, clientFrame('{"n":2}'));
  const message = stamped('{"a":"é"}', '467');
  expect(await host.take(3)).toEqual([message, message, stamped('{"n":2}', '467')]);
});

test('[W8] a message in fragments is of the kind of the first', async () => {
  const code = relay.code();
  const host = await relay.rawUpgraded(loginHost(code));
  await host.fence();
  const player = await relay.rawUpgraded(loginPlayer(code, '467'));
  await host.frame();
  for (const kind of [binary, opcode.text]) {
    host.write(clientFrame('a', { opcode: kind, fin: false }), clientFrame('b', { opcode: continuation }));
    expect(await player.frame()).toMatchObject({ fin: true, opcode: kind, payload: Buffer.from('ab') });
  }
});

/** The last ones bring as many messages before. */
const out: [what: string, frames: Buffer[], messages?: number][] = [
  ['a continuation of nothing', [clientFrame('{}', { opcode: continuation })]],
  ['a continuation that goes on, of nothing', [clientFrame('{', { opcode: continuation, fin: false })]],
  ['a message within a message', [clientFrame('{"a":', { fin: false }), clientFrame('{}')]],
  ['a beginning within a message', [clientFrame('{"a":', { fin: false }), clientFrame('{', { fin: false })]],
  [
    'another kind within a message',
    [clientFrame('{"a":', { fin: false }), clientFrame('1}', { opcode: binary })],
  ],
  ['a continuation of what is whole', [clientFrame('{}'), clientFrame('', { opcode: continuation })], 1],
  [
    'a continuation of what is complete',
    [
      clientFrame('{', { fin: false }),
      clientFrame('}', { opcode: continuation }),
      clientFrame('', { opcode: continuation }),
    ],
    1,
  ],
];
test.each(out)('[W9] %s: a breach', async (what, frames, messages = 0) => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, what));
  await host.next();
  player.write(...frames, clientFrame('{"n":2}'));
  const before = Array.from({ length: messages }, () => stamped('{}', what));
  expect(await host.take(messages + 1)).toEqual([...before, disconnectNotice(what)]);
  await relay.logs.ending('protocol-error', host.code, what);
  await host.expectNothing();
});
