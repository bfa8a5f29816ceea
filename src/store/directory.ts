/**
 * Danger: the data folder holds captured personal data and the CA's key. Fences: folder 0700, database 0600 from the moment it
 * exists (SQLite gives -wal and -shm the rights of the database), and a folder that others can enter is refused, never repaired
 * behind the owner's back.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError, systemCode } from '../errors.js';
import { guarded } from './failure.js';

const DATABASE_FILE = 'overreach.sqlite';
/** `PRAGMA application_id`: "OVRC". */
export const APPLICATION_ID = 0x4f565243;

const POSIX = process.platform !== 'win32';

function refuseOpenRights(path: string, stat: Stats, mode: string): void {
  if (!POSIX || (stat.mode & 0o077) === 0) return;
  throw new StoreError('OVR_STORE_RIGHTS', `${path} can be read by other users of this machine.`, {
    next: `It holds captured personal data. Run: chmod ${mode} ${path}`,
  });
}

/**
 * Makes the data folder, or checks the one that is there. One that was in use for something else keeps its rights, and is refused.
 * @throws StoreError `OVR_DATA_DIR` where it cannot be made; `OVR_STORE_RIGHTS`, `OVR_STORE_OWNER`, `OVR_STORE_OPEN`, `OVR_STORE_READ_ONLY`.
 */
export function prepareFolder(dir: string): void {
  guarded(() => {
    const fresh = !existsSync(dir);
    if (fresh)
      try {
        makeFolder(dir);
      } catch (cause) {
        throw new StoreError('OVR_DATA_DIR', `Cannot make the folder ${dir}: ${cause instanceof Error ? cause.message : String(cause)}`, {
          next: 'Give --data-dir a folder that you may write to.',
          cause,
        });
      }
    const stat = statSync(dir);
    if (!stat.isDirectory())
      throw new StoreError('OVR_STORE_OPEN', `${dir} is not a folder.`, { next: 'Name another folder with --data-dir.' });
    checkOwner(dir, stat);
    // A folder nobody has used yet gives nothing away: it is taken as it is and closed.
    if (POSIX && (fresh || ((stat.mode & 0o077) !== 0 && readdirSync(dir).length === 0))) chmodSync(dir, 0o700);
    refuseOpenRights(dir, statSync(dir), '700');
  });
}

/**
 * The data folder with a database in it.
 * @returns the path of the database.
 * @throws StoreError as `prepareFolder`, and where the database is open to others.
 */
export function prepareDirectory(dir: string): string {
  prepareFolder(dir);
  return guarded(() => {
    const file = join(dir, DATABASE_FILE);
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    refuseOpenRights(file, statSync(file), '600');
    return file;
  });
}

/**
 * A folder with its parents, 0700, unless it is there. Level by level: Node's own recursive form turns round for ever where a parent is
 * there and still answers ENOENT, as /proc does.
 * @throws the file system's own error.
 */
export function makeFolder(dir: string): void {
  const parent = dirname(dir);
  if (parent !== dir && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Two processes started at once: the other one's folder counts.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** The superuser may read everything anyway (containers with a mounted folder); anyone else must own what they fill. */
function checkOwner(dir: string, stat: Stats): void {
  const user = process.getuid?.();
  if (user === undefined || user === 0 || stat.uid === user) return;
  throw new StoreError('OVR_STORE_OWNER', `${dir} belongs to another user.`, { next: 'Name a folder of your own with --data-dir.' });
}

/**
 * The path of an existing database, for reading.
 * @throws StoreError `OVR_STORE_MISSING` where nothing was ever recorded.
 */
export function existingDatabase(dir: string): string {
  const file = join(dir, DATABASE_FILE);
  if (existsSync(file)) return file;
  throw new StoreError('OVR_STORE_MISSING', `There is no recorded session in ${dir}.`, {
    next: 'Record one with "overreach start", or name the right folder with --data-dir.',
  });
}

/** What the first 100 bytes say (SQLite file format, section 1.3), read without opening the database and so without touching it. */
export interface Header {
  readonly empty: boolean;
  readonly sqlite: boolean;
  readonly userVersion: number;
  readonly applicationId: number;
}

/** @throws StoreError when the file cannot be read. */
export function readHeader(file: string): Header {
  return guarded(() => {
    const bytes = Buffer.alloc(100);
    const handle = openSync(file, 'r');
    try {
      const length = readSync(handle, bytes, 0, 100, 0);
      return {
        empty: length === 0,
        sqlite: length === 100 && bytes.toString('latin1', 0, 16) === 'SQLite format 3\0',
        userVersion: bytes.readUInt32BE(60),
        applicationId: bytes.readUInt32BE(68),
      };
    } finally {
      closeSync(handle);
    }
  });
}
