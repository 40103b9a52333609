/** The kinds of messages that hosts and players exchange, filled up to a size with what games send. */
import type { Dialect } from './dialect.js';
import { FIRST_ID, MessageShape, NUMBERS } from './message-shape.js';

const MOVE = '{"x":0.53,"y":-0.71,"on":true}';

/** What a player sends, and the two ways in which relays stamp it: at the front, or at the end. */
export function forwardShapes(
  bytes: number,
  dialect: Dialect,
): { sent: MessageShape; stamped: MessageShape[] } {
  const members = fill(`"action":"move","n":${NUMBERS}`, bytes);
  const stamp = `"client_id":"${FIRST_ID}"`;
  const stamped = [`{${members},${stamp}}`, `{${stamp},${members}}`];
  return {
    sent: new MessageShape(`{${members}}`, dialect),
    stamped: stamped.map((json) => new MessageShape(json, dialect)),
  };
}

export function broadcastShape(bytes: number, dialect: Dialect): MessageShape {
  return new MessageShape(`{${fill(`"action":"state","n":${NUMBERS}`, bytes)}}`, dialect);
}

export function unicastShape(bytes: number, dialect: Dialect): MessageShape {
  const members = `"receiver_id":"${FIRST_ID}","action":"tell","n":${NUMBERS}`;
  return new MessageShape(`{${fill(members, bytes)}}`, dialect);
}

/** The members, with more behind them, so that an object of them has that many bytes (or as few as it can). */
function fill(members: string, bytes: number): string {
  const moves = Math.max(0, Math.floor((bytes - members.length - 40) / (MOVE.length + 1)));
  const list = moves === 0 ? '' : `,"moves":[${Array<string>(moves).fill(MOVE).join(',')}]`;
  const room = bytes - 2 - members.length - list.length - ',"tail":""'.length;
  return room < 0 ? members + list : `${members}${list},"tail":"${'party '.repeat(room).slice(0, room)}"`;
}
