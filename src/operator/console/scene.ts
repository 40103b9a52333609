/** The relay at one moment, looked at once for all viewers; what several of them see is put into words once. */
import { type Finding, MISTAKES } from '../ledger/finding.js';
import type { FoundMistake, Look, RoomLine, Sample } from './look.js';

/** Rooms that are listed. */
const MOST_ROOMS = 100;

/** Mistakes of games that are listed. */
const MOST_FINDINGS = 20;

/** What is the same for all viewers. */
export type Common = Pick<
  Look,
  'at' | 'verdict' | 'isDraining' | 'waiting' | 'worstRoundTrip' | 'facts' | 'openRooms'
>;

/** Lives for a second, and what it has put into words as long. */
export class Scene {
  private readonly parts = new Map<string, string>();

  constructor(
    private readonly commonPart: Common,
    private readonly samples: readonly Sample[],
    private readonly rooms: readonly RoomLine[],
    private readonly findings: readonly Finding[],
  ) {}

  /** The last second that is known. */
  get newest(): number {
    return this.samples.at(-1)?.second ?? 0;
  }

  common(): string {
    return this.part('common', () => this.commonPart);
  }

  /** The seconds that a page does not have yet. One that knows of a later second has it from before a restart. */
  since(second: number): string {
    const last = second > this.newest ? 0 : second;
    return this.part(`since ${last}`, () => ({
      samples: this.samples.filter((sample) => sample.second > last),
    }));
  }

  /** Rooms and mistakes under codes that have the text in them. */
  matching(text: string): string {
    return this.part(`matching ${text}`, () => {
      const wanted = text.toLowerCase();
      const isIn = ({ serverCode }: { serverCode: string }): boolean =>
        wanted === '' || serverCode.toLowerCase().includes(wanted);
      const rooms = this.rooms.filter(isIn);
      const findings = this.findings.filter(isIn).slice(0, MOST_FINDINGS).map(mistakeOf);
      return { rooms: rooms.slice(0, MOST_ROOMS), roomCount: rooms.length, findings };
    });
  }

  /** Members of a look as JSON, without braces: made once for all who see the same. @param name theirs alone. */
  part(name: string, make: () => Partial<Look>): string {
    const known = this.parts.get(name);
    if (known !== undefined) return known;
    const part = JSON.stringify(make()).slice(1, -1);
    this.parts.set(name, part);
    return part;
  }
}

function mistakeOf({ at, serverCode, kind, times }: Finding): FoundMistake {
  return { at: at.getTime(), serverCode, kind, ...MISTAKES[kind], times };
}
