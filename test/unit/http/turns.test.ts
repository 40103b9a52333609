// How requests take turns, with connections that a test makes up.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { HttpPeer } from '../../../src/http/http-peer.js';
import { MOST_WAITING, Turns } from '../../../src/http/turns.js';

function peer(): HttpPeer {
  return new HttpPeer({ destroyed: false } as Socket);
}

/** Requests whose names are written down when it is their turn. */
class Book {
  readonly turns = new Turns();
  readonly done: string[] = [];
  gone = new Set<HttpPeer>();

  ask(from: HttpPeer, name: string): boolean {
    const response = { destroyed: false, req: { socket: from.socket } } as unknown as ServerResponse;
    return this.turns.take(from, { response, work: () => void this.done.push(name) });
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('[A31] an idle relay answers at once, and eight requests in a turn', async () => {
  const book = new Book();
  const crowd = Array.from({ length: 20 }, () => peer());
  crowd.forEach((one, at) => book.ask(one, String(at)));
  expect(book.done).toHaveLength(8);
  await turn();
  expect(book.done).toHaveLength(16);
  await turn();
  expect(book.done).toEqual(crowd.map((_, at) => String(at)));
});

test('[A31] a connection that asks much waits behind those that ask once, and its own answers stay in order', async () => {
  const book = new Book();
  const [greedy, polite] = [peer(), peer()];
  for (let n = 0; n < 40; n++) book.ask(greedy, `greedy ${n}`);
  book.ask(polite, 'polite');
  await turn();
  expect(book.done.indexOf('polite')).toBeLessThan(10);
  await vi.waitFor(() => expect(book.done).toHaveLength(41));
  const greedys = book.done.filter((name) => name !== 'polite');
  expect(greedys).toEqual(greedys.map((_, n) => `greedy ${n}`));
});

test('[A31] the whole queue is bounded, and a connection takes its share with it when it goes', async () => {
  const book = new Book();
  const [first, second] = [peer(), peer()];
  for (let n = 0; n < 8 + MOST_WAITING; n++) expect(book.ask(first, '')).toBe(true);
  expect(book.ask(second, 'late')).toBe(false);
  book.turns.forget(first);
  expect(book.ask(second, 'in time')).toBe(true);
  await turn();
  expect(book.done.slice(8)).toEqual(['in time']);
});
