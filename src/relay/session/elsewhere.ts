/** What logins ask of the other nodes, if there are any (R29). */
import type { RelayOptions } from '../../config/relay-options.js';
import type { Claim } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import type { Seats } from '../seats/seats.js';
import type { Backbone } from './backbone.js';
import type { LoginOfHost, LoginOfPlayer } from './login.js';
import type { Session } from './session.js';

export class Elsewhere {
  constructor(
    private readonly backbone: Backbone,
    private readonly seats: Seats,
    private readonly options: RelayOptions,
  ) {}

  /** Whether another node has the host's own room. It answers at once if the relay is alone. */
  isOwner({ serverCode, asked }: LoginOfHost): boolean | Promise<boolean> {
    if (!this.backbone.isShared || asked?.key === undefined) return false;
    return this.backbone.askHolder(serverCode, { kind: 'owns', key: asked.key });
  }

  /**
   * Holds the code for the host, or says why not. It answers at once if the relay is alone.
   *
   * @param returns whether another node has its room, which ends.
   */
  claim(login: LoginOfHost, returns: boolean): Claim | Ending | Promise<Claim | Ending> {
    return this.backbone.isShared ? this.claimFromAll(login, returns) : this.backbone.claim(login.serverCode);
  }

  /** The place that the player has in the room of another node, by a connection to this one. */
  own({ serverCode, clientId, asked }: LoginOfPlayer): Player | undefined {
    return this.seats.players.own(this.backbone.visitors(serverCode, clientId), asked);
  }

  /** Seats the session in the room of another node, or says why not. */
  async join(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const { players } = this.seats;
    const own = this.own(login);
    if (own !== undefined && session.connection.isOver) return 'left';
    const same = own && players.goOn(own, session, login);
    session.hasReturned = same !== undefined;
    if (same !== undefined) return same;
    return this.backbone.join(login.serverCode, {
      wish: login,
      get isEnded() {
        return session.isEnded;
      },
      seatIn: (standIn) => players.join(standIn, session, login),
    });
  }

  private async claimFromAll({ serverCode, asked }: LoginOfHost, returns: boolean): Promise<Claim | Ending> {
    if (returns && asked?.key !== undefined) {
      await this.backbone.askHolder(serverCode, { kind: 'yield', key: asked.key, stream: asked.stream });
    }
    const answer = await this.backbone.claim(serverCode);
    if (answer !== 'code-taken' || this.options.probeHost === 0) return answer;
    const isFree = await this.backbone.askHolder(serverCode, { kind: 'probe' });
    return isFree ? this.backbone.claim(serverCode) : answer;
  }
}
