// Codes that are read out across a room, and ids that are hard to guess.
import { expect, test } from 'vitest';
import { normalCode, proposeCode } from '../../client/src/index.js';
import { clientIdOf } from '../../client/src/identity.js';

const many = Array.from({ length: 2_000 }, () => proposeCode());

test('a proposed code has no vowels, no letters that look alike, and no letter twice in a row', () => {
  for (const code of many) {
    expect(code).toMatch(/^[A-Z]{4}$/);
    expect(code).not.toMatch(/[AEIOUY]|[BGILOQSZ]|(.)\1/);
  }
});

test('proposed codes are spread evenly over all possible codes', () => {
  expect(new Set(many).size).toBeGreaterThan(1_600);
  expect(new Set(many.join('')).size).toBe(11);
  expect(proposeCode(6)).toHaveLength(6);
});

test('a typed code is compared in capitals and without the spaces around it', () => {
  expect(normalCode(' snek\n')).toBe('SNEK');
});

test('a phone keeps its id, and a browser without storage makes a new one for each page', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const id = clientIdOf(store);
  expect(id).toMatch(/^\d{16}$/);
  expect(clientIdOf(store)).toBe(id);
  const refuse = (): never => {
    throw new Error('SecurityError');
  };
  const blocked = { getItem: refuse, setItem: refuse };
  expect(clientIdOf(blocked)).toMatch(/^\d{16}$/);
  expect(clientIdOf(blocked)).not.toBe(clientIdOf(blocked));
});

const refuse = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};
test.each([
  ['a name', 'sessionStorage' as const],
  ['a function', refuse],
  ['nothing', undefined],
])('where storage is blocked, a page that passes %s gets its own id', (_, store) => {
  const names = ['localStorage', 'sessionStorage'];
  for (const name of names) Object.defineProperty(globalThis, name, { configurable: true, get: refuse });
  try {
    expect(clientIdOf(store)).toMatch(/^\d{16}$/);
  } finally {
    for (const name of names) Reflect.deleteProperty(globalThis, name);
  }
});
