/** The room that a viewer has opened, with all its members. */
import { inspect } from 'node:util';
import type { ConnectionView, RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { MemberLine, RoomNow } from './look.js';
import { tripOf, type Trips } from './trips.js';

/** Players that are listed; a room of a thousand would make each look as long as a book. */
const MOST_MEMBERS = 200;

/** Characters of a context, which may be anything that the backend has. */
const MOST_CONTEXT = 100;
const MOST_MEMBERS_OF_CONTEXT = 10;

export function roomNow(serverCode: string, monitor: RelayMonitor, trips: Trips): RoomNow {
  const room = monitor.room(serverCode, MOST_MEMBERS);
  if (room === undefined) return { serverCode, isOpen: false, members: [], more: 0 };
  const members = room.players.map(({ clientId, here, isAway, secondsLeft, keptBytes }) => ({
    ...memberOf(clientId, here, trips),
    ...{ isAway, secondsLeft, kept: keptBytes },
  }));
  const { isHostAway: isAway, secondsLeft } = room;
  const host = { ...memberOf(undefined, room.host, trips), isAway, secondsLeft };
  const more = room.playerCount - members.length;
  return { serverCode, isOpen: true, members: [host, ...members], more };
}

function memberOf(
  clientId: string | undefined,
  here: ConnectionView | undefined,
  trips: Trips,
): Omit<MemberLine, 'isAway'> {
  if (here === undefined) return { clientId, trips: [] };
  const { connection, address, age, messagesIn, messagesOut, waiting, isPaused, roundTrip, jitter } = here;
  const now = roundTrip === undefined ? [] : [tripOf(roundTrip, jitter ?? 0)];
  return {
    context: textOf(here.context),
    ...{ clientId, connection, address, age, messagesIn, messagesOut, waiting, isPaused, roundTrip, jitter },
    trips: [...trips.of(connection), ...now],
  };
}

/** Made once of each object, since each viewer is shown it each second. */
const texts = new WeakMap<object, string>();

function textOf(context: unknown): string | undefined {
  if (context === undefined) return undefined;
  if (typeof context !== 'object' || context === null) return shortened(context);
  const text = texts.get(context) ?? shortened(firstOf(context));
  texts.set(context, text);
  return text;
}

function shortened(context: unknown): string {
  if (typeof context === 'string') return context.slice(0, MOST_CONTEXT);
  const bounds = { depth: 0, maxArrayLength: MOST_MEMBERS_OF_CONTEXT, maxStringLength: MOST_CONTEXT };
  return inspect(context, { ...bounds, breakLength: Infinity, customInspect: false }).slice(0, MOST_CONTEXT);
}

/** The first members of an object that may have very many. */
function firstOf(context: object): object {
  if (Array.isArray(context) || context instanceof Map || context instanceof Set) return context;
  const first: Record<string, unknown> = {};
  for (const name of Object.keys(context).slice(0, MOST_MEMBERS_OF_CONTEXT)) {
    first[name] = (context as Record<string, unknown>)[name];
  }
  return first;
}
