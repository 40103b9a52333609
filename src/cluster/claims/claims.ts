/** Which codes this node holds at the broker. */
import type { Ending } from '../../relay/rooms/endings.js';
import type { BackboneCounters } from '../../relay/session/backbone-counters.js';
import { type Confirmation, confirmEntry } from './confirmation.js';
import { BrokerFullError, type BrokerTable } from '../broker/broker.js';
import { HeldClaim } from './held-claim.js';
import type { Membership } from './membership.js';
import { tokenOf } from '../broker/names.js';
import type { Tables } from './tables.js';

export interface ClaimsOwner {
  /** The node holds the code from now on, and hears requests for seats. The returned function ends that. */
  listen(serverCode: string): () => void;
  /** Another node holds the code; the claim is void. */
  fenced(claim: HeldClaim): void;
  failed(error: unknown): void;
}

/** How many entries are confirmed at a time. */
const AT_ONCE = 64;

/**
 * Two nodes that want one code ask the broker to create its entry, and one of them is first (B1). A node without a lease
 * is dead: another node takes its codes over by compare-and-set, so that of two nodes that try one succeeds (B7).
 */
export class Claims {
  private readonly held = new Map<string, HeldClaim>();
  /** Codes that this node is giving back, by token: a new claim of the same code waits for it. */
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly asking = new Set<string>();
  /** Codes of which it is not known whether the broker has given them to this node. */
  private readonly doubtful = new Set<string>();

  constructor(
    private readonly node: string,
    private readonly membership: Membership,
    private readonly counters: BackboneCounters,
    private readonly owner: ClaimsOwner,
  ) {}

  get all(): readonly HeldClaim[] {
    return [...this.held.values()];
  }

  async claim(serverCode: string): Promise<HeldClaim | Ending> {
    const token = tokenOf(serverCode);
    await this.leaving.get(token);
    const { upTables: tables } = this.membership;
    if (tables === undefined) return this.away();
    // The broker knows only the node: between its own hosts the node decides.
    if (this.held.has(token) || this.asking.has(token)) return this.taken();
    this.asking.add(token);
    try {
      return await this.ask(serverCode, token, tables);
    } catch (error) {
      if (!(error instanceof BrokerFullError)) this.doubtful.add(token);
      this.membership.met(error);
      return this.away();
    } finally {
      this.asking.delete(token);
    }
  }

  /** Whether any node holds the code, also one that cannot be reached; true if the broker does not say. */
  async isHeld(serverCode: string): Promise<boolean> {
    const { opened } = this.membership;
    if (opened === undefined) return true;
    return (await this.membership.inTime(opened.codes.get(tokenOf(serverCode)))) !== undefined;
  }

  /** Takes the entry away from the broker, if it is still this claim's. */
  letGo(claim: HeldClaim): Promise<void> {
    const token = tokenOf(claim.serverCode);
    if (this.held.get(token) === claim) this.held.delete(token);
    const gone = this.remove(token).finally(() => this.leaving.delete(token));
    this.leaving.set(token, gone);
    return gone;
  }

  /** Resolves when nothing is being let go of any more. */
  async settled(): Promise<void> {
    await Promise.all(this.leaving.values());
  }

  /**
   * Writes the entry of each claim again. So this node finds a takeover that has happened, and the compare-and-set of a
   * node that is about to take over fails. False if an entry is missing that this node may not make yet.
   */
  async confirm({ codes }: Tables, mayMake: boolean): Promise<boolean> {
    const claims = this.all;
    let isWhole = true;
    for (let at = 0; at < claims.length; at += AT_ONCE) {
      const some = claims.slice(at, at + AT_ONCE).map((claim) => this.confirmOne(claim, codes, mayMake));
      const answers = await this.membership.inTime(Promise.all(some));
      isWhole = isWhole && !answers.includes('missing');
    }
    return isWhole;
  }

  /** Lets go of what this node may have been given without knowing it. */
  async tidy(): Promise<void> {
    const { opened } = this.membership;
    if (opened === undefined) return;
    for (const token of [...this.doubtful]) {
      if (this.asking.has(token) || this.leaving.has(token)) continue;
      if (!this.held.has(token)) await this.membership.inTime(this.removeOwn(token, opened.codes));
      this.doubtful.delete(token);
    }
  }

  private async ask(serverCode: string, token: string, tables: Tables): Promise<HeldClaim | Ending> {
    const { standing } = this.membership;
    const revision = await this.takeAtLast(token, tables);
    if (revision === undefined) return this.taken();
    const isThere = await this.membership.inTime(tables.areStillThere());
    const isSame = this.membership.isTrusted && standing === this.membership.standing;
    if (isThere && isSame) return this.grant(serverCode, token);
    // The lease was gone for a moment, in which another node may have thought this claim dead; or the broker was, or its
    // store, and it may have come back as one that must not give out codes yet.
    this.doubtful.add(token);
    return this.away();
  }

  /** A host may arrive from another node before that node has given its code back. */
  private async takeAtLast(token: string, tables: Tables): Promise<number | undefined> {
    const first = await this.membership.inTime(this.take(token, tables));
    if (first !== undefined) return first;
    await this.membership.untilAskedAgain();
    return this.membership.inTime(this.take(token, tables));
  }

  private async take(token: string, { codes, leases }: Tables): Promise<number | undefined> {
    const created = await codes.create(token, this.node);
    if (created !== 'exists') return created;
    const entry = await codes.get(token);
    if (entry === undefined) return undefined;
    const isOthers = entry.value !== this.node;
    if (isOthers && !(await this.isDead(entry.value, leases))) return undefined;
    const updated = await codes.update(token, this.node, entry.revision);
    if (updated === 'changed') return undefined;
    if (isOthers) this.counters.claims['taken-over']++;
    return updated;
  }

  /** A broker that has lost this node's own lease may have lost all, and says nothing about the other. */
  private async isDead(node: string, leases: BrokerTable): Promise<boolean> {
    if (!this.membership.mayTakeOver || (await leases.get(node)) !== undefined) return false;
    return (await leases.get(this.node)) !== undefined;
  }

  private grant(serverCode: string, token: string): HeldClaim {
    const claim = new HeldClaim(serverCode, this, this.membership, this.owner.listen(serverCode));
    this.held.set(token, claim);
    this.doubtful.delete(token);
    this.counters.claims.granted++;
    return claim;
  }

  private async confirmOne(claim: HeldClaim, codes: BrokerTable, mayMake: boolean): Promise<Confirmation> {
    const token = tokenOf(claim.serverCode);
    const confirmation = await confirmEntry(codes, token, this.node, mayMake);
    // Released meanwhile: the entry may have been written again after that.
    if (claim.isReleased) this.doubtful.add(token);
    if (claim.isReleased || confirmation !== 'anothers') return confirmation;
    claim.forget();
    this.held.delete(token);
    this.owner.fenced(claim);
    return confirmation;
  }

  /** By the tables as they were opened, since a broker without space keeps no lease, and must be emptied (B20). */
  private async remove(token: string): Promise<void> {
    try {
      const { opened } = this.membership;
      if (opened !== undefined) return await this.membership.inTime(this.removeOwn(token, opened.codes));
    } catch (error) {
      this.owner.failed(error);
    }
    this.doubtful.add(token);
  }

  private async removeOwn(token: string, codes: BrokerTable): Promise<void> {
    const entry = await codes.get(token);
    if (entry?.value === this.node) await codes.delete(token, entry.revision);
  }

  private taken(): Ending {
    this.counters.claims.taken++;
    return 'code-taken';
  }

  private away(): Ending {
    this.counters.claims.away++;
    return 'backbone-away';
  }
}
