/** Hears other nodes: their requests, and what comes over their links. Any process may call itself a node. */
import type { HostQuestion } from '../relay/session/backbone.js';
import { HostDesk } from './players/host-desk.js';
import { YES } from './players/host-requests.js';
import { SeatDesk } from './players/seat-desk.js';
import type { LinkHub } from './players/link-hub.js';
import { readQuestion } from './link/requests.js';
import { LivingNodes } from './link/living-nodes.js';
import type { Membership } from './claims/membership.js';
import { type Names, senderOf } from './broker/names.js';
import type { SharedParts } from './shared-parts.js';
import { Strangers } from './link/strangers.js';

export class NodeListener {
  private readonly seatDesk: SeatDesk;
  private readonly hostDesk: HostDesk;
  private readonly strangers: Strangers;

  constructor(
    private readonly node: string,
    private readonly names: Names,
    private readonly parts: SharedParts,
    hub: LinkHub,
    membership: Membership,
    codesLetGo: () => Promise<void>,
  ) {
    const { rooms, seats, clock, timings, maxPlayersPerRoom, probeHost, log, watch } = parts;
    const failed = (error: unknown): void => log.failed(error);
    const living = new LivingNodes(node, clock, timings.leaseTtl, {
      hasLink: (other) => hub.links.has(other),
      hasLease: (other) => membership.hasLease(other),
      failed,
    });
    this.seatDesk = new SeatDesk(rooms, seats.players, hub, living, maxPlayersPerRoom, failed);
    this.hostDesk = new HostDesk(rooms, seats.hosts, probeHost, codesLetGo);
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

  /** Hears what is asked of the node that holds a code, until the returned function is called. */
  listen(serverCode: string): () => void {
    return this.parts.broker.subscribe(this.names.join(serverCode), (_subject, bytes, respond) => {
      const answer = (word: string): void => respond(Buffer.from(word));
      const question = readQuestion(bytes);
      if (question === undefined) return this.seatDesk.hear(serverCode, bytes, answer);
      void this.answer(serverCode, question, answer);
    });
  }

  private async answer(
    serverCode: string,
    question: HostQuestion,
    answer: (word: string) => void,
  ): Promise<void> {
    try {
      // A node that has just woken may have lost the room (B5).
      this.parts.watch.check();
      answer((await this.hostDesk.hear(serverCode, question)) ? YES : 'no');
    } catch (error) {
      this.parts.log.failed(error);
    }
  }

  /** The broker is lost, and with it what was on its way. */
  disconnected(): void {
    this.strangers.clear();
  }
}
