// A relay that is one of many, on a real nats-server.
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { vi } from 'vitest';
import { type Host, Relay, loginHost } from './one-relay.js';

/** A relay that is one of many. */
export class Node extends Relay {
  /** A host that holds `code` on all nodes. */
  override async host(code = this.code()): Promise<Host> {
    const connection = await this.connect();
    connection.send(loginHost(code));
    await connection.loggedIn();
    return Object.assign(connection, { code });
  }
}

/** The table of codes of nodes that are given no prefix. */
export const CODES = 'carparty_codes';

/**
 * Marks the table of codes as old: a new one would keep hosts waiting for six seconds, which one test is about and
 * all others need not see (B8).
 */
export async function settleCodes(url: string): Promise<void> {
  const { host } = new URL(url);
  const connection = await connect({ servers: host });
  const codes = await new Kvm(connection).create(CODES, { history: 1, allow_direct: true });
  await codes.create('epoch', 'of-the-tests');
  await codes.create('of-the-tests.settled', 'tests');
  await connection.close();
}

/** Fault: the table of codes is taken away under the nodes, without a word to them. */
export async function loseCodes(url: string): Promise<void> {
  const connection = await connect({ servers: new URL(url).host });
  const { streams } = await jetstreamManager(connection);
  await streams.delete(`KV_${CODES}`);
  await connection.close();
}

/** Waits until the last that a node has said of itself is that it is one of many; and has said so much, if two share a log. */
export async function isUp(node: Relay, times = 1): Promise<void> {
  await vi.waitFor(
    () => {
      const said = node.logs.lines.filter(({ text }) => text.startsWith('This node is '));
      const isUp = said.at(-1)?.text.includes('is up') && said.length >= times;
      if (!isUp) throw new Error(`the node is not up:\n${node.logs.lines.map(({ raw }) => raw).join('\n')}`);
    },
    { timeout: 30_000, interval: 20 },
  );
}
