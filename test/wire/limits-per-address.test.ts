// Rules A15 to A18 and A22 to A24, on the wire: what one address may do, and that it disturbs no other.
import { describe, expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { silently } from '../harness/connection.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';

describe('connections', () => {
  const limits = ['--max-connections-per-address', '10', '--new-connections-per-second', '1'];
  const relay = useRelay(...TRUSTING, ...limits, ...fixed({ burstSeconds: 50 }));

  test('[A15] the eleventh connection of an address is refused, and those of others are not', async () => {
    const crowd = new Behind(relay);
    for (let count = 0; count < 10; count++) expect(await crowd.status()).toBe(101);
    expect(await crowd.status()).toBe(429);
    await relay.logs.ending('too-many-connections-of-address', crowd.address);
    expect(await new Behind(relay).status()).toBe(101);
  });

  test.each(['leave', 'vanish', 'halfClose'] as const)(
    '[A15] a closed connection makes room for another (%s)',
    async (go) => {
      const crowd = new Behind(relay);
      const first = await crowd.connect();
      for (let count = 1; count < 10; count++) await crowd.connect();
      await first[go]();
      let status = 429;
      while (status === 429) status = await crowd.status();
      expect([status, await crowd.status()]).toEqual([101, 429]);
    },
  );

  test('[A15] a failed handshake does not count', async () => {
    const crowd = new Behind(relay);
    const withoutKey = upgradeRequest('/', [`X-Forwarded-For: ${crowd.address}`]).replace(
      /Sec-WebSocket-Key.*\r\n/,
      '',
    );
    for (let count = 0; count < 20; count++) {
      const peer = await relay.rawConnect();
      peer.write(withoutKey);
      expect(await peer.head()).toMatch(/^HTTP\/1\.1 400 /);
    }
    let status = 429;
    while (status === 429) status = await crowd.status();
    for (let count = 1; count < 10; count++) expect(await crowd.status()).toBe(101);
  });

  test('[A15] the devices of one IPv6 network count together', async () => {
    const devices = Array.from({ length: 10 }, (_, at) => new Behind(relay, `2001:db8:1:2:${at}::1`));
    for (const device of devices) expect(await device.status()).toBe(101);
    expect(await new Behind(relay, '2001:db8:1:2:ffff::1').status()).toBe(429);
    expect(await new Behind(relay, '2001:db8:1:3::1').status()).toBe(101);
  });

  test('[A16] an address that connects again and again is held to its rate', async () => {
    const restless = new Behind(relay);
    const start = performance.now();
    let admitted = 0;
    for (let tries = 0; tries < 100; tries++) {
      try {
        const connection = await restless.connect();
        admitted++;
        await connection.leave();
      } catch (error) {
        expect(String(error)).toContain('429');
      }
    }
    await relay.logs.ending('too-many-new-connections-of-address', restless.address);
    expect(admitted).toBeGreaterThanOrEqual(50);
    expect(admitted).toBeLessThanOrEqual(51 + (performance.now() - start) / 1_000);
  });

  test('[A24] from loopback there is no limit per address', async () => {
    for (let count = 0; count < 100; count++) await relay.connect();
    const direct = new Behind(relay, '127.0.0.1');
    for (let count = 0; count < 20; count++) expect(await direct.status()).toBe(101);
  });
});

describe('codes and hosts', () => {
  const failures = ['--failed-logins-per-minute', '1', ...fixed({ guessBurstMinutes: 20 })];
  const hosts = ['--max-hosts-per-address', '5', '--new-hosts-per-minute', '8'];
  const relay = useRelay(...TRUSTING, ...failures, ...hosts);

  test('[A17] an address that tries codes gets few answers, and does not find the party', async () => {
    const host = await new Behind(relay).host();
    const attacker = new Behind(relay);
    for (let guess = 0; guess < 100; guess++) {
      const connection = await attacker.connect();
      connection.send(loginPlayer(guess === 99 ? host.code : `GUESS${guess}`, '666'));
      expect(await connection.closed()).toEqual(silently);
    }
    await host.expectNothing();
    expect(await attacker.why(host.code, '666')).toBe('too-many-failed-logins-of-address');
    const answers = Array.from({ length: 99 }, (_, guess) => attacker.why(`GUESS${guess}`, '666'));
    const told = (await Promise.all(answers)).filter((ending) => ending === 'no-such-code');
    expect(told.length).toBeLessThanOrEqual(21);
  });

  test('[A17] a party still takes players while another peer behind the same address tries codes', async () => {
    const school = new Behind(relay);
    const host = await school.host();
    const elsewhere = await new Behind(relay).host();
    await school.player(elsewhere, '1');
    for (let guess = 0; guess < 30; guess++) {
      const connection = await school.connect();
      connection.send(loginPlayer(`GUESS${guess}`, '666'));
      await connection.closed();
    }
    await relay.logs.ending('too-many-failed-logins-of-address', school.address);
    await school.player(host, '2');
    await school.player(elsewhere, '3');
    const late = await school.host();
    await school.player(late, '4');
  });

  test('[A17] phones that come back before their host get in once it is there', async () => {
    const school = new Behind(relay);
    const code = relay.code();
    for (let phone = 0; phone < 60; phone++) {
      await school.expectRefused(loginPlayer(code, `${phone}`), 'no-such-code');
    }
    const host = await new Behind(relay).host(code);
    for (let phone = 0; phone < 10; phone++) await school.player(host, `${phone}`);
    expect(relay.logs.count('of-address', school.address)).toBe(0);
  });

  test('[A18] an address that squats on codes gets few, and they are free again when it goes', async () => {
    const squatter = new Behind(relay);
    const hosts = [];
    for (let count = 0; count < 5; count++) hosts.push(await squatter.host());
    await squatter.expectRefused(loginHost(relay.code()), 'too-many-hosts-of-address');
    const [first] = hosts;
    await first?.leave();
    await new Behind(relay).host(first?.code);
  });

  test('[A18] a host cannot find out which codes are taken by asking for many', async () => {
    const host = await new Behind(relay).host();
    const nosy = new Behind(relay);
    for (let count = 0; count < 8; count++) await nosy.expectRefused(loginHost(host.code), 'code-taken');
    await nosy.expectRefused(loginHost(host.code), 'too-many-hosts-of-address');
    await nosy.expectRefused(loginHost(relay.code()), 'too-many-hosts-of-address');
    await host.expectNothing();
  });
});

describe('origins and proxies', () => {
  const origins = ['--allowed-origins', 'https://party.example,http://localhost:5173'];
  const relay = useRelay(...origins, '--max-connections-per-address', '3');
  const trusting = useRelay(...TRUSTING);

  test.each(['https://party.example', 'http://localhost:5173'])(
    '[A22] a page of %s may connect',
    async (origin) => {
      await (await relay.connect('/ws', { origin })).fence();
    },
  );

  test.each([
    'https://elsewhere.example',
    'http://party.example',
    'https://party.example.evil.example',
    'null',
  ])('[A22] a page of %s is refused with 403', async (origin) => {
    await expect(relay.connect('/ws', { origin })).rejects.toThrow('403');
    await relay.logs.ending('origin-refused');
  });

  test('[A22] a game, which sends no origin, may connect', async () => {
    const host = await relay.host();
    await relay.player(host, '467');
  });

  test('[A23] without a trusted proxy X-Forwarded-For is ignored, and one warning says so', async () => {
    const forged = new Behind(relay);
    for (let count = 0; count < 10; count++) expect(await forged.status()).toBe(101);
    const { level, text } = await relay.logs.until(
      ({ text }) => text.includes('X-Forwarded-For'),
      'a warning',
    );
    expect([level, text]).toEqual(['warn', expect.stringContaining('--trust-proxy')]);
    await relay.fenceLog();
    expect(relay.logs.count('X-Forwarded-For')).toBe(1);
  });

  test('[A23] the log shows the address that the trusted proxy reports', async () => {
    const host = await new Behind(trusting, '203.0.113.9, 198.51.100.77').host();
    await host.leave();
    await trusting.logs.ending('left', host.code, '198.51.100.77');
    expect(trusting.logs.count('203.0.113.9')).toBe(0);
  });

  test.each(['unknown', '198.51.100.7:4711', 'a\tb', '%00', '::ffff:300.1.1.1', ','.repeat(99)])(
    '[A23] nonsense in X-Forwarded-For disturbs no peer: %j',
    async (nonsense) => {
      const host = await new Behind(trusting, nonsense).host();
      await trusting.player(host, '467');
    },
  );
});
