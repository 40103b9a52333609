// In which order test files run: those that wait for clocks beside those that keep a core busy.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** One of that many files waits most of its time, as long as there are such files. */
const EVERY = 2;

/** Files that wait most of their time: for leases, for reconnects, for animations. */
const WAITING = /test\/((cluster|client|pages|tools\/soak)\/|faults\/(backbone-errors|clock|silence)\.)/;

/** Otherwise the files about many nodes, which are short and wait long, would be the last, and the cores idle. */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // Each project stays together: a worker that changes between them begins again.
    const apart = sorted.filter(({ project }) => project.name === 'nodes apart');
    const others = sorted.filter((file) => !apart.includes(file));
    const waiting = others.filter(({ moduleId }) => WAITING.test(moduleId));
    const busy = others.filter((file) => !waiting.includes(file));
    return [
      ...apart,
      ...others.flatMap((_, n) => (n % EVERY === 0 ? next(waiting, busy) : next(busy, waiting))),
    ];
  }
}

function next(wanted: TestSpecification[], others: TestSpecification[]): TestSpecification[] {
  return (wanted.length > 0 ? wanted : others).splice(0, 1);
}
