/** Makes what viewers are shown: the relay is looked at once for all of them, and so is what several look for. */
import { inWordsOf } from '../../config/names-of-options.js';
import type { Ledger } from '../ledger/ledger.js';
import type { RoomLinter } from '../ledger/room-linter.js';
import type { RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { Backbone } from '../../relay/session/backbone.js';
import { Codes } from './codes.js';
import { LedgerSearch } from './ledger-search.js';
import { limitsInForce } from './limits-in-force.js';
import type { Limit, RoomLine, Sample } from './look.js';
import { MemberSearch } from './member-search.js';
import { nodeFacts } from './node-facts.js';
import type { IsOver } from './pace.js';
import { roomNow } from './room-now.js';
import { RoomsNow } from './rooms-now.js';
import { Scene } from './scene.js';
import type { Trips } from './trips.js';
import { verdictOn } from './verdict.js';
import type { Interest, Viewer } from './viewer.js';

/** Everything that is looked at. */
export interface Sources {
  readonly monitor: RelayMonitor;
  readonly ledger: Ledger;
  readonly linter: RoomLinter;
  readonly backbone: Backbone;
}

/** Milliseconds for which a look is good enough for one who has just come: rates over less would mean nothing. */
const FRESH = 500;

export class LookMaker {
  private readonly roomsNow = new RoomsNow();
  private readonly codes = new Codes();
  private readonly limits: readonly Limit[];
  // As many as there are different interests of viewers, and no longer there than they are.
  private searches = new Map<string, LedgerSearch>();
  private members = new Map<string, MemberSearch>();
  private scene: Scene | undefined;
  /** Of a look that has begun and is not yet over. */
  private samples: readonly Sample[] | undefined;
  /** When the last one began, by both clocks. */
  private time = -Infinity;
  private begunAt = 0;

  constructor(
    private readonly sources: Sources,
    private readonly trips: Trips,
  ) {
    this.limits = limitsInForce(sources.monitor.options);
  }

  /** Whether the relay was looked at just now. */
  get isFresh(): boolean {
    return performance.now() - this.time < FRESH;
  }

  /** No viewer is there. */
  rest(): void {
    this.scene = this.samples = undefined;
    this.time = -Infinity;
    this.forgetSearches([]);
  }

  /** Begins another look at the relay. @param samples those of the last fifteen minutes, the oldest first. */
  begin(samples: readonly Sample[], viewers: Iterable<Viewer>): void {
    this.samples = samples;
    this.time = performance.now();
    this.begunAt = Date.now();
    this.forgetSearches([...viewers].map(({ interest }) => interest));
  }

  /** Shows a viewer the relay as it is. False if that needs another turn. */
  show(viewer: Viewer, isOver: IsOver): boolean {
    const scene = this.sceneNow(isOver);
    if (scene === undefined) return false;
    const { text } = viewer.interest;
    const ledger = this.searchFor(viewer.interest);
    const members = text === '' ? undefined : this.membersFor(text);
    if (!ledger.advance(isOver) || members?.advance(isOver) === false) return false;
    const parts = this.partsFor(viewer, scene, ledger.json);
    if (members !== undefined) parts.push(scene.part(`found ${text}`, () => ({ found: members.found() })));
    viewer.show(`{${parts.filter((part) => part !== '').join(',')}}`);
    viewer.saw(scene.newest, ledger.json);
    return true;
  }

  private sceneNow(isOver: IsOver): Scene | undefined {
    if (this.samples === undefined) return this.scene;
    const rooms = this.roomsNow.look(this.sources.monitor, isOver);
    if (rooms === undefined) return undefined;
    this.scene = this.sceneOf(rooms, this.samples);
    this.samples = undefined;
    return this.scene;
  }

  private sceneOf(rooms: readonly RoomLine[], samples: readonly Sample[]): Scene {
    const { monitor, backbone, linter } = this.sources;
    const [totals, obstacles] = [monitor.totals(), monitor.readiness.now()];
    const common = {
      ...{ at: Date.now(), isDraining: monitor.readiness.isDraining, waiting: totals.waiting },
      verdict: verdictOn({ obstacles, totals, samples, options: monitor.options }),
      ...{ worstRoundTrip: worstOf(rooms), facts: nodeFacts(totals, backbone), openRooms: rooms.length },
    };
    this.codes.set(
      rooms.map(({ serverCode }) => serverCode),
      this.begunAt,
    );
    return new Scene(common, samples, rooms, linter.findings());
  }

  private partsFor({ interest, isNew, lastSecond, ledger }: Viewer, scene: Scene, rows: string): string[] {
    const { serverCode, text } = interest;
    const { monitor } = this.sources;
    return [
      scene.common(),
      scene.since(lastSecond),
      scene.matching(text),
      serverCode === undefined
        ? ''
        : scene.part(`room ${serverCode}`, () => ({ room: roomNow(serverCode, monitor, this.trips) })),
      rows === ledger ? '' : `"ledger":${rows}`,
      isNew ? scene.part('limits', () => ({ limits: this.limits })) : '',
    ];
  }

  private searchFor({ text, kind }: Interest): LedgerSearch {
    const name = nameOf({ text, kind });
    const { ledger, monitor } = this.sources;
    const search =
      this.searches.get(name) ??
      new LedgerSearch(ledger, this.codes, { text, kind }, (advice) => inWordsOf(monitor.options, advice));
    this.searches.set(name, search);
    return search;
  }

  private membersFor(text: string): MemberSearch {
    const search = this.members.get(text) ?? new MemberSearch(this.sources.monitor, text);
    this.members.set(text, search);
    return search;
  }

  private forgetSearches(interests: readonly Interest[]): void {
    const [names, texts] = [new Set(interests.map(nameOf)), new Set(interests.map(({ text }) => text))];
    for (const name of this.searches.keys()) if (!names.has(name)) this.searches.delete(name);
    for (const text of this.members.keys()) if (!texts.has(text)) this.members.delete(text);
  }
}

function nameOf({ text, kind }: Pick<Interest, 'text' | 'kind'>): string {
  return `${kind} ${text}`;
}

function worstOf(rooms: readonly RoomLine[]): number | undefined {
  let worst: number | undefined;
  for (const { worstRoundTrip = -1 } of rooms) if (worstRoundTrip > (worst ?? -1)) worst = worstRoundTrip;
  return worst;
}
