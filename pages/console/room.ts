/** One room, with everybody in it. */
import type { Look, MemberLine } from '../../src/operator/console/look.js';
import type { Actions } from './actions.js';
import { button, cells, element, type Line, List, make, write } from './dom.js';
import { absence, bytes, count, duration, milliseconds, qualityOf } from './numbers.js';
import { said, visible } from './said.js';
import { Sparkline } from './sparkline.js';

export class Room {
  /** The code of the room that is shown; undefined if none is. */
  serverCode: string | undefined;
  private readonly list: List<MemberLine>;

  constructor(private readonly actions: Actions) {
    this.list = new List<MemberLine>(
      element('members'),
      ({ clientId = '', connection = '' }) => `${connection} ${clientId}`,
      (member) => this.line(member),
    );
    element('close-room').addEventListener('click', () => this.close());
  }

  show({ room }: Look): void {
    element('room').hidden = this.serverCode === undefined;
    if (room === undefined || room.serverCode !== this.serverCode) return;
    write(element('room-code'), visible(room.serverCode));
    this.list.show(room.members);
    element('members-table').hidden = !room.isOpen;
    element('close-room').hidden = !room.isOpen;
    element('room-over').hidden = room.isOpen;
    write(element('members-more'), room.more > 0 ? `and ${count(room.more)} more players` : '');
  }

  private close(): void {
    const code = this.serverCode ?? '';
    this.actions.ask(
      ['Close ', said(code), '?'],
      'The game and all its players are disconnected.',
      'Close the room',
      { action: 'close-room', server_code: code },
    );
  }

  private line({ clientId }: MemberLine): Line<MemberLine> {
    const name = make('th', '', clientId === undefined ? 'the game' : said(clientId));
    name.scope = 'row';
    const context = make('small');
    name.append(' ', context);
    const spark = new Sparkline();
    const [trip, age, traffic, state, address] = cells('trip', 'age', 'traffic', 'state', 'address');
    const words = make('span');
    trip.append(spark.element, words);
    const end = make('td', 'end', ...(clientId === undefined ? [] : [this.endButton(clientId)]));
    const row = make('tr', '', name, trip, traffic, age, state, address, end);
    return {
      element: row,
      update: (member) => {
        row.classList.toggle('away', member.isAway);
        spark.show(member.trips);
        trip.dataset['quality'] = qualityOf(member.roundTrip);
        write(words, tripOf(member));
        write(context, member.context ?? '');
        write(age, member.age === undefined ? '' : duration(member.age));
        write(traffic, trafficOf(member));
        write(state, stateOf(member));
        write(address, member.address ?? (member.isAway ? '' : 'on another node'));
      },
    };
  }

  private endButton(clientId: string): HTMLButtonElement {
    const made = button('quiet', 'End', () =>
      this.actions.ask(
        ['End ', said(clientId), '?'],
        'It is disconnected, and may come back.',
        'End the player',
        { action: 'end-player', server_code: this.serverCode ?? '', client_id: clientId },
      ),
    );
    made.setAttribute('aria-label', `End ${visible(clientId)}`);
    return made;
  }
}

function tripOf({ roundTrip, jitter }: MemberLine): string {
  if (roundTrip === undefined) return 'not known yet';
  return jitter === undefined
    ? milliseconds(roundTrip)
    : `${milliseconds(roundTrip)} ± ${Math.round(jitter)}`;
}

function trafficOf({ messagesIn, messagesOut }: MemberLine): string {
  return messagesIn === undefined ? '' : `${count(messagesIn)} / ${count(messagesOut ?? 0)}`;
}

function stateOf({ isPaused, isAway, secondsLeft, kept, waiting = 0 }: MemberLine): string {
  if (isAway) return absence(secondsLeft, kept);
  if (isPaused) return 'slowed down';
  return waiting > 0 ? `${bytes(waiting)} wait` : '';
}
