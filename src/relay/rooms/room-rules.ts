/** What a room does for those who come back, by the wish of its host and the options of its operator (R9, R13, R24). */

export interface RoomRules {
  /** Whether the host hears what the relay itself says. */
  readonly hasAsked: boolean;
  /** Seconds that a player whose connection is lost keeps its seat. */
  readonly grace: number;
  /** Seconds that the room waits for a host whose connection is lost. */
  readonly hold: number;
  /** Whether an id is one seat. */
  readonly unique: boolean;
}

/** Those of a host that has not asked. @param grace seconds, for players with a key (R15). */
export function plainRules(grace: number): RoomRules {
  return { hasAsked: false, grace, hold: 0, unique: false };
}
