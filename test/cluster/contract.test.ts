// The contract, kept by all backbones.
import { afterAll, beforeAll, describe } from 'vitest';
import { createNatsBroker } from '../../src/cluster/broker/nats/create-nats-broker.js';
import { RelayOptions } from '../../src/config/relay-options.js';
import { settleCodes } from '../harness/node.js';
import { NatsServer } from '../harness/nats-server.js';
import { backboneContract } from './contract.js';
import { FakeWorld, localWorld, realWorld } from './worlds.js';

describe('a relay that is alone', () => {
  backboneContract(localWorld);
});

describe('nodes on a fake broker', () => {
  backboneContract(() => FakeWorld.settled());
});

describe('nodes on a nats-server', () => {
  const nats = new NatsServer();
  beforeAll(async () => {
    await nats.start();
    await settleCodes(nats.url);
  });
  afterAll(() => nats.stop());

  backboneContract(() => {
    const options = Object.assign(new RelayOptions(), { nats: [nats.url] });
    return realWorld(() => createNatsBroker(options, () => undefined));
  });
});
