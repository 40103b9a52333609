/** Hears other nodes: their requests, and what comes over their links. Any process may call itself a node. */
import { SeatDesk } from './players/seat-desk.js';
import type { LinkHub } from './players/link-hub.js';
import { LivingNodes } from './link/living-nodes.js';
import type { Membership } from './claims/membership.js';
import { type Names, senderOf } from './broker/names.js';
import type { SharedParts } from './shared-parts.js';
import { Strangers } from './link/strangers.js';

export class NodeListener {
  private readonly desk: SeatDesk;
  private readonly strangers: Strangers;

  constructor(
    private readonly node: string,
    private readonly names: Names,
    private readonly parts: SharedParts,
    hub: LinkHub,
    membership: Membership,
  ) {
    const { rooms, clock, timings, maxPlayersPerRoom, log, watch } = parts;
    const failed = (error: unknown): void => log.failed(error);
    const living = new LivingNodes(node, clock, timings.leaseTtl, {
      hasLink: (other) => hub.links.has(other),
      hasLease: (other) => membership.hasLease(other),
      failed,
    });
    this.desk = new SeatDesk(rooms, hub, living, maxPlayersPerRoom, failed);
    this.strangers = new Strangers(hub.links, living, () => watch.check(), failed);
  }

  /** Hears what is sent to this node, for as long as it lives. */
  open(): void {
    this.parts.broker.subscribe(this.names.inbox(this.node), (subject, frame) => {
      // Before anything that a node has sent is read (B5).
      this.parts.watch.check();
      this.strangers.receive(senderOf(subject), frame);
    });
  }

  /** Hears requests for seats under a code, until the returned function is called. */
  listen(serverCode: string): () => void {
    return this.parts.broker.subscribe(this.names.join(serverCode), (_subject, bytes, respond) =>
      this.desk.hear(serverCode, bytes, (word) => respond(Buffer.from(word))),
    );
  }

  /** The broker is lost, and with it what was on its way. */
  disconnected(): void {
    this.strangers.clear();
  }
}
