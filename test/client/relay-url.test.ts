// What a game may write as the URL of its relay, and the error when that can never work.
import { expect, test } from 'vitest';
import { partyUrl, relayUrl } from '../../client/src/relay-url.js';

const works: [url: string | undefined, page: string | undefined, result: string][] = [
  [undefined, 'http://192.168.1.5:8080/party', 'ws://192.168.1.5:8080/'],
  [undefined, 'https://game.example/play/?room=SNEK#top', 'wss://game.example/'],
  ['/relay', 'https://game.example/play', 'wss://game.example/relay'],
  ['//relay.example', 'https://game.example/', 'wss://relay.example/'],
  ['//relay.example', 'http://game.example/', 'ws://relay.example/'],
  ['wss://relay.example', 'http://game.example/', 'wss://relay.example/'],
  ['https://relay.example/a?b=c#d', undefined, 'wss://relay.example/a?b=c'],
  ['ws://localhost:8080', 'https://game.example/', 'ws://localhost:8080/'],
  ['ws://192.168.1.5:8080', undefined, 'ws://192.168.1.5:8080/'],
  ['wss://relay.example', 'file:///home/me/game.html', 'wss://relay.example/'],
];
test.each(works)('%s on the page %s means %s', (url, page, result) => {
  expect(relayUrl(url, page).href).toBe(result);
});

const fails: [url: string | undefined, page: string | undefined, words: string][] = [
  [undefined, undefined, 'pass `url`'],
  [undefined, 'file:///home/me/game.html', 'pass `url`'],
  ['relay.example', 'https://game.example/', '"relay.example" is not a relay URL'],
  ['localhost:8080', undefined, '"localhost:8080" is not a relay URL'],
  ['ftp://relay.example', undefined, 'Write it like wss://relay.example'],
  ['ws://', undefined, 'is not a relay URL'],
  ['ws://relay example', undefined, 'is not a relay URL'],
  ['', 'https://game.example/', '"" is not a relay URL'],
  ['ws://relay.example', 'https://game.example/', 'mixed content'],
];
test.each(fails)('%s on the page %s is refused with a reason: %s', (url, page, words) => {
  expect(() => relayUrl(url, page)).toThrow(TypeError);
  expect(() => relayUrl(url, page)).toThrow(words);
});

const parties: [relay: string, code: string, result: string][] = [
  ['wss://relay.example', 'SNEK', 'wss://relay.example/?code=SNEK'],
  ['wss://relay.example/ws?token=1', 'SNEK', 'wss://relay.example/ws?token=1&code=SNEK'],
  ['wss://relay.example', 'A&B ü', 'wss://relay.example/?code=A%26B+%C3%BC'],
  ['wss://relay.example/?code=OTHER', 'SNEK', 'wss://relay.example/?code=OTHER'],
];
test.each(parties)(
  'at %s the peers of %s connect to %s, so that a balancer can bring them together',
  (relay, code, url) => {
    expect(partyUrl(new URL(relay), code)).toBe(url);
  },
);
