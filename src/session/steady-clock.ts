import { limits } from '../limits.js';

/**
 * A clock for everything that is put in an order: milliseconds since the epoch that never go back. Where the system's clock is set back while
 * a session runs, it goes on from where it was, ahead by that much: otherwise a request would stand before the mark of the scene in
 * which it was sent, and an app would be said to have sent it before consent.
 * @param system the clock that people set.
 * @param setBack told how far ahead of it this one is, in milliseconds, where that grew by a minute or more: what is stamped is that much too late.
 */
export function steadyClock(system: () => number = Date.now, setBack: (ahead: number) => void = () => {}): () => number {
  let last = system();
  let ahead = 0;
  let told = 0;
  return () => {
    const now = system();
    ahead = Math.max(ahead, last - now);
    last = now + ahead;
    if (ahead - told >= limits.clockStepMs) {
      told = ahead;
      setBack(ahead);
    }
    return last;
  };
}
