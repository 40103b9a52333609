/** What the linter remembers of one room. */
import type { Room } from '../../relay/rooms/room.js';
import type { Connection } from '../../relay/session/connection.js';
import type { Finding, FindingKind } from './finding.js';
import { type IdBudget, KnownIds } from './known-ids.js';
import type { Sample } from './sample.js';

export class RoomFile {
  /** What was found so far, by kind: each is noted once. */
  readonly findings = new Map<FindingKind, Finding>();
  /** The look that is being taken, and since when. */
  sample: { readonly look: Sample; readonly since: number } | undefined;
  /** The tick of the linter from which on it may be looked at again. */
  nextLook = 0;
  /** Of the host. */
  address: string;
  /** Only an engine's own socket names neither a page nor a program: that of a browser or of a library does. */
  private isEngine: boolean;
  private readonly ids: KnownIds;
  private absentSeen = 0;

  constructor(
    readonly room: Room,
    connection: Connection,
    budget: IdBudget,
  ) {
    this.address = connection.remoteAddress;
    this.isEngine = connection.isNameless;
    this.ids = new KnownIds(budget);
    // Asked of the room, since players of other nodes have no session here.
    room.onJoin = (clientId) => this.ids.add(clientId);
  }

  /** The host has come back by another connection. Large messages are counted over all of them. */
  hostIs({ remoteAddress, isNameless }: Connection): void {
    this.address = remoteAddress;
    this.isEngine &&= isNameless;
  }

  /** The room is closed. */
  close(): void {
    this.room.onJoin = undefined;
    this.ids.forget();
  }

  /** How often that was seen so far. */
  times(kind: FindingKind): number {
    return this.findings.get(kind)?.times ?? 0;
  }

  /** What is wrong by what was counted, with how often so far. */
  counted(): [FindingKind, number][] {
    const { receiversNotText, misreadReceivers, largeMessages, keys, keylessReturns } = this.room.counts;
    const counts: [FindingKind, number][] = [
      ['receiver-not-text', receiversNotText],
      ['receiver-in-no-json', misreadReceivers],
      ['receiver-never-here', this.strangers()],
      ['large-message', this.isEngine ? largeMessages : 0],
      // A game that did not ask may not know of seats, and one phone with a key shows that it does.
      ['phones-without-key', this.room.rules.hasAsked && keys === 0 ? keylessReturns : 0],
    ];
    return counts.filter(([, times]) => times > 0);
  }

  /** Only the last one who was not here is known: the others may have left, and the game is not accused of them. */
  private strangers(): number {
    const { absentReceivers, lastAbsentReceiver } = this.room.counts;
    const known = this.times('receiver-never-here');
    const isNew = absentReceivers > this.absentSeen && this.ids.isStrange(lastAbsentReceiver);
    this.absentSeen = absentReceivers;
    return known + (isNew ? 1 : 0);
  }
}
