import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../net.js';
import { feed, show } from '../state.js';

/** What was asked of the server, and how that stands. */
export interface Asked<T> {
  /** null: not there yet, refused, or nothing is to be loaded. */
  readonly answer: T | null;
  /** Why it was refused; null: it was not. */
  readonly failed: Refusal | null;
  readonly again: () => void;
}

/**
 * What the server answers to `load`, asked again when `keys` change, and after a refusal once the server is there again.
 * @param of what the answer is about: one about something else is never given for it, while an older one about the same is.
 */
export function useAsked<T>(load: (() => Promise<T>) | null, keys: readonly unknown[], of = ''): Asked<T> {
  const [known, setKnown] = useState<{ readonly of: string; readonly answer: T } | null>(null);
  const [failed, setFailed] = useState<Refusal | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    setFailed(null);
    if (load === null) {
      setKnown(null);
      return;
    }
    let wanted = true;
    load().then(
      (answer) => {
        if (wanted) setKnown({ of, answer });
      },
      (error: unknown) => {
        if (wanted) setFailed(show(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [...keys, of, round]);
  const isUp = feed.value === 'up';
  const again = () => setRound((before) => before + 1);
  useEffect(() => {
    if (isUp && failed !== null) again();
  }, [isUp]);
  return { answer: known?.of === of ? known.answer : null, failed, again };
}

/** The answer alone; a refusal is shown in the banner. */
export function useAnswer<T>(load: (() => Promise<T>) | null, keys: readonly unknown[], of = ''): T | null {
  return useAsked(load, keys, of).answer;
}
