/** The backbone of a relay that is alone. */
import { type Claim, SOLE_CLAIM } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import { Backbone } from './backbone.js';

/** Answers at once: the directory of the process is the only one there is. */
export class LocalBackbone extends Backbone {
  readonly state = 'local';
  readonly isShared = false;

  claim(): Claim {
    return SOLE_CLAIM;
  }

  join(): Ending {
    return 'no-such-code';
  }

  askHolder(): Promise<boolean> {
    return Promise.resolve(false);
  }

  visitors(): readonly [] {
    return NO_VISITORS;
  }

  isOpenElsewhere(): Promise<boolean> {
    return Promise.resolve(false);
  }

  orderElsewhere(): Promise<number> {
    return Promise.resolve(0);
  }
}

const NO_VISITORS = [] as const;
