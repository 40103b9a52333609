/** The names of nodes and codes at the broker. */
import { randomBytes } from 'node:crypto';

const NODE_NAME = /^[\w-]{12}$/;

/** A name for a process, unlike that of any other. */
export function newNodeName(): string {
  return randomBytes(9).toString('base64url');
}

/** Whether a node may have that name. Every name from another process passes here before it enters a subject or a key. */
export function isNodeName(name: string): boolean {
  return NODE_NAME.test(name);
}

/**
 * A code as one token of a subject or key. Nothing else that a peer wrote enters one: a raw code `*`
 * or `>` would hear the joins of other rooms.
 *
 * A code that UTF-8 cannot say, since it holds half of a surrogate pair, is spelled in UTF-16.
 */
export function tokenOf(serverCode: string): string {
  const utf8 = Buffer.from(serverCode);
  if (utf8.toString() === serverCode) return `u${utf8.toString('base64url')}`;
  return `w${Buffer.from(serverCode, 'utf16le').toString('base64url')}`;
}

export class Names {
  readonly leases: string;
  readonly codes: string;

  constructor(private readonly prefix: string) {
    this.leases = `${prefix}_leases`;
    this.codes = `${prefix}_codes`;
  }

  /** Where `to` hears `from`. */
  link(from: string, to: string): string {
    return `${this.prefix}.link.${to}.${from}`;
  }

  /** Where `node` hears all others. */
  inbox(node: string): string {
    return `${this.prefix}.link.${node}.*`;
  }

  /** Where `node` hears the orders of operators for its rooms. */
  orders(node: string): string {
    return `${this.prefix}.orders.${node}`;
  }

  /** One subject of each kind at which a node hears others; what is said there is for no room and no node. */
  echoes(node: string): string[] {
    return [`link.${node}.echo`, `orders.echo-${node}`, `join.echo-${node}`].map(
      (end) => `${this.prefix}.${end}`,
    );
  }

  /** Where the node that holds a code is asked for seats. */
  join(serverCode: string): string {
    return `${this.prefix}.join.${tokenOf(serverCode)}`;
  }
}

/** The node that sent a message to an inbox. */
export function senderOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}
