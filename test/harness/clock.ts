// A clock that tests set: the relay's wall clock jumps, as when the time of the machine is set.
import type { ChildProcess } from 'node:child_process';

const DAY = 86_400_000;

/** Loaded into the relay's process before anything else: it moves `Date`, and nothing that Node counts itself. */
const script = `
  const RealDate = Date;
  let offset = 0;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length === 0 ? [RealDate.now() + offset] : args));
    }
    static now() {
      return RealDate.now() + offset;
    }
  };
  process.on('SIGIO', () => (offset += ${DAY}));
  process.on('SIGWINCH', () => (offset -= ${DAY}));
`;

/** Surrounds the command of a program whose clock is to be set. */
export const movableClock = `NODE_OPTIONS='--import data:text/javascript;base64,${Buffer.from(script).toString('base64')}'`;

/** Sets the clock of a process with a {@link movableClock} forward or back. */
export function setClock(child: Pick<ChildProcess, 'kill'>, days: 1 | -1): void {
  child.kill(days === 1 ? 'SIGIO' : 'SIGWINCH');
}
