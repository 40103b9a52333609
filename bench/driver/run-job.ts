/** From what is asked to what measures it. */
import type { Job, Measurement } from './job.js';
import { measureChurn, measureCold } from './workloads/churn.js';
import { measureEcho } from './workloads/echo.js';
import { measureIdle, measureMemoryReturn } from './workloads/memory.js';
import { measureReturn } from './workloads/return.js';
import { measureStalled } from './workloads/stalled.js';
import { measureStorm } from './workloads/storm.js';
import { measureTraffic } from './workloads/traffic.js';

/** Rejects when the relay does not let the workload begin; what goes wrong later is in the faults. */
export function runJob(job: Job): Promise<Measurement> {
  const { workload } = job;
  switch (workload.kind) {
    case 'traffic':
      return measureTraffic(job, workload);
    case 'stalled':
      return measureStalled(job, workload);
    case 'echo':
      return measureEcho(job, workload.bytes);
    case 'churn':
      return measureChurn(job, workload.rooms, workload.parallel);
    case 'cold':
      return measureCold(job, workload);
    case 'storm':
      return measureStorm(job, workload);
    case 'return':
      return measureReturn(job, workload);
    case 'idle':
      return measureIdle(job, workload.connections, workload.settleMs);
    case 'memory-return':
      return measureMemoryReturn(job, workload);
  }
}
