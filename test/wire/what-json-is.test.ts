// Rule P11, on the wire: the relay's idea of JSON is that of JSON.parse, for odd and for random texts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { useRelay } from '../harness/relay.js';
import { stamped } from '../harness/stamp.js';

const relay = useRelay();

/** Texts near the border: JSON with one character taken away, doubled or replaced. */
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('', ',', '"', '\\', '0', '}', ']', ' ', '\n', '\0', 'é'),
  )
  .map(([text, where, what]) => {
    const object = `{"a":${text}}`;
    const at = where % (object.length + 1);
    return object.slice(0, at) + what + object.slice(at + (what === '' ? 1 : 0));
  });

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

test('[P11] the relay accepts exactly what JSON.parse takes for an object', async () => {
  const host = await relay.host();
  const property = fc.asyncProperty(nearlyJson, async (text) => {
    const player = await relay.player(host, '467');
    player.send(text);
    const answer = await host.next();
    if (isObject(text)) {
      expect(answer).toBe(stamped(text, '467'));
      await player.leave();
      await host.next();
    } else {
      expect(answer).toBe('{"action":"disconnect","client_id":"467"}');
      expect(await player.closed()).toEqual(silently);
    }
  });
  await fc.assert(property, { numRuns: 300 });
});
