/** From thumb, keys or tilt to messages: as many as a frame rate, and none while nothing changes. */
import type { ToScreen } from '../shared/messages.js';

/** The part of a player that this needs. */
interface Speaker {
  sendIfOpen(message: ToScreen): boolean;
}

const SHORTEST_PAUSE_MS = 33;

export class Steering {
  readonly #player: Speaker;
  #wanted = { x: 0, y: 0 };
  #said = { x: 0, y: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saidAt = 0;

  constructor(player: Speaker) {
    this.#player = player;
    // A phone in a pocket does not drive on.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.steer(0, 0);
    });
  }

  readonly steer = (x: number, y: number): void => {
    this.#wanted = { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 };
    if (x === 0 && y === 0) this.#say();
    else this.#timer ??= setTimeout(() => this.#say(), this.#saidAt + SHORTEST_PAUSE_MS - performance.now());
  };

  /** Says again where the stick is: the screen forgets it with the connection. */
  repeat(): void {
    this.#said = { x: NaN, y: NaN };
    this.#say();
  }

  #say(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { x, y } = this.#wanted;
    if (x === this.#said.x && y === this.#said.y) return;
    this.#saidAt = performance.now();
    if (this.#player.sendIfOpen({ type: 'drive', x, y })) this.#said = { x, y };
    else this.#timer = setTimeout(() => this.#say(), SHORTEST_PAUSE_MS);
  }
}
