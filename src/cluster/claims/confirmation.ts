/** Whether the broker still knows a claim of this node. */
import type { BrokerTable } from '../broker/broker.js';

/** Whose the entry is; `missing` if there is none, and it may not be made yet. */
export type Confirmation = 'ours' | 'anothers' | 'missing';

/** Makes an entry anew. Looks whose it is, since a store that came back empty counts its revisions anew. */
export async function confirmEntry(
  codes: BrokerTable,
  token: string,
  node: string,
  mayMake: boolean,
): Promise<Confirmation> {
  const entry = await codes.get(token);
  if (entry === undefined) {
    if (!mayMake) return 'missing';
    return (await codes.create(token, node)) === 'exists' ? 'anothers' : 'ours';
  }
  if (entry.value !== node) return 'anothers';
  return (await codes.update(token, node, entry.revision)) === 'changed' ? 'anothers' : 'ours';
}
