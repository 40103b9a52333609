/** The rooms that are open. */
import type { Look, RoomLine } from '../../src/operator/console/look.js';
import { button, cells, element, type Line, List, make, write } from './dom.js';
import { absence, bytes, count, duration, kib, milliseconds, qualityOf } from './numbers.js';
import { visible } from './said.js';

export class Rooms {
  private readonly list: List<RoomLine>;
  private now = 0;

  /** @param open gets the code of the room that the operator selects. */
  constructor(private readonly open: (serverCode: string) => void) {
    this.list = new List<RoomLine>(
      element('rooms'),
      ({ serverCode, openedAt }) => `${openedAt} ${serverCode}`,
      (room) => this.line(room),
    );
  }

  show({ at, rooms, roomCount, openRooms }: Look, opened: string | undefined): void {
    this.now = at;
    this.list.show(rooms);
    for (const row of element('rooms').children) {
      row.classList.toggle('opened', row instanceof HTMLElement && row.dataset['code'] === opened);
    }
    element('rooms-table').hidden = rooms.length === 0;
    element('no-rooms').hidden = rooms.length > 0;
    const open = openRooms === 1 ? '1 is open' : `${count(openRooms)} are open`;
    write(element('no-rooms'), openRooms > 0 ? `No room’s code matches; ${open}.` : 'No room is open.');
    const more = roomCount - rooms.length;
    write(
      element('room-count'),
      more > 0 ? `${count(roomCount)}, the largest ${rooms.length}` : count(roomCount),
    );
  }

  private line({ serverCode }: RoomLine): Line<RoomLine> {
    const code = make(
      'th',
      '',
      button('code', visible(serverCode), () => this.open(serverCode)),
    );
    code.scope = 'row';
    const [age, players, messages, traffic, trip, state] = cells('age', '', '', 'traffic', '', 'state');
    const row = make('tr', '', code, age, players, messages, traffic, trip, state);
    row.dataset['code'] = serverCode;
    return {
      element: row,
      update: (room) => {
        row.classList.toggle('away', room.isHostAway);
        write(age, duration(this.now - room.openedAt));
        write(players, count(room.players));
        write(messages, count(room.messageRate));
        write(traffic, kib(room.byteRate));
        write(trip, milliseconds(room.worstRoundTrip));
        trip.dataset['quality'] = qualityOf(room.worstRoundTrip);
        write(state, stateOf(room));
      },
    };
  }
}

function stateOf({ paused, waiting, away, isHostAway, secondsLeft, kept }: RoomLine): string {
  if (isHostAway) return `its host is ${absence(secondsLeft, kept)}`;
  if (away > 0) return `${count(away)} ${absence(undefined, kept)}`;
  if (paused > 0) return `${paused} slowed down`;
  return waiting > 0 ? `${bytes(waiting)} wait` : '';
}
