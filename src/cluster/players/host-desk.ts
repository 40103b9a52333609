/** Answers other nodes that ask about the host of a room of this node, for a host that logs in there (R29, R39). */
import type { RoomDirectory } from '../../relay/rooms/room-directory.js';
import type { Room } from '../../relay/rooms/room.js';
import type { HostSeats } from '../../relay/seats/host-seats.js';
import type { HostQuestion } from '../../relay/session/backbone.js';
import { isFreed } from '../../relay/session/silent-host.js';

export class HostDesk {
  /**
   * @param probeHost seconds that a silent host may take to say something.
   * @param letGo resolves when other nodes find the codes free that this one has let go of.
   */
  constructor(
    private readonly rooms: RoomDirectory,
    private readonly hosts: HostSeats,
    private readonly probeHost: number,
    private readonly letGo: () => Promise<void>,
  ) {}

  async hear(serverCode: string, question: HostQuestion): Promise<boolean> {
    const room = this.rooms.find(serverCode);
    if (room === undefined) return false;
    const answer = await this.answer(room, question);
    if (answer && question.kind !== 'owns') await this.letGo();
    return answer;
  }

  /** Nothing changes for a key that is not the room's (R21). */
  private async answer(room: Room, question: HostQuestion): Promise<boolean> {
    if (question.kind === 'probe') return isFreed(room, this.rooms, this.probeHost);
    const isOwner = this.hosts.isOwner(room, question);
    if (isOwner && question.kind === 'yield') this.hosts.yield(room, question);
    return isOwner;
  }
}
