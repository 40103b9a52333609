/** Whether the broker still knows a claim of this node. */
import type { BrokerTable } from '../broker/broker.js';

/** The holder of the entry; `missing` if there is none, and this node may not make it yet. */
export type Confirmation = 'ours' | 'anothers' | 'missing';

/** Writes the entry again, at a new revision. Looks whose it is first, since a new store counts revisions from 1. */
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
