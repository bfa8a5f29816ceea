import { constants } from 'node:os';
import { OverreachError } from '../errors.js';

/** Ctrl-C, a supervisor's end, a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** The user gave up; nothing is left half done. The exit status is that of a process that the signal ended: 130 or 143. */
export class Cancelled extends OverreachError {
  readonly status: number;

  constructor(signal: Signal) {
    super('OVR_CANCELLED', 'Cancelled; nothing was written.', { next: 'Run the command again to start anew.' });
    this.status = statusOf(signal);
  }
}

/** 128 and the number of the signal, as shells report it. */
function statusOf(signal: Signal): number {
  return 128 + constants.signals[signal];
}

/**
 * Work that a signal ends in order. It asks now and then whether it is still wanted, with the event loop turned in between; a second
 * signal ends the process at once.
 * @throws Cancelled, and whatever the work throws.
 */
export async function untilCancelled<T>(work: (assertWanted: () => void, cancelled: Promise<never>) => Promise<T>): Promise<T> {
  let given: Signal | null = null;
  let refuse: (reason: Cancelled) => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // Work that only asks leaves the promise alone.
  cancelled.catch(() => undefined);
  const onSignal = (signal: Signal) => {
    if (given !== null) process.exit(statusOf(signal));
    given = signal;
    refuse(new Cancelled(signal));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(() => {
      if (given !== null) throw new Cancelled(given);
    }, cancelled);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
