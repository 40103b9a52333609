// Those who have asked, on many nodes.
import { afterAll, beforeAll, describe } from 'vitest';
import { createNatsBroker } from '../../src/cluster/broker/nats/create-nats-broker.js';
import { RelayOptions } from '../../src/config/relay-options.js';
import { describeNats } from '../harness/nats-binary.js';
import { NatsServer } from '../harness/nats-server.js';
import { settleCodes } from '../harness/node.js';
import { returningHostsContract } from './returning-hosts.js';
import type { World } from './contract.js';
import { OPTIONS, returningContract } from './returning.js';
import { FakeWorld, realWorld } from './worlds.js';

describe('nodes on a fake broker', () => {
  const create = (): Promise<FakeWorld> => FakeWorld.settled(undefined, OPTIONS);
  returningContract(create);
  returningHostsContract(create);
});

describeNats('nodes on a nats-server', () => {
  const nats = new NatsServer();
  beforeAll(async () => {
    await nats.start();
    await settleCodes(nats.url);
  });
  afterAll(() => nats.stop());

  const create = (): Promise<World> => {
    const options = Object.assign(new RelayOptions(), { nats: [nats.url] });
    return realWorld(() => createNatsBroker(options, () => undefined), OPTIONS);
  };
  returningContract(create);
  returningHostsContract(create);
});
