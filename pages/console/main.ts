/** The console: shows each look of the relay, and asks for what its operator wants to see. */
import type { Look } from '../../src/operator/console/look.js';
import { Actions } from './actions.js';
import { element, write } from './dom.js';
import { FoundList } from './found.js';
import { showFindings, showLedger } from './ledger.js';
import { showFacts, showLimits } from './node.js';
import { showOverview } from './overview.js';
import { Past } from './past.js';
import { Room } from './room.js';
import { Rooms } from './rooms.js';
import { Stream } from './stream.js';

/** Milliseconds without typing after which the search starts. */
const TYPING = 200;

// The token has become a cookie: it need not stand where others can read it.
history.replaceState(null, '', location.pathname);

const past = new Past();
const actions = new Actions();
const room = new Room(actions);
const rooms = new Rooms((serverCode) => open(serverCode));
const found = new FoundList((serverCode) => open(serverCode));
const stream = new Stream(show);
let isDraining = false;
let typing = 0;
let isAll = true;
let rows = 0;

function show(look: Look): void {
  past.add(look.samples);
  showOverview(look, past);
  rooms.show(look, room.serverCode);
  room.show(look);
  showFindings(look.findings);
  if (look.ledger !== undefined) {
    rows = look.ledger.length;
    showLedger(look.ledger, isAll);
  }
  found.show(look, rows);
  if (look.limits !== undefined) showLimits(look.limits);
  showFacts(look.facts);
  isDraining = look.isDraining;
  write(element('drain'), isDraining ? 'Let games in again' : 'Drain');
}

function open(serverCode: string | undefined): void {
  room.serverCode = serverCode;
  stream.ask({ server_code: serverCode });
  element('room').hidden = serverCode === undefined;
}

element('room-hide').addEventListener('click', () => open(undefined));

element('drain').addEventListener('click', () => {
  const [title, consequence, yes] = isDraining
    ? ['Let games in again?', 'New games may log in as before.', 'Let them in']
    : [
        'Drain this relay?',
        'No new game is let in. Running parties go on, and players may join them.',
        'Drain',
      ];
  actions.ask([title], consequence, yes, { action: 'drain', on: String(!isDraining) });
});

element<HTMLFormElement>('find').addEventListener('submit', (event) => event.preventDefault());
element('find').addEventListener('input', () => {
  clearTimeout(typing);
  const [text, kind] = [element<HTMLInputElement>('text').value, element<HTMLSelectElement>('kind').value];
  typing = setTimeout(() => {
    isAll = text.trim() === '' && kind === '';
    stream.ask({ text: text.trim(), kind });
  }, TYPING);
});
