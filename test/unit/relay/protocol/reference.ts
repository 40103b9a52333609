// What SPEC.md says about payloads, computed the slow and plain way: with JSON.parse, on text, member by
// member.
import type { Violation } from '../../../../src/relay/protocol/violation.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a payload; undefined if it is not UTF-8. A byte order mark stays, and JSON.parse refuses it.
 */
export function textOf(payload: Buffer): string | undefined {
  try {
    return decoder.decode(payload);
  } catch {
    return undefined;
  }
}

/** What JSON.parse makes of a payload; undefined, which it never returns, if it is not JSON. */
export function valueOf(payload: Buffer): unknown {
  const text = textOf(payload) ?? '';
  try {
    const value: unknown = JSON.parse(text);
    if (!text.includes('\\')) return value;
  } catch {
    return undefined;
  }
  return withoutNumbers(JSON.parse(withNumbers(text)));
}

/** A string of a JSON text, and the colon behind it if it is a key. */
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;
const DIGITS = 12;
let keys = 0;

/**
 * Node 24 may read an escaped key as a key of an earlier text (nodejs/node#63785), so each is numbered while it is
 * parsed: none begins as an earlier one did.
 */
function withNumbers(text: string): string {
  return text.replace(STRING, (string, colon?: string) =>
    colon === undefined ? string : `"${String(keys++).padStart(DIGITS, '0')}${string.slice(1)}`,
  );
}

function withoutNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNumbers);
  if (!isObject(value)) return value;
  const plain = {};
  for (const [key, member] of Object.entries(value)) {
    const described = { value: withoutNumbers(member), enumerable: true, writable: true, configurable: true };
    Object.defineProperty(plain, key.slice(DIGITS), described);
  }
  return plain;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many objects and arrays lie within one another in a JSON text. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The rules P8 to P11 for one payload. */
export function violationOf(payload: Buffer, maxDepth: number): Violation | undefined {
  const value = valueOf(payload);
  if (value === undefined) return 'not-json';
  if (depthOf(textOf(payload) ?? '') > maxDepth) return 'too-deep';
  return isObject(value) ? undefined : 'not-an-object';
}

/** The keys at the top level of an object's JSON text, decoded, in order and with repetitions. */
export function topLevelKeys(json: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && text !== undefined && colon !== undefined) keys.push(JSON.parse(text) as string);
  }
  return keys;
}

/** An object's JSON text in the pieces that its sender chose. */
export interface ObjectText {
  before: string;
  members: MemberText[];
  /** White space in an object without members. */
  within: string;
  behind: string;
}

export interface MemberText {
  before: string;
  key: string;
  /** White space, the colon, white space. */
  colon: string;
  value: string;
  behind: string;
}

export function write({ before, members, within, behind }: ObjectText): string {
  const texts = members.map((member) => member.before + memberOf(member) + member.behind);
  return `${before}{${members.length > 0 ? texts.join(',') : within}}${behind}`;
}

function memberOf({ key, colon, value }: MemberText): string {
  return key + colon + value;
}

/**
 * The text that a host gets (P1, P3 to P6): the player's, without what the player called `client_id`,
 * stamped.
 */
export function stamped(object: ObjectText, clientId: string): string {
  let text = object.members.length > 0 ? '' : object.within;
  let kept = 0;
  object.members.forEach((member, i) => {
    const isLast = i === object.members.length - 1;
    if (JSON.parse(member.key) !== 'client_id') {
      // Behind a kept member each comma belongs to the member that follows it.
      text += (kept++ > 0 ? ',' : '') + member.before + memberOf(member) + member.behind;
    } else if (kept > 0) text += member.behind;
    else text += member.before + (isLast ? member.behind : '');
  });
  const stamp = `${kept > 0 ? ',' : ''}"client_id":${JSON.stringify(clientId)}`;
  return `${object.before}{${text}${stamp}}${object.behind}`;
}
