// Fault 14: bugs of the relay itself, one in each method that a peer can reach.
import { createInterface } from 'node:readline';
import { beforeAll, expect, test, vi } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { Connection } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { OddRelay, useOddRelays } from '../harness/odd-relay.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { Saboteur, sabotage, type Target } from '../harness/saboteur.js';
import { Visit } from '../harness/visit.js';

const targets: Target[] = [
  ['relay/session/session.service.js', 'SessionService'],
  ['relay/session/admission.js', 'Admission'],
  ['relay/session/session-events.js', 'SessionEvents'],
  ['relay/session/session.js', 'Session'],
  ['relay/routing/routing.service.js', 'RoutingService'],
  ['relay/gateway/connection/outbox.js', 'Outbox'],
  ['relay/gateway/connection/socket-outbox.js', 'SocketOutbox'],
  ['relay/rooms/room-directory.js', 'RoomDirectory'],
  ['relay/rooms/room.js', 'Room'],
  ['relay/rooms/broadcast.js', 'Broadcast'],
  ['relay/limits/address-limits.js', 'AddressLimits'],
  ['relay/limits/client-addresses.js', 'ClientAddresses'],
  ['relay/gateway/relay.gateway.js', 'RelayGateway'],
  ['relay/gateway/connection/connections.js', 'Connections'],
  ['relay/gateway/login/logins.js', 'Logins'],
  ['relay/gateway/login/login-attempt.js', 'LoginAttempt'],
  ['relay/gateway/login/pending-logins.js', 'PendingLogins'],
  ['relay/gateway/connection/watch.js', 'Watch'],
  ['relay/gateway/web-socket/frame-reader.js', 'FrameReader'],
  ['relay/gateway/connection/inbox.js', 'Inbox'],
  ['relay/gateway/web-socket/split-frame.js', 'SplitFrame'],
  ['relay/gateway/web-socket/fragments.js', 'Fragments'],
  ['relay/gateway/connection/closing-handshake.js', 'ClosingHandshake'],
  ['relay/gateway/upgrade/front-door.js', 'FrontDoor'],
  ['relay/gateway/upgrade/relay-server.js', 'RelayServer'],
  ['relay/gateway/connection/reception.js', 'Reception'],
  ['relay/gateway/connection/socket-connection.js', 'SocketConnection'],
];

/** What is called each second for all peers, or when the party looks whether all has arrived: the error would be its own. */
const TIMED = /\.(beat|ping|count(Silence|Stall|Flood))$/;

/** The boundary itself: what it calls is among the others. */
const BOUNDARY =
  /^(RelayGateway\.handle|RelayServer\.upgrade$|Connections\.(open|closed)$|Reception\.(guard|fail)$|SocketConnection\.(guard|end|closed)$)/;

/** No pings of the relay's own: the answer of a bystander would meet the error that waits for the visitor. */
const QUIET = fixed({ playerPingInterval: 0, hostPingInterval: 0 });

/** A relay with bugs, and a party on it that has nothing to do with them. */
class Place {
  readonly log: string[] = [];
  readonly saboteur: Saboteur;
  private n = 0;

  private constructor(
    readonly relay: OddRelay,
    private readonly host: Connection,
    private readonly player: Connection,
  ) {
    this.saboteur = new Saboteur(relay);
    createInterface({ input: relay.stdout }).on('line', (line) => this.log.push(line));
  }

  static async open(): Promise<Place> {
    const relay = await start([...QUIET, '--log-level', 'error'], {
      ...sabotage(targets),
      suffix: '2>&1',
    });
    const host = await Connection.open(relay.url());
    host.send(loginHost('GOOD'));
    await host.fence();
    const player = await Connection.open(relay.url());
    player.send(loginPlayer('GOOD', '467'));
    expect(await host.next()).toBe(connectNotice('467'));
    return new Place(relay, host, player);
  }

  /** Proves that nothing has happened to the party. */
  async play(): Promise<void> {
    this.player.send({ n: ++this.n });
    expect(await this.host.next()).toBe(`{"n":${this.n},"client_id":"467"}`);
    this.host.send(`hello ${this.n}`);
    expect(await this.player.next()).toBe(`hello ${this.n}`);
    for (const peer of [this.host, this.player]) await peer.expectNothing();
  }

  /** Two peers that speak no WebSocket come and go, one after the other: what was sent before is handled by then. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      const passerBy = await RawPeer.connect(this.relay.port);
      passerBy.write('\r\n?\r\n\r\n');
      await passerBy.rest();
      passerBy.vanish();
    }
  }

  /** What went wrong when the method threw; undefined if it was contained and logged. */
  async fault(method: string): Promise<string | undefined> {
    await this.saboteur.arm(method);
    const visit = new Visit(this.relay.port, `room of ${method}`, () => this.settled());
    try {
      await visit.make();
      visit.leave();
      await this.play();
      if (!this.saboteur.hasThrown) return undefined;
      await vi.waitFor(() => expect(this.log.join()).toContain(`a bug in ${method}`));
      return undefined;
    } catch (error) {
      return `${method}: ${String(error)}`;
    }
  }
}

const start = useOddRelays('file');
let place: Place;
beforeAll(async () => void (place = await Place.open()));

test.each(targets)(
  '[E9] (%s) an error in any method of %s ends one connection, with its stack in the log',
  async (_, name) => {
    const all = await place.saboteur.arm('nothing');
    const methods = all.filter(
      (method) => method.startsWith(`${name}.`) && !TIMED.test(method) && !BOUNDARY.test(method),
    );
    const faults: string[] = [];
    let met = 0;
    for (const method of methods) {
      const fault = await place.fault(method);
      if (place.saboteur.hasThrown) met++;
      if (fault === undefined) continue;
      faults.push(fault);
      place.relay.kill();
      place = await Place.open();
    }
    expect(faults).toEqual([]);
    expect(met).toBeGreaterThan(0);
  },
);

test.each(['SessionService.open', 'Connections.begin'])(
  '[E9] a message that a peer sends right after its handshake finds nothing half open when %s fails',
  async (method) => {
    await place.saboteur.arm(method);
    const peer = await RawPeer.connect(place.relay.port);
    const frames = [opcode.text, opcode.ping, opcode.pong, opcode.close].map((kind) =>
      clientFrame('', { opcode: kind }),
    );
    peer.write(upgradeRequest(), ...frames);
    await peer.rest();
    expect(place.saboteur.hasThrown).toBe(true);
    await place.play();
  },
);
