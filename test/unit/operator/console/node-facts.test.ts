// How a node stands to the others, in words, for backbones that a test makes up.
import { expect, test } from 'vitest';
import { BackboneCounters } from '../../../../src/relay/session/backbone-counters.js';
import { nodeFacts } from '../../../../src/operator/console/node-facts.js';
import type { Backbone, BackboneState } from '../../../../src/relay/session/backbone.js';

const TOTALS = {
  ...{ rooms: 2, hosts: 2, players: 9, pending: 1, waiting: 0, paused: 0 },
  ...{ playersAway: 3, hostsAway: 1, keptBytes: 1500 },
};

function factsFor(state: BackboneState, change: Partial<BackboneCounters> = {}): Record<string, string> {
  const counters = Object.assign(new BackboneCounters(), change);
  return Object.fromEntries(nodeFacts(TOTALS, { state, counters } as Backbone));
}

test('[O18] the console says nothing about links for a node that is alone', () => {
  const facts = factsFor('local');
  expect(facts['Backbone']).toBe('none: this node is alone');
  expect(facts['Connections']).toBe('2 hosts, 9 players, 1 that have not logged in');
  expect(Object.keys(facts)).not.toContain('Links to other nodes');
});

test('[R38] the console says who is away, and what the relay keeps for them', () => {
  const words = '1 hosts and 3 players, whose places wait; 2 KiB kept for returns';
  expect(factsFor('local')['Away']).toBe(words);
});

test('[O18] for a node among others the console shows its links, the members on both sides and the losses', () => {
  const { linkLosses, claims } = new BackboneCounters();
  const facts = factsFor('up', {
    ...{ links: 2, guests: 3, visitors: 4, brokerLosses: 1 },
    linkLosses: { ...linkLosses, gap: 1, silence: 2 },
    claims: { ...claims, granted: 5 },
  });
  expect(facts).toMatchObject({
    Backbone: 'up',
    'Links to other nodes': '2 up; lost so far: 1 gap, 2 silence',
    'Members on other nodes': '3 remote players in rooms here, 4 players here in remote rooms',
    'Codes asked for': '5 granted',
    'NATS lost': '1 times',
  });
  expect(factsFor('away')['Backbone']).toContain('NATS servers do not answer');
  expect(factsFor('full')['Backbone']).toContain('JetStream has no space left');
  expect(factsFor('up')['Links to other nodes']).toBe('0 up; lost so far: none');
});
