/** Whether this process is one of several that share a port, and so, without a backbone, parties that never meet. */
import cluster from 'node:cluster';

/** What `node:cluster` and pm2 tell a process of its siblings. */
export interface Siblings {
  readonly isWorker: boolean;
  /** pm2: how many there are, and which of them this is. */
  readonly instances?: string | undefined;
  readonly instance?: string | undefined;
}

/** pm2 also runs a single process as a worker. In its fork mode the first one cannot be told from a single one. */
export function isOneOfMany({ isWorker, instances, instance }: Siblings = siblings()): boolean {
  return isWorker ? instances !== '1' : Number(instance ?? 0) > 0;
}

function siblings(): Siblings {
  const { instances, NODE_APP_INSTANCE: instance } = process.env;
  return { isWorker: cluster.isWorker, instances, instance };
}
