/** Whether this node takes new rooms, and if not, why. */

/** What stands in the way: its operator has told it to drain, or what joins it to the other nodes is away. */
export type Obstacle = 'draining' | 'no-backbone';

/** Written by what knows of an obstacle, read by the login of hosts and by `/readyz`. Running rooms go on. */
export class Readiness {
  private readonly obstacles = new Set<Obstacle>();

  get isReady(): boolean {
    return this.obstacles.size === 0;
  }

  get isDraining(): boolean {
    return this.obstacles.has('draining');
  }

  /** All that stands in the way now. */
  now(): Obstacle[] {
    return [...this.obstacles];
  }

  /** Sets or clears an obstacle. Safe to call again. */
  set(obstacle: Obstacle, isThere: boolean): void {
    if (isThere) this.obstacles.add(obstacle);
    else this.obstacles.delete(obstacle);
  }
}
