// A party on chosen places, for a moment: whether the relay works there.
import { Connection } from '../../harness/connection.js';
import { PATIENCE } from '../../harness/deadline.js';
import { connectNotice } from '../../harness/notices.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';
import type { Place } from './weather.js';

let meetings = 0;

/** A host at a place meets players at all places, and a message goes each way. Tries as long as there is patience. */
export async function meet(at: Place, all: readonly Place[]): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const connections: Connection[] = [];
    const connect = async (place: Place): Promise<Connection> => {
      const connection = await Connection.open(place.url());
      connections.push(connection);
      return connection;
    };
    try {
      await meetOnce(at, all, connect, `MEET${++meetings}`);
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    } finally {
      for (const connection of connections) connection.dispose();
    }
  }
}

async function meetOnce(
  at: Place,
  all: readonly Place[],
  connect: (place: Place) => Promise<Connection>,
  code: string,
): Promise<void> {
  const host = await connect(at);
  host.send(loginHost(code));
  await host.loggedIn();
  for (const [n, place] of all.entries()) {
    const player = await connect(place);
    player.send(loginPlayer(code, String(n)));
    player.send('{}');
    // A refused peer answers no ping.
    await player.fence();
    for (const message of [connectNotice(String(n)), `{"client_id":"${n}"}`])
      expectSame(await host.next(), message);
    host.send(`{"receiver_id":"${n}"}`);
    expectSame(await player.next(), `{"receiver_id":"${n}"}`);
  }
}

function expectSame(message: unknown, due: string): void {
  if (message !== due) throw new Error(`${String(message)} came instead of ${due}`);
}
