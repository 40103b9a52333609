/** Takes the upgrade requests that are the relay's from an HTTP server, and leaves all others as they were (C9). */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerOrdinarily, asksForWebSocket } from './ordinary-answer.js';

export type Upgrade = [request: IncomingMessage, stream: Duplex, head: Buffer];

/** What serves some of the upgrade requests of a server. */
export interface UpgradeDoor {
  isMine(request: IncomingMessage): boolean;
  /** Takes the request if it is. */
  open(...upgrade: Upgrade): boolean;
  /** Called with a request that no listener takes, before it gets its ordinary answer. */
  lost(request: IncomingMessage): void;
}

type Emit = (this: Server, event: string, ...values: unknown[]) => boolean;

/** What Node has from 24.9 on. */
interface Choosing {
  shouldUpgradeCallback?: ((request: IncomingMessage) => boolean) | undefined;
}

/** No server of Node's `http` can switch to these: a listener would leave them without an answer. */
const UNKNOWN_TO_NODE = /^(h2c?|http\/|tls\/)/i;

/**
 * Every listener of `upgrade` hears of every such request, and most end those that they do not know. So the relay's do
 * not reach the others, and what is not the relay's reaches only them. If there is none, Node would not even look at the
 * header: the request gets its ordinary answer.
 */
export class UpgradeSwitch {
  private readonly emit: Emit;
  private readonly chosen: Choosing['shouldUpgradeCallback'];

  constructor(
    private readonly server: Server & Choosing,
    private readonly door: UpgradeDoor,
  ) {
    this.emit = Reflect.get(server, 'emit') as Emit;
    this.chosen = server.shouldUpgradeCallback;
    server.on('upgrade', PLACEHOLDER);
    server.emit = this.pass;
    if (this.chosen !== undefined) server.shouldUpgradeCallback = this.choose;
  }

  /** Whether anything else of the application listens for upgrade requests. */
  get hasOthers(): boolean {
    return this.server.listeners('upgrade').some((listener) => listener !== PLACEHOLDER);
  }

  remove(): void {
    const { server } = this;
    server.off('upgrade', PLACEHOLDER);
    if (server.emit === this.pass) server.emit = this.emit as Server['emit'];
    if (server.shouldUpgradeCallback === this.choose) server.shouldUpgradeCallback = this.chosen;
  }

  private readonly pass: Emit = (event, ...values) => {
    if (event !== 'upgrade') return this.emit.call(this.server, event, ...values);
    const [request, stream, head] = values as Upgrade;
    if (this.door.open(request, stream, head)) return true;
    if (this.isOthers(request)) this.emit.call(this.server, event, ...values);
    else {
      this.door.lost(request);
      answerOrdinarily(this.server, request, stream, head);
    }
    return true;
  };

  private readonly choose = (request: IncomingMessage): boolean => {
    if (this.door.isMine(request)) return true;
    if (this.isOthers(request)) return this.chosen?.call(this.server, request) === true;
    this.door.lost(request);
    return false;
  };

  private isOthers(request: IncomingMessage): boolean {
    const isForNobody = !asksForWebSocket(request) && UNKNOWN_TO_NODE.test(request.headers.upgrade ?? '');
    return !isForNobody && this.hasOthers;
  }
}

/** Without any listener Node before 24.9 tells of no upgrade. */
const PLACEHOLDER = (): void => undefined;

/** What a request asks for, without the query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
