// Relays that do one thing otherwise than chapter R says: what the model has to find, and what it may not find.

/** Each breaks a promise. */
export const FLAWS = {
  'sends what it has, without looking whether that reaches back': 'no floor',
  'does not say how many messages it took': 'no got',
  'sends all that it has, whatever the peer has got': 'sends all',
  'keeps the name of a stream that does not go on': 'same name',
  'lets a late close of a former connection end the seat': 'late close',
  'reads phones while their host is away': 'reads on',
} as const;

/** Each costs at most a new stream. */
export const HARMLESS = {
  'takes a pong for two messages that followed the ping': 'early pong',
  'forgets all when a tail is too long': 'forgets all',
} as const;

export type Flaw = (typeof FLAWS)[keyof typeof FLAWS] | (typeof HARMLESS)[keyof typeof HARMLESS] | 'none';
