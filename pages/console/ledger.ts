/** Who was refused, broken off, or has left, and why; and what games get wrong. */
import type { FoundMistake, LedgerKind, LedgerRow } from '../../src/operator/console/look.js';
import { element, type Line, List, make, write } from './dom.js';
import { clock, count, duration, milliseconds } from './numbers.js';
import { said, sentence } from './said.js';

const WORDS: Readonly<Record<LedgerKind, string>> = {
  refused: 'refused',
  broken: 'broken off',
  left: 'left',
  fault: 'our error',
  finding: 'mistake',
};

const list = new List<LedgerRow>(
  element('ledger'),
  ({ id, times }) => `${id} ${times}`,
  (row) => lineOf(row),
);

const findings = new List<FoundMistake>(
  element('findings'),
  ({ serverCode, kind, at }) => `${at} ${kind} ${serverCode}`,
  ({ serverCode, meaning, fix, at }) => {
    const times = make('span', 'facts');
    const line = make('li', '', 'The game ', said(serverCode), ` ${meaning}. ${fix} `, times);
    return {
      element: line,
      update: (found) => write(times, `${count(found.times)} times since ${clock(at)}`),
    };
  },
);

/** What games get wrong, each with how it is done right. */
export function showFindings(found: readonly FoundMistake[]): void {
  findings.show(found);
  element('mistakes').hidden = found.length === 0;
}

/** The newest first. @param isAll whether nothing is looked for. */
export function showLedger(rows: readonly LedgerRow[], isAll: boolean): void {
  list.show(rows);
  element('no-ledger').hidden = rows.length > 0;
  write(element('no-ledger'), isAll ? 'No entries yet.' : 'Nothing in the ledger matches.');
}

function lineOf(row: LedgerRow): Line<LedgerRow> {
  const when = make('time', '', clock(row.at));
  when.dateTime = new Date(row.at).toISOString();
  const reason = make('p', 'reason');
  const kind = make('span', 'kind', WORDS[row.kind]);
  const line = make('li', '', when, kind, reason);
  line.dataset['kind'] = row.kind;
  if (row.advice !== undefined) line.append(make('p', 'advice', row.advice));
  line.append(make('p', 'facts', factsOf(row)));
  return {
    element: line,
    update: (newest) => {
      // A better guess may have come, of what a wrong code meant.
      const parts = sentence(newest.reason);
      const words = parts.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
      const repeated = newest.times > 1 ? ` × ${count(newest.times)}` : '';
      if (reason.textContent !== words + repeated)
        reason.replaceChildren(...parts, make('span', 'times', repeated));
      write(kind, WORDS[newest.kind]);
    },
  };
}

function factsOf({ name, rule, address, duration: lasted, ...row }: LedgerRow): string {
  const { messagesIn, messagesOut, roundTrip, times, since } = row;
  return [
    `${name} (${rule})`,
    ...(address === undefined ? [] : [address]),
    ...(since === undefined ? [] : [`${count(times)} times since ${clock(since)}`]),
    ...(lasted === undefined ? [] : [`after ${duration(lasted)}`]),
    ...(messagesIn === undefined ? [] : [`${count(messagesIn)} in, ${count(messagesOut ?? 0)} out`]),
    ...(roundTrip === undefined ? [] : [milliseconds(roundTrip)]),
  ].join(' · ');
}
