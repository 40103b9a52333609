/** The driver process: one job on the command line, one measurement on stdout. */
import type { Job } from './job.js';
import { runJob } from './run-job.js';

const measurement = await runJob(JSON.parse(process.argv[2] ?? '') as Job);
process.stdout.write(JSON.stringify(measurement), () => process.exit(0));
