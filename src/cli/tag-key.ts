import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import { prepareFolder } from '../store/index.js';

/**
 * The installation's secret for tags (equal values, equal tags; without the secret an 11-digit number cannot be guessed back).
 * A file of its own, because `check` must work without opening the database. Made once; 0600 in a 0700 folder.
 */
export function tagKeyOf(dataDir: string): Uint8Array {
  const path = join(dataDir, 'tag.key');
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error);
  }
  const key = randomBytes(32);
  prepareFolder(dataDir);
  try {
    writeFileSync(path, key, { mode: 0o600, flag: 'wx' });
    return key;
  } catch (error) {
    // Two processes started at once: the other one's key counts.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path);
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): StoreError {
  return new StoreError('OVR_DATA_DIR', `Cannot use ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    next: 'Give --data-dir a folder that you may write to.',
    cause,
  });
}
