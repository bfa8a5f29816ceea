import type { TapOpen } from '../model/tap.js';
import type { Budget } from './budget.js';
import type { Emit } from './event.js';
import type { Raw } from './raw.js';

/** What every reader of one connection shares. */
export interface Outlet {
  readonly open: TapOpen;
  readonly emit: Emit;
  readonly raw: Raw;
  readonly budget: Budget;
  /** The number of the next stream. */
  next(): number;
}
