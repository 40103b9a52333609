/** A reconnect storm: hosts and phones come back to a relay that was just restarted, and play as soon as they are in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Chatter } from '../chatter.js';
import { drain } from '../drain.js';
import { FillingHall } from '../filling-hall.js';
import type { Job, Measurement, StormPlan } from '../job.js';
import { Meter } from '../meter.js';
import { randomFrom, shuffled } from '../random.js';

/** The client library's first pause is random and at most this long. Its later ones would be most of the figure. */
const LONGEST_PAUSE_MS = 300;

const PATIENCE_MS = 60_000;
const SEED = 2026;
/** The curve of those who are in has so many points. */
const POINTS = 50;

/** The latency is that of messages while players come; the relay's work is shared among all who come. */
export async function measureStorm(job: Job, plan: StormPlan): Promise<Measurement> {
  const meter = new Meter(job.pid);
  const storm = new Storm(plan, new FillingHall(job, plan, meter));
  const figures = await meter.measureDuring(() => storm.blow(), storm.logins);
  await sleep(job.warmupMs);
  const { p99Ms: p99AfterMs = NaN } = await meter.measure(job.measureMs);
  await storm.calm(job.silenceMs);
  const { refusals, hall } = storm;
  const note = `p99 after ${p99AfterMs.toFixed(2)} ms; ${refusals} refused`;
  return { ...figures, ...storm.arrivals(), p99AfterMs, refusals, faults: hall.faults, note };
}

class Storm {
  refusals = 0;
  private readonly chatter: Chatter;
  /** When each player was in, in milliseconds since the beginning. */
  private readonly times: number[] = [];
  private begin = 0;
  private isOver = false;

  constructor(
    private readonly plan: StormPlan,
    readonly hall: FillingHall,
  ) {
    this.chatter = new Chatter(plan.forward.perSecond);
  }

  get logins(): number {
    return this.plan.rooms * (this.plan.players + 1);
  }

  /** Resolves when all are in. */
  async blow(): Promise<void> {
    this.begin = performance.now();
    this.chatter.start();
    const peers = shuffled(this.logins, randomFrom(SEED)).map((peer, turn) => this.comeBack(peer, turn));
    await Promise.race([Promise.all(peers), sleep(PATIENCE_MS)]);
    this.isOver = true;
    const players = this.plan.rooms * this.plan.players;
    if (this.times.length < players) throw new Error(`${this.times.length} of ${players} players got in`);
  }

  /** Waits for what is on its way; then everybody leaves. */
  async calm(silenceMs: number): Promise<void> {
    this.chatter.stop();
    this.hall.faults.lost += await drain(this.hall.streams, silenceMs);
    this.hall.close();
  }

  arrivals(): { lastInMs: number; inAfterMs: number[] } {
    const inAfter = (count: number): number => (count === 0 ? 0 : (this.times[count - 1] ?? NaN));
    const inAfterMs = Array.from({ length: POINTS + 1 }, (_, point) => {
      return Math.round(inAfter(Math.ceil((point / POINTS) * this.times.length)));
    });
    return { lastInMs: inAfter(this.times.length), inAfterMs };
  }

  /**
   * Tries until it is in. A phone that comes before its host is refused and pauses, and its pauses are the same
   * with every relay.
   */
  private async comeBack(peer: number, turn: number): Promise<void> {
    const random = randomFrom(SEED + peer);
    let pause = (turn / this.logins) * this.plan.withinMs;
    do {
      await sleep(pause);
      if (await this.enter(peer)) return;
      this.refusals++;
      pause = random() * LONGEST_PAUSE_MS;
    } while (!this.isOver);
  }

  /** The first peers are the hosts. False if the relay refused it. */
  private async enter(peer: number): Promise<boolean> {
    const { rooms } = this.plan;
    try {
      if (peer < rooms) {
        await this.hall.openRoom(peer);
      } else {
        this.chatter.join(await this.hall.join(peer - rooms));
        this.times.push(performance.now() - this.begin);
      }
      return true;
    } catch {
      return false;
    }
  }
}
