// Who is connected, asked of plain rooms.
import { expect, test } from 'vitest';
import type { Connection } from '../../../../src/relay/session/connection.js';
import { LocalBackbone } from '../../../../src/relay/session/local-backbone.js';
import { Session, type SessionOwner } from '../../../../src/relay/session/session.js';
import { RoomDirectory } from '../../../../src/relay/rooms/room-directory.js';
import { SOLE_CLAIM } from '../../../../src/relay/rooms/claim.js';
import type { Turn } from '../../../../src/relay/rooms/turn.js';
import { Presence } from '../../../../src/relay/service/presence.js';

function hostFrom(remoteAddress: string, loggedInAt?: number): Session {
  const session = new Session({ remoteAddress } as Connection, {} as SessionOwner);
  if (loggedInAt !== undefined) session.loggedInAt = loggedInAt;
  return session;
}

function presenceOf(host: Session): Presence {
  const rooms = new RoomDirectory({} as Turn);
  rooms.claim('SNEK', host, SOLE_CLAIM);
  return new Presence(rooms, new LocalBackbone());
}

test('[O26] a host that has its room, and not yet the answer to its login, is not connected', () => {
  const host = hostFrom('198.51.100.1');
  const presence = presenceOf(host);
  expect(presence.ages('198.51.100.1', 'SNEK')).toEqual([]);
  host.loggedInAt = performance.now();
  expect(presence.ages('198.51.100.1', 'SNEK')).toHaveLength(1);
});

test('[O26] peers without an address learn nothing of each other', () => {
  expect(presenceOf(hostFrom('', 0)).ages('', 'SNEK')).toEqual([]);
});
