// Processes that a worker of the tests has started end with it at the latest.
import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

// A worker is ended like this, by those who started it or by their end.
for (const signal of ['SIGTERM', 'disconnect']) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    process.kill(process.pid, 'SIGTERM');
  });
}

/** For processes that may outlive the tests of a file, since several files share them. */
export function endWithWorker(child: ChildProcess): void {
  running.add(child);
  child.once('close', () => running.delete(child));
}
