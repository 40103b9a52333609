/** The rooms of other nodes: whether one is open, and an operator's orders to it (B16, B17). */
import { type Order, carryOut } from '../relay/rooms/order.js';
import { BackboneAway } from '../relay/session/backbone.js';
import type { Membership } from './claims/membership.js';
import { type Names, tokenOf } from './broker/names.js';
import { orderBytes, readOrder } from './order-bytes.js';
import type { SharedParts } from './shared-parts.js';
import type { Tables } from './claims/tables.js';

/** Asks what all nodes share. Every question rejects with {@link BackboneAway} if the answer is not certain. */
export class RemoteRooms {
  /** Nodes that are being looked for, by token: many who ask for one code are one question to the broker. */
  private readonly looks = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly node: string,
    private readonly names: Names,
    private readonly parts: Pick<SharedParts, 'broker' | 'rooms' | 'timings' | 'watch'>,
    private readonly membership: Membership,
  ) {}

  /** Hears the orders for rooms of this node, and ignores what is not an order. */
  listen(): void {
    const { broker, rooms, watch } = this.parts;
    broker.subscribe(this.names.orders(this.node), (_subject, bytes, respond) => {
      const order = readOrder(bytes);
      if (order === undefined) return;
      // A node that has just woken may have lost the room (B5).
      watch.check();
      respond(Buffer.from(String(carryOut(order, rooms))));
    });
  }

  async isOpen(serverCode: string): Promise<boolean> {
    return (await this.holderOf(serverCode)) !== undefined;
  }

  /** Resolves to how many rooms or players were ended. When it rejects, the order may have been carried out or not. */
  async order(order: Order): Promise<number> {
    const holder = await this.holderOf(order.serverCode);
    if (holder === undefined) return 0;
    const subject = this.names.orders(holder);
    const { broker, timings } = this.parts;
    const answer = await orAway(broker.request(subject, orderBytes(order), timings.request), NO_ANSWER);
    const [count] = /^\d{1,9}$/.exec(answer.toString()) ?? [];
    if (count === undefined) throw new BackboneAway(answer, NO_ANSWER);
    return Number(count);
  }

  /** The other node that holds the code and lives. */
  private holderOf(serverCode: string): Promise<string | undefined> {
    const token = tokenOf(serverCode);
    const look = this.looks.get(token) ?? this.look(token).finally(() => this.looks.delete(token));
    this.looks.set(token, look);
    return look;
  }

  private async look(token: string): Promise<string | undefined> {
    const { upTables: tables } = this.membership;
    if (tables === undefined) throw new BackboneAway();
    const holder = await orAway(this.membership.inTime(this.livingHolder(token, tables)));
    // A store that was lost, and came back empty, knows nothing.
    const isCertain = holder !== undefined || (await orAway(this.membership.inTime(tables.areStillThere())));
    if (!isCertain) throw new BackboneAway();
    // This node has been asked first: it is about to open the room, or has just closed it.
    return holder === this.node ? undefined : holder;
  }

  private async livingHolder(token: string, { codes, leases }: Tables): Promise<string | undefined> {
    const holder = (await codes.get(token))?.value;
    if (holder === undefined || (await leases.get(holder)) !== undefined) return holder;
    // A broker that has lost this node's own lease may have lost all, and says nothing about the other.
    if ((await leases.get(this.node)) === undefined) throw new BackboneAway();
    return undefined;
  }
}

const NO_ANSWER = 'The node that has the room did not answer: it may have done what was asked for, or not.';

async function orAway<T>(answer: Promise<T>, message?: string): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new BackboneAway(cause, message);
  }
}
