// A browser as a client: its page obeys the orders, and what happens is asked of it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { PATIENCE } from '../harness/deadline.js';
import { Device, PHONE } from '../pages/browsers/device.js';
import type { Driver } from '../pages/browsers/driver.js';
import type { Client } from './client.js';

/** What a browser has in place of a program under clients/. */
const PAGE = `<!doctype html><title>A client</title><script>
  const events = [];
  let ws;
  function start(url, protocol) {
    ws = new WebSocket(url, protocol);
    ws.binaryType = 'arraybuffer';
    ws.onopen = () => events.push('open ' + ws.protocol);
    ws.onmessage = ({ data }) =>
      events.push(typeof data === 'string' ? 'text ' + data : 'binary ' + new TextDecoder().decode(data));
    ws.onclose = ({ code, reason, wasClean }) =>
      events.push('closed ' + code + ' ' + reason + (wasClean ? '' : ' not clean'));
  }
  function order(line) {
    const verb = line.split(' ', 1)[0];
    const words = line.slice(verb.length + 1);
    if (verb === 'text') ws.send(words);
    if (verb === 'binary') ws.send(new TextEncoder().encode(words));
    if (verb === 'close') ws.close(Number(words.slice(0, 4)), words.slice(5));
  }
</script>`;

/** A browser for each client: it can be killed, and knows nothing of another. */
export class BrowserClient implements Client {
  private ordered: Promise<unknown> = Promise.resolve();
  private ended: Promise<void> | undefined;

  private constructor(
    private readonly server: Server,
    private readonly driver: Driver,
    private readonly device: Device,
  ) {}

  static async start(startBrowser: () => Promise<Driver>, url: string, subprotocol: string): Promise<Client> {
    const server = createServer(
      (_, response) => void response.setHeader('content-type', 'text/html').end(PAGE),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const driver = await startBrowser();
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const device = await Device.open(driver, PHONE, `${origin}/`);
    await device.read(`start(${JSON.stringify(url)}, ${JSON.stringify(subprotocol)})`);
    return new BrowserClient(server, driver, device);
  }

  order(...orders: string[]): void {
    const all = JSON.stringify(orders);
    this.ordered = this.ordered.then(() => this.device.read(`${all}.forEach(order)`));
  }

  async next(): Promise<string> {
    await this.ordered;
    const ask = async (): Promise<string> => {
      const event = await this.device.read<string | null>('events.length > 0 ? events.shift() : null');
      if (event === null) throw new Error('no event of the page has come');
      return event.trimEnd();
    };
    return vi.waitFor(ask, { timeout: PATIENCE, interval: 20 });
  }

  kill(): Promise<void> {
    return (this.ended ??= this.end());
  }

  private async end(): Promise<void> {
    this.server.close();
    // Orders that the page has not confirmed fail now.
    this.ordered.catch(() => undefined);
    // The browser first: one that still runs would take leave of the relay as its page is closed.
    const ended = this.driver.close();
    // A page of WebKit is a separate browser; one of the others ends before it can answer.
    await Promise.race([ended, this.device.close().catch(() => undefined)]);
    await ended;
  }
}
