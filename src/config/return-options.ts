/** What the relay keeps for those who come back (chapter R of SPEC.md). */
import { LimitOptions } from './limit-options.js';
import { integer } from './option-types.js';
import { Option } from './option.decorator.js';

const group = 'Returning';

const seconds = (zero: string) => integer({ min: 1, max: 3600, unit: 'seconds', zero });

export class ReturnOptions extends LimitOptions {
  @Option({
    group,
    type: seconds('no seats'),
    help: 'The longest that a player whose connection is lost may keep its seat, if its host asks for it.',
  })
  readonly maxGrace: number = 120;

  @Option({
    group,
    type: seconds('no held rooms'),
    help: 'The longest that a room may wait for a host whose connection is lost, if its host asks for it.',
  })
  readonly maxHold: number = 120;

  @Option({
    group,
    type: seconds('off'),
    help: 'How long a player that brings a key keeps its seat in the room of a host that does not ask for seats.',
  })
  readonly grace: number = 0;

  @Option({
    group,
    type: integer({ min: 1, max: 60, unit: 'seconds', zero: 'off' }),
    help: 'When a host logs in with a code that is taken, the relay pings a holder that has missed a ping, and ends it if it stays silent for this long. A game that stands still while it loads would be ended too.',
  })
  readonly probeHost: number = 0;
}
