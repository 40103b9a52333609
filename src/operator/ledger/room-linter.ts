/** Finds what makers of games get wrong, and tells operators once for each room, with the fix. */
import { escapeForLog } from '../../relay/logging/escape.js';
import { LevelLogger } from '../../relay/logging/level-logger.js';
import type { Ending } from '../../relay/rooms/endings.js';
import type { GivenUp, SeatListener } from '../../relay/seats/arrival.js';
import type { SessionListener } from '../../relay/session/session-events.js';
import type { Measures } from '../../relay/session/measures.js';
import type { Phase, Session } from '../../relay/session/session.js';
import { Repetitions, type Summary, WINDOW } from '../../relay/logging/repetitions.js';
import { type Finding, type FindingKind, MISTAKES } from './finding.js';
import { IdBudget } from './known-ids.js';
import type { Ledger } from './ledger.js';
import { Ring } from './ring.js';
import { RoomFile } from './room-file.js';
import { Sample } from './sample.js';

/** Milliseconds of a look. */
const LOOK = 1_000;

/** Rooms that are looked at at the same time, however many there are. */
export const ROOMS_AT_ONCE = 50;

/** Looks of others, at least, between two at one room. */
const REST = 4;

/** Findings that are kept. */
const MOST_FINDINGS = 1_000;

/**
 * Most mistakes show in counts that are kept anyway. For the others some rooms are looked at for a second, then the
 * next: what a look costs is bounded, and a room that is not looked at pays nothing.
 */
export class RoomLinter implements SessionListener, SeatListener {
  private readonly logger = new LevelLogger('Relay');
  /** By codes: of a code that is held there is one room. */
  private readonly files = new Map<string, RoomFile>();
  private readonly budget = new IdBudget();
  private readonly repetitions = new Repetitions<FindingKind>((summary) => this.summarised(summary));
  private readonly ring = new Ring<Finding>(MOST_FINDINGS);
  private readonly counts = new Map<FindingKind, number>();
  private looked: RoomFile[] = [];
  private ticks = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number = () => performance.now(),
  ) {}

  start(): void {
    this.timer = setInterval(() => this.tick(), LOOK).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.repetitions.flush();
  }

  /** The last findings of all rooms, those of closed ones too, the newest first. */
  findings(): readonly Finding[] {
    return this.ring.newestFirst();
  }

  /** Rooms that are looked at now. */
  get looking(): number {
    return this.looked.length;
  }

  /** Rooms with each mistake since the start. */
  get rooms(): ReadonlyMap<FindingKind, number> {
    return this.counts;
  }

  loggedIn(session: Session): void {
    const { phase, hasReturned, connection } = session;
    if (phase.name !== 'host') return;
    const { room } = phase;
    if (hasReturned) this.files.get(room.serverCode)?.hostIs(connection);
    else this.files.set(room.serverCode, new RoomFile(room, connection, this.budget));
  }

  ended(_session: Session, _ending: Ending, last: Phase, _measures: Measures, stays: boolean): void {
    if (last.name === 'host' && !stays) this.close(last.room.serverCode);
  }

  /** A host did not come back. */
  gaveUp({ serverCode, clientId }: GivenUp): void {
    if (clientId === undefined) this.close(serverCode);
  }

  /** Ends the looks of the last second, and begins those of the next. Called by the timer. */
  tick(): void {
    for (const file of this.looked) this.judge(file);
    this.looked = [];
    this.ticks++;
    for (const file of this.files.values()) {
      if (this.looked.length === ROOMS_AT_ONCE || file.nextLook > this.ticks) break;
      this.looked.push(file);
    }
    for (const file of this.looked) this.begin(file);
  }

  private begin(file: RoomFile): void {
    file.sample = { look: new Sample(), since: this.now() };
    file.room.inspector = file.sample.look;
    file.nextLook = this.ticks + 1 + REST;
    // Behind all others, so that each room has its turn, and those that rest are the last.
    this.files.delete(file.room.serverCode);
    this.files.set(file.room.serverCode, file);
  }

  private close(serverCode: string): void {
    const file = this.files.get(serverCode);
    if (file === undefined) return;
    this.judge(file);
    file.close();
    this.files.delete(serverCode);
    this.looked = this.looked.filter((other) => other !== file);
  }

  private judge(file: RoomFile): void {
    for (const [kind, times] of file.counted()) this.note(file, kind, times);
    const { sample } = file;
    file.sample = file.room.inspector = undefined;
    if (sample === undefined) return;
    const seconds = Math.max(LOOK, this.now() - sample.since) / 1_000;
    if (sample.look.isRepetitive(seconds))
      this.note(file, 'identical-messages', file.times('identical-messages') + 1);
    const { unsafeIntegers } = sample.look;
    if (unsafeIntegers > 0) this.note(file, 'unsafe-integer', file.times('unsafe-integer') + unsafeIntegers);
  }

  /** Notes how often the room has made this mistake so far, and reports the first time. */
  private note(file: RoomFile, kind: FindingKind, times: number): void {
    const known = file.findings.get(kind);
    if (known !== undefined) known.times = times;
    else this.tell(file, { at: new Date(), serverCode: file.room.serverCode, kind, times });
  }

  private tell({ findings, address }: RoomFile, finding: Finding): void {
    const { serverCode, kind } = finding;
    findings.set(kind, finding);
    this.ring.add(finding);
    this.ledger.found(finding, address);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (!this.repetitions.isTold(address, kind)) return;
    const { meaning, fix } = MISTAKES[kind];
    const fields = { serverCode: escapeForLog(serverCode), finding: kind };
    this.logger.tell('warn', `The game ${fields.serverCode} ${meaning}. ${fix} (${kind})`, fields);
  }

  private summarised({ address, kind, times }: Summary<FindingKind>): void {
    const text = `${times} more games of ${address} in ${WINDOW / 1_000} s: each ${MISTAKES[kind].meaning}`;
    this.logger.warn(`${text} (${kind})`, { address, finding: kind, times });
  }
}
