/** Imported before everything else: an older Node would fail later, with words that say nothing of itself. */
import { versions } from 'node:process';
import { complaintAbout } from './node-version.js';

const complaint = complaintAbout(versions.node);
if (complaint !== undefined) throw new Error(`carparty-relay ${complaint}`);
