import { type FSWatcher, watch } from 'node:fs';
import { limits } from '../limits.js';

/**
 * Tells when rule files below these folders have changed and then been left alone for `limits.ruleSettleMs`: an editor writes a
 * file in several steps, and half a file is no rule.
 * @param onError told when a folder cannot be watched (any more); the others still are, and "overreach rules reload" always works.
 * @returns stops watching.
 */
export function watchRules(folders: readonly string[], onChange: () => void, onError: (folder: string, error: Error) => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  const changed = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(onChange, limits.ruleSettleMs);
    timer.unref();
  };
  const watchers = folders.flatMap((folder): FSWatcher[] => {
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, changed);
      watcher.on('error', (error) => onError(folder, error));
      return [watcher];
    } catch (error) {
      onError(folder, error instanceof Error ? error : new Error(String(error)));
      return [];
    }
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
