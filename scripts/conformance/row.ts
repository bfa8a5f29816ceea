import type { Stage } from './stage.js';

/** One behaviour. `run` is the same code on every route; what it returns is what client and origin saw. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly run: (stage: Stage) => Promise<unknown>;
  /** Why this row may differ. Only what no interceptor, or no RFC-abiding proxy, could do otherwise. */
  readonly documented?: string;
}
