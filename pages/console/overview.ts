/** The health of the relay: the verdict, the current numbers, and the plots. */
import type { Look } from '../../src/operator/console/look.js';
import { element, List, make, write } from './dom.js';
import { bytes, count, kib, milliseconds } from './numbers.js';
import type { Past } from './past.js';
import { Plot } from './plot.js';

interface Tile {
  readonly name: string;
  readonly value: string;
}

const remarks = new List<string>(
  element('remarks'),
  (words) => words,
  (words) => ({ element: make('li', '', words), update: () => undefined }),
);

const tiles = new List<Tile>(
  element('tiles'),
  ({ name }) => name,
  ({ name }) => {
    const value = make('dd');
    return {
      element: make('div', '', make('dt', '', name), value),
      update: (tile) => write(value, tile.value),
    };
  },
);

const inAndOut = (of: 'messages' | 'bytes') =>
  [
    { name: `${of}In`, label: 'in' },
    { name: `${of}Out`, label: 'out' },
  ] as const;

const plots = [
  new Plot('plot-messages', 'Messages/s', inAndOut('messages'), count),
  new Plot('plot-bytes', 'KiB/s', inAndOut('bytes'), kib, 1024),
  new Plot('plot-players', 'Players', [{ name: 'players', label: '' }], count),
  new Plot('plot-problems', 'Problems/s', [{ name: 'problems', label: '' }], count),
];
element('plots').append(...plots.map((plot) => plot.element));

export function showOverview(look: Look, past: Past): void {
  const { verdict } = look;
  document.body.dataset['condition'] = verdict.condition;
  write(element('verdict-title'), verdict.title);
  remarks.show(
    verdict.remarks.length > 0 ? verdict.remarks : ['No delays, no backlog, accepting new games.'],
  );
  tiles.show(tilesOf(look, past));
  for (const plot of plots) plot.show(past);
  document.title = `${verdict.title} – CarParty console`;
}

function tilesOf({ worstRoundTrip, waiting }: Look, past: Past): Tile[] {
  const {
    rooms = 0,
    players = 0,
    messagesIn = 0,
    messagesOut = 0,
    bytesIn = 0,
    bytesOut = 0,
    busy = 0,
  } = past.last ?? {};
  return [
    { name: 'Rooms', value: count(rooms) },
    { name: 'Players', value: count(players) },
    { name: 'Messages/s', value: count(messagesIn + messagesOut) },
    { name: 'KiB/s', value: kib(bytesIn + bytesOut) },
    { name: 'Worst round trip', value: milliseconds(worstRoundTrip) },
    { name: 'Waiting', value: bytes(waiting) },
    { name: 'Busy', value: `${busy} %` },
    { name: 'Problems/min', value: count(past.sum('problems', 60)) },
  ];
}
