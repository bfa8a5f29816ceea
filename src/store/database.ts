import { existsSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { StoreError } from '../errors.js';
import { limits } from '../limits.js';
import { APPLICATION_ID, existingDatabase, type Header, prepareDirectory, readHeader } from './directory.js';
import { guarded, mayPass, storeFailure } from './failure.js';
import { MIGRATIONS } from './migrations.js';

export type Database = Sqlite.Database;

/** What the sixteenth release must not do to the seventeenth's data: open, change, or lose it. */
function refuseNewer(version: number): void {
  if (version <= MIGRATIONS.length) return;
  throw new StoreError(
    'OVR_STORE_NEWER',
    `The database was written by a newer Overreach (layout ${version}; this one knows ${MIGRATIONS.length}).`,
    { next: 'Nothing was changed. Use the newer Overreach, or name another folder with --data-dir.' },
  );
}

/**
 * What is known of the file before it is opened for good. POSIX drops every lock of a process on a file as soon as that process closes
 * any handle of it (SQLite, "How To Corrupt", 2.2): a look at the bytes of a database that another thread has open would take that
 * thread's locks away, and the next program to close it would delete the log that is still being written. SQLite knows of its own
 * handles; a database that nobody has open has no -shm, unless its process was killed.
 */
function headerOf(file: string): Header {
  if (!existsSync(`${file}-shm`)) return readHeader(file);
  return guarded(() => {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: limits.storeBusyMs });
    try {
      const applicationId = Number(database.pragma('application_id', { simple: true }));
      return { empty: false, sqlite: true, userVersion: versionOf(database), applicationId };
    } finally {
      database.close();
    }
  });
}

function refuseForeign(file: string): void {
  const header = headerOf(file);
  if (header.empty) return;
  // A database whose first transaction is still in its WAL has a header without our id; SQLite itself reads that one below.
  if (!header.sqlite || (header.applicationId !== APPLICATION_ID && header.applicationId !== 0))
    throw new StoreError('OVR_STORE_CORRUPT', `${file} is not a database of Overreach, or its beginning is damaged.`, {
      next: 'Nothing was changed. Move the file away, or name another folder with --data-dir.',
    });
  refuseNewer(header.userVersion);
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/**
 * Brings the layout up to date in one transaction, so that a crash leaves either the old layout or the new one. Two processes that
 * start together take turns: the second finds the work done.
 */
function migrate(database: Database, migrations: readonly string[]): void {
  if (versionOf(database) === migrations.length) return;
  database
    .transaction(() => {
      const version = versionOf(database);
      refuseNewer(version);
      for (const migration of migrations.slice(version)) database.exec(migration);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
  // So that the file's own header tells the version, and readHeader() can refuse without opening.
  database.pragma('wal_checkpoint(TRUNCATE)');
}

/**
 * Opens (and where allowed makes) the database of a data folder.
 * @throws StoreError `OVR_STORE_NEWER`, `OVR_STORE_CORRUPT`, `OVR_STORE_MISSING` and those of `prepareDirectory`; the file is
 * untouched in every such case.
 */
export function openDatabase(dir: string, readOnly: boolean): Database {
  const file = readOnly ? existingDatabase(dir) : prepareDirectory(dir);
  refuseForeign(file);
  return guarded(() => {
    const database = new Sqlite(file, { readonly: readOnly, fileMustExist: true, timeout: limits.storeBusyMs });
    try {
      refuseNewer(versionOf(database));
      database.pragma('trusted_schema = OFF');
      database.pragma('cell_size_check = ON');
      // Sorting and statement journals would otherwise put captured values into the system's temporary folder.
      database.pragma('temp_store = MEMORY');
      if (readOnly) {
        if (versionOf(database) < MIGRATIONS.length)
          throw new StoreError('OVR_STORE_OLDER', 'The database was written by an older Overreach and has to be brought up to date.', {
            next: 'Run any command that writes, for example "overreach start", once.',
          });
        return database;
      }
      database.pragma('journal_mode = WAL');
      // In WAL mode NORMAL keeps every committed transaction through a kill -9; only a power cut may undo the last ones.
      database.pragma('synchronous = NORMAL');
      database.pragma('foreign_keys = ON');
      database.pragma('secure_delete = ON');
      // 16 MiB of WAL between checkpoints: at the default of 4 the writer spends its time copying pages back.
      database.pragma('wal_autocheckpoint = 4000');
      database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
      migrate(database, MIGRATIONS);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * @returns throws StoreError `OVR_STORE_GONE` where another file, or none, stands in the place of the one that is open, or of its log: what is written lies
 * there until a checkpoint. The log comes with the first reading and stays while anybody has it open.
 */
export function fileOf({ name }: Pick<Database, 'name'>): () => void {
  const opened = identity(name);
  const log = `${name}-wal`;
  let openedLog = identity(log);
  return () => {
    const nowLog = identity(log);
    openedLog ??= nowLog;
    if (identity(name) === opened && nowLog === openedLog) return;
    throw new StoreError('OVR_STORE_GONE', `${name} was removed or replaced while it was in use: what is recorded is no longer kept.`, {
      next: 'Put the data folder back as it was, and recording goes on; otherwise start again and do the test again.',
    });
  };
}

/** Null where there is none; a file that was moved away and back is the same. */
function identity(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`;
}

/**
 * What a tester was told is over survives a power cut, too: a checkpoint forces the log and the database to the disk. On a full disk the
 * database cannot grow by what is in the log; there it is committed all the same, and the next checkpoint finds it.
 * @throws StoreError where no later attempt can do better.
 */
export function forceToDisk(database: Pick<Database, 'pragma'>): void {
  try {
    database.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    const failure = storeFailure(error);
    if (!mayPass(failure)) throw failure;
  }
}
