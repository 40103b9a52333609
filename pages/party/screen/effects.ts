/** Sparks and confetti. None of it matters to the game, and none is shown to who prefers less motion. */
import { prefersLessMotion } from '../shared/page.js';

interface Particle {
  x: number;
  y: number;
  vx: number;
  vy: number;
  turn: number;
  size: number;
  /** Seconds. */
  left: number;
  readonly life: number;
  readonly colour: string;
}

const MOST = 400;
const CONFETTI = ['#ffd23f', '#ff6fb5', '#3aa0ff', '#35c46a', '#f0433a', '#f5f3ee'];

export class Effects {
  #particles: Particle[] = [];

  /** A car hit something at that speed. */
  sparks(x: number, y: number, speed: number): void {
    this.#burst(x, y, Math.min(14, Math.round(speed / 60)), 260, ['#ffd98a', '#fff3d0', '#ff9d3c']);
  }

  /** A car got the star. */
  confetti(x: number, y: number): void {
    this.#burst(x, y, 60, 420, CONFETTI);
  }

  advance(seconds: number): void {
    for (const particle of this.#particles) {
      particle.left -= seconds;
      particle.x += particle.vx * seconds;
      particle.y += particle.vy * seconds;
      particle.vx *= 1 - 2.2 * seconds;
      particle.vy *= 1 - 2.2 * seconds;
      particle.turn += 7 * seconds;
    }
    this.#particles = this.#particles.filter(({ left }) => left > 0);
  }

  draw(context: CanvasRenderingContext2D): void {
    for (const { x, y, turn, size, left, life, colour } of this.#particles) {
      context.save();
      context.globalAlpha = Math.min(1, (2 * left) / life);
      context.translate(x, y);
      context.rotate(turn);
      context.fillStyle = colour;
      context.fillRect(-size / 2, -size / 4, size, size / 2);
      context.restore();
    }
  }

  #burst(x: number, y: number, count: number, speed: number, colours: readonly string[]): void {
    if (prefersLessMotion.matches) return;
    for (let index = 0; index < count && this.#particles.length < MOST; index++) {
      const direction = Math.random() * 2 * Math.PI;
      const pace = speed * (0.2 + Math.random());
      const life = 0.5 + Math.random() * 0.7;
      this.#particles.push({
        x,
        y,
        vx: Math.cos(direction) * pace,
        vy: Math.sin(direction) * pace,
        turn: direction,
        size: 6 + Math.random() * 9,
        left: life,
        life,
        colour: colours[index % colours.length] ?? '#ffffff',
      });
    }
  }
}
