import { useEffect, useState } from 'preact/hooks';
import { show } from '../state.js';

/** What the server answers to `load`, asked again when `keys` change; null until it is there, and where nothing is to be loaded. */
export function useAnswer<T>(load: (() => Promise<T>) | null, keys: readonly unknown[]): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    if (load === null) {
      setAnswer(null);
      return;
    }
    let wanted = true;
    load().then(
      (value) => {
        if (wanted) setAnswer(value);
      },
      (error: unknown) => {
        if (wanted) show(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, keys);
  return answer;
}
