/** What phones and the big screen of the party page say to each other: this page's own words, not the relay's. */
import { readableName } from './names.js';

/** From the big screen to one phone. */
export type ToPhone =
  /** Says that this game is the party page; the phone answers with `hello`. */
  | { readonly type: 'welcome' }
  /** To be answered at once. `roundTrip` is the last one measured, in milliseconds. */
  | { readonly type: 'ping'; readonly at: number; readonly roundTrip?: number }
  /** The car hit something, from 0 (softly) to 1. */
  | { readonly type: 'bump'; readonly strength: number }
  | { readonly type: 'score'; readonly score: number };

/** From a phone to the big screen. */
export type ToScreen =
  /** The driver's name, and an index of COLOURS. */
  | { readonly type: 'hello'; readonly name: string; readonly colour: number }
  /** Where the stick points: right and down are positive, and its length is 0 to 1. */
  | { readonly type: 'drive'; readonly x: number; readonly y: number }
  | { readonly type: 'pong'; readonly at: number }
  /** No ping came for too long: to be answered by one at once. A screen that is out of sight has slow timers. */
  | { readonly type: 'ask' };

/** Makes what strangers send fit to be used; undefined for what this page never says. */
export function readFromPhone(
  message: { readonly type?: unknown } & Record<string, unknown>,
): ToScreen | undefined {
  const { type, name, colour, x, y, at } = message;
  if (type === 'hello' && typeof name === 'string' && typeof colour === 'number') {
    return { type, name: readableName(name), colour: Math.abs(Math.trunc(colour)) || 0 };
  }
  if (type === 'drive' && typeof x === 'number' && typeof y === 'number') {
    return { type, ...withinUnit(x, y) };
  }
  if (type === 'ask') return { type };
  return type === 'pong' && typeof at === 'number' ? { type, at } : undefined;
}

/** The same direction, but no longer than 1. */
export function withinUnit(x: number, y: number): { x: number; y: number } {
  const length = Math.hypot(x, y);
  // JSON can hold 1e999, which is not a direction.
  if (!(length > 0 && length < Infinity)) return { x: 0, y: 0 };
  const scale = Math.min(1, length) / length;
  return { x: x * scale, y: y * scale };
}
