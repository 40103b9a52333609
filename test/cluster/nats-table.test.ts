// The tables of NATS: what they are asked for, and what they keep.
import { Kvm } from '@nats-io/kv';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { BrokerTable } from '../../src/cluster/broker/broker.js';
import { createNatsBroker } from '../../src/cluster/broker/nats/create-nats-broker.js';
import { countsPurges } from '../../src/cluster/broker/nats/nats-table.js';
import { RelayOptions } from '../../src/config/relay-options.js';
import { NatsServer } from '../harness/nats-server.js';

const nats = new NatsServer();
let connection: NatsConnection;
let table: BrokerTable;
let close: () => Promise<void>;
beforeAll(async () => {
  await nats.start();
  connection = await connect({ servers: `127.0.0.1:${nats.port}` });
  const options = Object.assign(new RelayOptions(), { nats: [nats.url] });
  const broker = createNatsBroker(options, () => undefined);
  broker.start(() => undefined);
  await vi.waitFor(() => expect(broker.isConnected).toBe(true), 30_000);
  table = await broker.table('codes');
  close = () => broker.close();
});
afterAll(async () => {
  await close();
  await connection.close();
  await nats.stop();
});

test('[B13] an entry that is deleted may be created again, and one that was changed meanwhile stays', async () => {
  const first = await table.create('SNEK', 'a');
  expect(await table.create('SNEK', 'b')).toBe('exists');
  const second = await table.update('SNEK', 'b', Number(first));
  await table.delete('SNEK', Number(first));
  expect(await table.get('SNEK')).toEqual({ value: 'b', revision: second });
  expect(await table.update('SNEK', 'c', Number(first))).toBe('changed');
  await table.delete('SNEK', Number(second));
  expect(await table.get('SNEK')).toBeUndefined();
  expect(await table.update('SNEK', 'c', Number(second))).toBe('changed');
  expect(await table.create('SNEK', 'c')).toBeTypeOf('number');
});

test('[B13] the broker keeps nothing of a code that was given back', async () => {
  const { values: before } = await status();
  for (let n = 0; n < 100; n++) {
    const revision = await table.create(`code${n}`, 'a');
    await table.delete(`code${n}`, Number(revision));
  }
  expect((await status()).values).toBe(before);
});

test.each([
  ['2.9.10', false],
  ['2.9.14', false],
  ['2.9.15', true],
  ['2.12.5', true],
  ['2.15.1', true],
  ['2.10.0-beta.1', true],
  ['', false],
])('[B20] what a purge has taken away makes room again on a server %s: %s', (version, isSo) => {
  expect(countsPurges(version)).toBe(isSo);
});

async function status(): Promise<{ values: number }> {
  return (await new Kvm(connection).open('codes')).status();
}
