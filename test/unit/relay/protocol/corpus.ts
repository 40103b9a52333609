// Every corner of RFC 8259 and of UTF-8, each in its own payload, with what it is.

/** What a payload is, for the title of a test, and the payload. */
export type Case = [what: string, payload: Buffer];

export function text(json: string, what = `the text ${JSON.stringify(json)}`): Case {
  return [what, Buffer.from(json)];
}

/** A payload with a member whose value is given as it is written. */
export function value(json: string): Case {
  return [`the value ${JSON.stringify(json).slice(1, -1)}`, Buffer.from(`{"a":${json}}`)];
}

/** As many payloads as there are values, which are separated by single spaces. */
export function values(jsons: string): Case[] {
  return jsons.split(' ').map(value);
}

/** A payload with a string of the bytes given in hexadecimal. */
export function string(hex: string, what: string): Case {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return [what, Buffer.concat([Buffer.from('{"a":"'), bytes, Buffer.from('"}')])];
}
