// A game that only counts, in a page with the client: each side sends numbers, and notes what it hears.
import type { Device } from './device.js';

/** What a page noted: numbers of the other side, and its news of the party. */
export type Heard = readonly (number | string)[];

/** Begins to send 1, 2, 3 ... until `window.stop` is called; resolves when the page is in the party. */
function counting(role: 'host' | 'player', options: string): string {
  const [Peer, say] = role === 'host' ? ['PartyHost', 'broadcast'] : ['PartyPlayer', 'send'];
  return `import('/client.js').then(async ({ ${Peer} }) => {
    const peer = (window.peer = new ${Peer}(${options}));
    const heard = (window.heard = []);
    window.sent = 0;
    peer.on('message', ({ n }) => heard.push(n));
    if ('players' in peer) {
      peer.on('join', (id, { back }) => heard.push(back ? 'join, back' : 'join'));
      for (const name of ['leave', 'away']) peer.on(name, () => heard.push(name));
    }
    window.joins = 0;
    await new Promise((done) => peer.on('status', ({ state }) => {
      if (state === 'joined') done(window.joins++);
    }));
    const timer = setInterval(() => peer.${say}({ n: ++window.sent }), 20);
    window.stop = () => clearInterval(timer);
  })`;
}

export class Counter {
  constructor(
    readonly device: Device,
    private readonly script: string,
  ) {}

  static async host(device: Device): Promise<Counter> {
    return new Counter(device, counting('host', '{ queueLimit: 10_000 }')).begin();
  }

  static async player(device: Device, code: string): Promise<Counter> {
    return new Counter(device, counting('player', JSON.stringify({ code, queueLimit: 10_000 }))).begin();
  }

  async begin(): Promise<this> {
    await this.device.read(this.script);
    return this;
  }

  code(): Promise<string> {
    return this.device.read('window.peer.code');
  }

  heard(): Promise<Heard> {
    return this.device.read('window.heard');
  }

  /** Waits until more numbers came than until now, and the page has joined that often. */
  async untilMore(joins: number): Promise<void> {
    await this.device.until(`window.joins >= ${joins}`);
    const before = await this.device.read<number>('window.heard.length');
    await this.device.until(`window.heard.length > ${before} + 3`);
  }

  /** The last number that it sent; it sends none after that. */
  stop(): Promise<number> {
    return this.device.read('(window.stop(), window.sent)');
  }

  async until(number: number): Promise<void> {
    await this.device.until(`window.heard.includes(${number})`);
  }
}

/** The numbers alone. */
export function numbersIn(heard: Heard): number[] {
  return heard.filter((entry) => typeof entry === 'number');
}
