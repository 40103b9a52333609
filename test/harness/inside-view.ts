// What only the relay's process itself can say: its heap without garbage, and what keeps it busy.
import { within } from './deadline.js';
import type { OddRelay } from './odd-relay.js';

/** Loaded into the relay's process before anything else: answers when it is asked. */
const script = `
  import { readdirSync } from 'node:fs';
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  // Processor time, since a turn during which other processes run is no longer for that.
  let last, longest;
  const turn = () => {
    if (last === undefined) return;
    const { user, system } = process.cpuUsage();
    longest = Math.max(longest, (user + system - last) / 1e3);
    last = user + system;
    setImmediate(turn);
  };
  process.on('message', (question) => {
    if (question === 'watch') {
      const { user, system } = process.cpuUsage();
      [last, longest] = [user + system, 0];
      setImmediate(turn);
      return process.send('watching');
    }
    if (question === 'longest') {
      last = undefined;
      return process.send(longest);
    }
    collect();
    // Memory outside the heap is given back behind that, by another thread.
    setTimeout(answer, 50);
  });
  const answer = () => {
    collect();
    const resources = {};
    for (const name of process.getActiveResourcesInfo()) {
      // A line of the log on its way.
      if (name !== 'FSReqCallback') resources[name] = (resources[name] ?? 0) + 1;
    }
    const { heapUsed: heap, external } = process.memoryUsage();
    process.send({ heap, external, resources, files: readdirSync('/proc/self/fd').length });
  };
  process.channel.unref();
`;

/** Surrounds the command of a program that is to be looked into. */
export const glassWalls = `NODE_OPTIONS='--import data:text/javascript;base64,${Buffer.from(script).toString('base64')}'`;

export interface InsideView {
  /** Bytes of the heap that are in use, right after a collection of garbage. */
  heap: number;
  /** Bytes outside the heap that belong to things in it. */
  external: number;
  /** Sockets, timers and the like that are open, by kind. */
  resources: Record<string, number>;
  /** How many files are open, sockets among them. */
  files: number;
}

/** Looks into a program with {@link glassWalls}. */
export function lookInto(relay: OddRelay): Promise<InsideView> {
  return ask(relay, 'look') as Promise<InsideView>;
}

/** The longest turn of the event loop while `work` is done, in milliseconds of processor time. */
export async function longestTurn(relay: OddRelay, work: () => Promise<void>): Promise<number> {
  await ask(relay, 'watch');
  await work();
  return (await ask(relay, 'longest')) as number;
}

function ask({ child }: OddRelay, question: string): Promise<unknown> {
  const answer = new Promise((resolve) => child.once('message', resolve));
  child.send(question);
  return within(answer, 'a look into the program');
}
