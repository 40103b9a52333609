/** What was found of a text: among those who are connected, rooms, and the ledger. */
import type { FoundLine, Look } from '../../src/operator/console/look.js';
import { button, element, type Line, List, make, write } from './dom.js';
import { count, milliseconds } from './numbers.js';
import { said, visible } from './said.js';

/** Rows of the ledger that are sent at most: there may be more. */
const MOST_ROWS = 100;

export class FoundList {
  private readonly list: List<FoundLine>;

  /** @param open receives the code of the room that the viewer wants to see. */
  constructor(private readonly open: (serverCode: string) => void) {
    this.list = new List<FoundLine>(
      element('found-lines'),
      ({ role = '', connection = '', serverCode = '', clientId = '' }) =>
        `${role} ${connection} ${serverCode} ${clientId}`,
      (line) => this.line(line),
    );
  }

  /** @param rows of the ledger that match. */
  show({ found, roomCount, openRooms }: Look, rows: number): void {
    element('found').hidden = found === undefined;
    if (found === undefined) return;
    this.list.show(found.lines);
    const more = found.count - found.lines.length;
    write(element('found-more'), more > 0 ? `and ${count(more)} more peers` : '');
    const lines = rows >= MOST_ROWS ? `the newest ${MOST_ROWS}` : count(rows);
    const parts = [
      `${count(found.count)} connected or away`,
      `${count(roomCount)} of ${count(openRooms)} open rooms`,
      `${lines} in the ledger`,
    ];
    write(element('found-sum'), parts.join(', '));
  }

  /** "103004 is in DVRD, 12 ms". */
  private line({ role, serverCode = '', clientId = '' }: FoundLine): Line<FoundLine> {
    const rest = make('span');
    const room = button('code', visible(serverCode), () => this.open(serverCode));
    const words = {
      player: [said(clientId), ' is in ', room, rest],
      host: ['The game ', room, ' is open', rest],
      none: ['A device that has not logged in', rest],
    };
    return {
      element: make('li', '', ...words[role ?? 'none']),
      update: (line) => write(rest, restOf(line)),
    };
  }
}

function restOf({ roundTrip, address, isAway }: FoundLine): string {
  const where = isAway ? 'and is away' : (address ?? 'on another node');
  const facts = [...(roundTrip === undefined ? [] : [milliseconds(roundTrip)]), where];
  return `, ${facts.join(', ')}`;
}
