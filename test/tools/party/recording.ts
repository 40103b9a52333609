// A party as a list of events, in the form in which real ones were recorded between the peers and a relay.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../harness/program.js';

/** What all events have: when (milliseconds since the first), and at which peer. */
interface At {
  t: number;
  peer: string;
}

/** The end of a connection, on either side: a close frame, the end of TCP. */
type End = { kind: 'close'; code: number | null } | { kind: 'tcp-fin' };

/** What a peer did. */
export type Act = At & { dir: 'out' } & (
    | { kind: 'open'; path: string; headers: Record<string, string> }
    | { kind: 'text'; text: string; bytes: number }
    | End
  );

/** What came to a peer. */
export type Arrival = At & { dir: 'in' } & ({ kind: 'text'; action: string; bytes: number } | End);

export type PartyEvent = Act | Arrival;

/** Lies beside the project, not in it: it is what people really sent. */
const file = join(projectRoot, '../shared/real-traffic/party.jsonl');

/** The recorded party of the original game and its phone page; undefined where it is not at hand. */
export function readRecording(): PartyEvent[] | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as PartyEvent);
}
