import { type FSWatcher, statSync, watch } from 'node:fs';
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
  const begin = (folder: string): FSWatcher | null => {
    try {
      const watcher = watch(folder, { recursive: true, persistent: false }, changed);
      watcher.on('error', (error) => onError(folder, error));
      return watcher;
    } catch (error) {
      onError(folder, error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  };
  const watched = new Map([...new Set(folders)].map((folder) => [folder, { watcher: begin(folder), identity: identityOf(folder) }]));
  // A folder that is deleted takes its watcher along: what is put in its place later would be read by nobody.
  const looking = setInterval(() => {
    for (const [folder, { watcher, identity }] of watched) {
      const now = identityOf(folder);
      if (now === null || now === identity) continue;
      watcher?.close();
      watched.set(folder, { watcher: begin(folder), identity: now });
      changed();
    }
  }, limits.ruleLookMs);
  looking.unref();
  return () => {
    if (timer !== null) clearTimeout(timer);
    clearInterval(looking);
    for (const { watcher } of watched.values()) watcher?.close();
  };
}

/** Numbers of deleted folders are given out again, so the time at which it was made belongs to it; null: there is none now. */
function identityOf(folder: string): string | null {
  try {
    const { dev, ino, birthtimeMs } = statSync(folder);
    return `${dev} ${ino} ${birthtimeMs}`;
  } catch {
    return null;
  }
}
