// A game, or a page on a phone, on real sockets behind its own network: it counts, and keeps what it has said.
import { type Closed, Connection } from '../../harness/connection.js';
import type { TcpProxy } from '../../harness/tcp-proxy.js';
import type { Label, Said, Voice, Welcome, Witness } from '../witness.js';

/** What makes a peer a host or a phone. */
export interface Part {
  readonly isHost: boolean;
  /** Its login, with what it asks for. */
  login(goingOn: object): object;
  payloadOf(label: Label): string;
  read(message: string | Buffer): Welcome | Said;
}

export class RealPeer {
  /** Another page has its seat. */
  isReplaced = false;
  isWelcome = false;
  private connection: Connection | undefined = undefined;
  private ending: Closed | undefined = undefined;
  /** Connections that the script has given up. */
  private readonly former: Connection[] = [];
  private stream: string | undefined = undefined;
  private got = 0;
  /** What the relay may not have taken, and how many messages of the stream came before. */
  private kept: Label[] = [];
  private confirmed = 0;
  private asksToGoOn = false;

  constructor(
    private readonly part: Part,
    readonly witness: Witness,
    private readonly voice: Voice,
    readonly network: TcpProxy,
  ) {}

  get isConnected(): boolean {
    return this.connection !== undefined;
  }

  /** @param isLate whether the login is held back, until the network heals. */
  async connect(isLate: boolean): Promise<void> {
    this.giveUp();
    const connection = await Connection.open(`ws://127.0.0.1:${this.network.port}`);
    this.connection = connection;
    this.isWelcome = false;
    this.asksToGoOn = this.stream !== undefined;
    connection.closed().then(
      (ending) => this.connection === connection && (this.ending = ending),
      () => undefined,
    );
    if (isLate) this.network.strand('up');
    connection.send(this.part.login(this.asksToGoOn ? { stream: this.stream, got: this.got } : {}));
    if (!this.asksToGoOn) this.begin();
  }

  /** Undefined if it may not speak now: it waits for a `welcome` (R20), or has no connection. */
  say(): Label | undefined {
    if (this.connection === undefined || (this.asksToGoOn && !this.isWelcome)) return undefined;
    const label = this.voice.next();
    this.kept.push(label);
    this.connection.send(this.part.payloadOf(label));
    return label;
  }

  /** Takes what has come. */
  read(): void {
    const { ending } = this;
    for (const message of this.connection?.inbox.drain() ?? []) {
      const came = this.part.read(message);
      if ('kind' in came) this.heard(came);
      else this.welcomed(came);
    }
    if (ending === undefined) return;
    this.isReplaced = ending.reason === 'replaced';
    this.giveUp();
  }

  /** The script is another one, which knows nothing. The old one goes in one of these ways. */
  reload(way: 'goodbye' | 'leave' | 'vanish' | 'silently'): void {
    const { connection } = this;
    this.giveUp();
    if (way === 'vanish') connection?.vanish();
    else if (way === 'silently') this.network.strand();
    else void connection?.leave(way === 'goodbye' ? 1001 : undefined).catch(() => undefined);
    this.stream = undefined;
    this.isReplaced = false;
  }

  /** Ends what it has given up. */
  dispose(): void {
    for (const connection of this.former.splice(0)) connection.dispose();
  }

  giveUp(): void {
    if (this.connection) this.former.push(this.connection);
    this.connection = this.ending = undefined;
    this.isWelcome = false;
  }

  private welcomed(welcome: Welcome): void {
    this.isWelcome = true;
    this.stream = welcome.stream;
    this.witness.welcomed(welcome);
    this.dispose();
    if (welcome.resumed) return this.goOn(welcome.got);
    if (this.asksToGoOn) this.begin();
    this.got = 0;
  }

  private goOn(got: number): void {
    this.kept.splice(0, got - this.confirmed);
    this.confirmed = got;
    for (const label of this.kept) this.connection?.send(this.part.payloadOf(label));
  }

  private begin(): void {
    this.kept = [];
    this.confirmed = 0;
    this.voice.begin();
  }

  private heard(said: Said): void {
    this.got++;
    this.witness.heard(said);
  }
}
