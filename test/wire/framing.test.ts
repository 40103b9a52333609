// Rules P1, P7, H1 and H7, on the wire: however messages are cut into frames and frames into segments, they are the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { connectNotice } from '../harness/notices.js';
import { upgradeRequest, type RawPeer } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';
import { stamped } from '../harness/stamp.js';

const relay = useRelay();

/** A message and how it travels: in how many frames, with a ping between them or not. */
interface Parcel {
  text: string;
  binary: boolean;
  cuts: number[];
  ping: boolean;
}

// Lengths of the payload field's three forms, from both sides.
const sizes = fc.constantFrom(0, 1, 30, 90, 110, 125, 126, 127, 1_000, 65_500, 65_535, 65_536, 70_000);

const parcels: fc.Arbitrary<Parcel[]> = fc.array(
  fc.record({
    text: sizes.map((size) => `{"a":"${'x'.repeat(Math.max(0, size - 8))}"}`),
    binary: fc.boolean(),
    cuts: fc.array(fc.nat(1_000), { maxLength: 3 }),
    ping: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Where a stream is cut into segments, as parts of its length; small numbers cut the first frames. */
const segmentation = fc.array(fc.oneof(fc.nat(40), fc.nat(100_000)), { maxLength: 12 });

function framesOf({ text, binary, cuts, ping }: Parcel): Buffer {
  const bytes = Buffer.from(text);
  const pieces = cut(bytes, cuts);
  const frames = pieces.flatMap((piece, i) => [
    ...(ping ? [clientFrame(`ping ${i}`, { opcode: opcode.ping })] : []),
    clientFrame(piece, {
      opcode: i > 0 ? opcode.continuation : binary ? opcode.binary : opcode.text,
      fin: i === pieces.length - 1,
    }),
  ]);
  return Buffer.concat(frames);
}

/** At least one piece; the cuts count modulo the length, and two at the same place make an empty piece. */
function cut(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

async function send(peer: RawPeer, login: string, messages: Parcel[], cuts: number[]): Promise<void> {
  const stream = [Buffer.from(upgradeRequest()), clientFrame(login), ...messages.map(framesOf)];
  await peer.writeApart(cut(Buffer.concat(stream), cuts).filter(({ length }) => length > 0));
}

async function expectPongs(peer: RawPeer, messages: Parcel[]): Promise<void> {
  await peer.head();
  for (const { cuts } of messages.filter(({ ping }) => ping)) {
    for (let i = 0; i <= cuts.length; i++) {
      expect(await peer.frame()).toMatchObject({ opcode: opcode.pong, payload: Buffer.from(`ping ${i}`) });
    }
  }
}

test("[P7] a player's messages arrive whole and in order, whatever the frames and segments they travel in", async () => {
  const property = fc.asyncProperty(parcels, segmentation, async (messages, cuts) => {
    const host = await relay.host();
    const player = await relay.rawConnect();
    await send(player, loginPlayer(host.code, '467'), messages, cuts);
    const due = [connectNotice('467'), ...messages.map(({ text }) => stamped(text, '467'))];
    expect((await host.take(due.length)).map(String)).toEqual(due);
    await expectPongs(player, messages);
    host.dispose();
    player.vanish();
  });
  await fc.assert(property, { numRuns: 25 });
});

test("[H7] a host's messages arrive whole and in order, whatever the frames and segments they travel in", async () => {
  const property = fc.asyncProperty(parcels, segmentation, async (messages, cuts) => {
    const code = relay.code();
    const host = await relay.rawConnect();
    await send(host, loginHost(code), messages, cuts);
    await expectPongs(host, messages);
    const player = await relay.connect();
    player.send(loginPlayer(code, '467'));
    expect((await host.frame()).payload.toString()).toBe(connectNotice('467'));
    await host.writeApart(cut(Buffer.concat(messages.map(framesOf)), cuts));
    const due = messages.map(({ text, binary }) => `${binary} ${text}`);
    const came = await player.take(due.length);
    expect(came.map((message) => `${Buffer.isBuffer(message)} ${message.toString()}`)).toEqual(due);
    host.vanish();
    player.dispose();
  });
  await fc.assert(property, { numRuns: 25 });
});
