import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import { prepareFolder } from '../store/index.js';

/** Of HMAC-SHA-256: as long as its digest (RFC 2104, section 3). */
const KEY_BYTES = 32;

/**
 * The installation's secret for tags (equal values, equal tags; without the secret an 11-digit number cannot be guessed back).
 * A file of its own, because `check` must work without opening the database. Made once; 0600 in a 0700 folder.
 * @throws StoreError `OVR_DATA_DIR`, also where what is there is no whole key: under half a secret everybody could make the tags.
 */
export function tagKeyOf(dataDir: string): Uint8Array {
  const path = join(dataDir, 'tag.key');
  const known = readKey(path);
  if (known !== null) return known;
  prepareFolder(dataDir);
  const draft = join(dataDir, `.tag.${randomBytes(4).toString('hex')}.part`);
  try {
    // Under its name only when it is whole: a full disk leaves an empty file.
    writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
    place(draft, path);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(path) ?? tagKeyOf(dataDir);
}

/** Of two processes that started at once the key of the first counts. */
function place(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    // Not every file system knows a second name for a file; on those the last one counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(draft, path);
  }
}

function readKey(path: string): Uint8Array | null {
  let key: Uint8Array;
  try {
    key = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreadable(path, error);
  }
  if (key.length === KEY_BYTES) return key;
  throw new StoreError('OVR_DATA_DIR', `${path} has ${key.length} bytes: it is no key of ${KEY_BYTES}.`, {
    next: 'Delete the file; a new key is then made, under which equal values get other tags than before.',
  });
}

function unreadable(path: string, cause: unknown): StoreError {
  return new StoreError('OVR_DATA_DIR', `Cannot use ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    next: 'Give --data-dir a folder that you may write to.',
    cause,
  });
}
