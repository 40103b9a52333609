// Peers that come to a relay from their own addresses, as a trusted proxy would present them.
import type { Connection } from './connection.js';
import { Peers } from './peers.js';
import type { Relay } from './relay.js';

/** The flag that makes a relay believe {@link Behind}. */
export const TRUSTING = ['--trust-proxy', 'loopback'];

let networks = 0;

/** One address that no other test uses, and the peers behind it. */
export class Behind extends Peers {
  readonly headers: Record<string, string>;

  constructor(
    private readonly relay: Relay,
    readonly address = `198.51.100.${++networks}`,
  ) {
    super();
    this.headers = { 'X-Forwarded-For': address };
  }

  /** A WebSocket that has sent nothing yet. Rejects, with the status in its message, when it is refused. */
  override connect(): Promise<Connection> {
    return this.relay.connect('/', { headers: this.headers });
  }

  /** The HTTP status that an upgrade request is answered with. */
  async status(): Promise<number> {
    try {
      await this.connect();
      return 101;
    } catch (error) {
      return Number(/Unexpected server response: (\d+)/.exec(String(error))?.[1]);
    }
  }

  override code(): string {
    return this.relay.code();
  }

  /** The ending that the relay answers from here to the question why a player's connection ended. */
  why(serverCode: string, clientId: string): Promise<unknown> {
    return this.ask({ server_code: serverCode, client_id: clientId });
  }

  /** As {@link why}, for a host. */
  whyHost(serverCode: string): Promise<unknown> {
    return this.ask({ server_code: serverCode });
  }

  /** Expects that the relay refuses a login without a word, and tells its operator `ending`. */
  async expectRefused(login: string, ending: string): Promise<void> {
    const connection = await this.connect();
    connection.send(login);
    await this.relay.expectEnded(connection, ending, this.address);
  }

  private async ask(asked: Record<string, string>): Promise<unknown> {
    const question = new URLSearchParams(asked);
    const url = this.relay.url(`/v1/why?${question.toString()}`).replace('ws:', 'http:');
    const answer = (await (await fetch(url, { headers: this.headers })).json()) as { ending: unknown };
    return answer.ending;
  }
}
