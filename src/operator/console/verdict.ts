/** The health of the relay: one condition, and the remarks that explain it. */
import type { RelayOptions } from '../../config/relay-options.js';
import type { Obstacle } from '../../relay/rooms/readiness.js';
import type { Totals } from '../../relay/service/relay.monitor.js';
import type { Condition, Sample, Verdict } from './look.js';

/** Everything that the answer depends on. */
export interface Circumstances {
  readonly obstacles: readonly Obstacle[];
  readonly totals: Totals;
  /** Of the last fifteen minutes, the oldest first. */
  readonly samples: readonly Sample[];
  readonly options: Pick<RelayOptions, 'maxTotalOutbox' | 'maxConnections' | 'maxRooms'>;
}

type Remark = readonly [condition: Condition, words: string];

/** Seconds whose mean counts where one second says little. */
const SHORT = 10;

/** Refusals and the like in a minute that are more than coincidence. */
const MANY_PROBLEMS = 30;

export function verdictOn(now: Circumstances): Verdict {
  const remarks = [...obstacles(now), ...faults(now), ...load(now), ...fullness(now), ...problems(now)];
  const of = (condition: Condition): Remark[] => remarks.filter(([found]) => found === condition);
  const [ill, watch] = [of('ill'), of('watch')];
  const condition = ill.length > 0 ? 'ill' : watch.length > 0 ? 'watch' : 'well';
  return { condition, title: TITLES[condition], remarks: [...ill, ...watch].map(([, words]) => words) };
}

const TITLES: Readonly<Record<Condition, string>> = {
  well: 'All is well',
  watch: 'Worth a look',
  ill: 'Something is wrong',
};

function obstacles({ obstacles, totals }: Circumstances): Remark[] {
  const running = `${totals.rooms} ${totals.rooms === 1 ? 'party goes' : 'parties go'} on`;
  return obstacles.map((obstacle) =>
    obstacle === 'draining'
      ? ['watch', `Draining: no new game is let in, ${running}.`]
      : ['ill', `The backbone is away: no new peer is let in, ${running} on this node.`],
  );
}

function faults({ samples }: Circumstances): Remark[] {
  const count = sum(samples, ({ faults }) => faults);
  const what = count === 1 ? 'internal error' : 'internal errors';
  return count === 0 ? [] : [['ill', `The relay had ${count} ${what} in 15 minutes: see the ledger.`]];
}

function load({ samples, totals, options }: Circumstances): Remark[] {
  const last = samples.slice(-SHORT);
  const busy = Math.round(sum(last, (sample) => sample.busy) / Math.max(1, last.length));
  const remarks: Remark[] = [];
  if (busy >= 70)
    remarks.push([busy >= 90 ? 'ill' : 'watch', `The relay is ${busy} % busy: messages will be delayed.`]);
  const { waiting, paused } = totals;
  const share = options.maxTotalOutbox === 0 ? 0 : waiting / options.maxTotalOutbox;
  if (share >= 0.5) remarks.push(['ill', `The queues to peers are ${Math.round(share * 100)} % full.`]);
  if (paused > 0) {
    const who = paused === 1 ? 'One connection is' : `${paused} connections are`;
    remarks.push(['watch', `${who} slowed down: a host reads too slowly, or a peer sends too much.`]);
  }
  return remarks;
}

function fullness({ totals, options }: Circumstances): Remark[] {
  const connections = totals.hosts + totals.players + totals.pending;
  const uses: [string, number, number][] = [
    ['connections', connections, options.maxConnections],
    ['rooms', totals.rooms, options.maxRooms],
  ];
  return uses
    .filter(([, used, most]) => most > 0 && used >= most * 0.9)
    .map(([what, used, most]) => ['watch', `${used} of ${most} ${what} are in use.`]);
}

function problems({ samples }: Circumstances): Remark[] {
  const count = sum(samples.slice(-60), (sample) => sample.problems);
  if (count < MANY_PROBLEMS) return [];
  return [['watch', `${count} connections were refused or broke off in a minute: see the ledger.`]];
}

function sum(samples: readonly Sample[], valueOf: (sample: Sample) => number): number {
  return samples.reduce((total, sample) => total + valueOf(sample), 0);
}
