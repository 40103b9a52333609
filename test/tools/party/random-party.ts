// Plays a script of a random party with real peers, and holds what comes to them against the model.
import { expect } from 'vitest';
import { silently, type Connection } from '../../harness/connection.js';
import { loginHost, loginPlayer, type Relay } from '../../harness/relay.js';
import { broadcast, playerMessage, unicast } from './forms.js';
import { GuestModel, RoomModel } from './model.js';
import { IDS, type Step, type Way } from './script.js';

type StepOf<D extends Step['do']> = Extract<Step, { do: D }>;

export class RandomParty {
  private readonly rooms = new Map<number, RoomModel>();
  private readonly names: string[];
  private readonly connections: Connection[] = [];
  private n = 0;

  constructor(private readonly relay: Relay) {
    this.names = Array.from({ length: 8 }, () => relay.code());
  }

  /** Plays the script and proves, at its end, that everybody has got everything. */
  static async play(relay: Relay, script: Step[]): Promise<void> {
    const party = new RandomParty(relay);
    try {
      for (const step of script) await party.step(step);
      await party.finish();
    } finally {
      for (const connection of party.connections) connection.dispose();
    }
  }

  private async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'open':
        return this.open(step);
      case 'join':
        return this.join(step);
      case 'say':
        return this.say(step);
      case 'tell all':
      case 'tell one':
        return this.tell(step);
      case 'stall':
        return this.stall(step);
      case 'resume':
        return this.resume(step);
      case 'go':
        return this.go(step);
      case 'end':
        return this.end(step);
    }
  }

  private async open({ code }: StepOf<'open'>): Promise<void> {
    const connection = await this.connect();
    connection.send(loginHost(this.name(code)));
    if (this.rooms.has(code)) {
      expect(await connection.closed()).toEqual(silently);
      return;
    }
    await connection.expectNothing();
    this.rooms.set(code, new RoomModel(connection, code));
  }

  private async join({ code, id }: StepOf<'join'>): Promise<void> {
    const room = this.rooms.get(code);
    const name = IDS[id] ?? '';
    // What the host said so far is not for the one who comes now (H8).
    await room?.attend();
    const connection = await this.connect();
    connection.send(loginPlayer(this.name(code), name));
    if (!room) {
      expect(await connection.closed()).toEqual(silently);
      return;
    }
    const guest = new GuestModel(connection, name);
    room.admit(guest);
    await room.read(guest);
  }

  private say({ who, form, times, binary }: StepOf<'say'>): void {
    const { guest } = this.guest(who) ?? {};
    for (let i = 0; guest && i < times; i++) {
      const { payload, arrives } = playerMessage(form, this.n++, guest.id);
      if (binary) guest.connection.sendBinary(payload);
      else guest.connection.send(payload);
      guest.stream.push(arrives);
    }
  }

  private tell(step: StepOf<'tell all' | 'tell one'>): void {
    const room = this.room(step.who);
    for (let i = 0; room && i < step.times; i++) {
      const n = this.n++;
      const id = step.do === 'tell one' ? IDS[step.id] : undefined;
      const message = step.do === 'tell one' ? unicast(step.form, n, id) : broadcast(step.form, n);
      room.host.send(message);
      for (const guest of room.guests) {
        if (step.do === 'tell all' || guest.id === id) guest.due.push(message);
      }
    }
  }

  private stall({ who, role }: StepOf<'stall'>): void {
    const peer = role === 'host' ? this.room(who)?.host : this.guest(who)?.guest.connection;
    peer?.stall();
  }

  private resume({ who }: StepOf<'resume'>): void {
    this.guest(who)?.guest.connection.resume();
  }

  private async go({ who, way }: StepOf<'go'>): Promise<void> {
    const found = this.guest(who);
    if (!found) return;
    const { room, guest } = found;
    // A peer that does not read cannot see its own end.
    guest.connection.resume();
    guest.mayLose = way === 'vanish';
    room.dismiss(guest);
    leave(guest.connection, way);
    await room.read(guest);
    const closed = await guest.connection.closed();
    if (way === 'offend') expect(closed).toEqual(silently);
    guest.expectBeginning();
  }

  private async end({ who, way }: StepOf<'end'>): Promise<void> {
    const room = this.room(who);
    if (!room) return;
    this.rooms.delete(room.code);
    for (const { connection } of room.guests) connection.resume();
    room.host.resume();
    leave(room.host, way);
    for (const guest of room.guests) {
      expect(await guest.connection.closed()).toEqual(silently);
      // What the host had sent still reached them, unless its own reset overtook it (E3).
      if (way === 'vanish') guest.expectBeginning();
      else await guest.expectAll();
    }
    await room.host.closed();
    room.readRest();
  }

  private async finish(): Promise<void> {
    for (const room of this.rooms.values()) {
      for (const { connection } of room.guests) connection.resume();
      await room.attend();
      for (const { connection } of room.guests) await connection.fence();
      await room.readAll();
      for (const guest of room.guests) {
        await guest.expectAll();
        await guest.connection.expectNothing();
      }
    }
  }

  private async connect(): Promise<Connection> {
    const connection = await this.relay.connect();
    this.connections.push(connection);
    return connection;
  }

  private name(code: number): string {
    return this.names[code] ?? '';
  }

  private room(who: number): RoomModel | undefined {
    const rooms = [...this.rooms.values()];
    return rooms[who % rooms.length];
  }

  private guest(who: number): { room: RoomModel; guest: GuestModel } | undefined {
    const all = [...this.rooms.values()].flatMap((room) => room.guests.map((guest) => ({ room, guest })));
    return all[who % all.length];
  }
}

function leave(connection: Connection, way: Way): void {
  if (way === 'close') void connection.leave();
  else if (way === 'half-close') connection.halfClose();
  else if (way === 'vanish') connection.vanish();
  else connection.send('this is not JSON');
}
