import { OverreachError, StoreError, systemCode } from '../errors.js';

const KNOWN: ReadonlyArray<readonly [pattern: RegExp, code: string, message: string, next: string]> = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    'OVR_STORE_FULL',
    'The disk is full: nothing more can be written to the database.',
    'Free disk space; writing resumes by itself, and what could not be kept is counted in the report.',
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL)/,
    'OVR_STORE_BUSY',
    'Another process holds the database.',
    'Wait until the other command has finished, then try again.',
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_FORMAT)/,
    'OVR_STORE_CORRUPT',
    'The database is damaged, or the file is no database of Overreach.',
    'Nothing was changed. Move the file away, or name another folder with --data-dir.',
  ],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    'OVR_STORE_READ_ONLY',
    'The data folder cannot be written.',
    'Give yourself the right to write there, or name another folder with --data-dir.',
  ],
  [
    /^(SQLITE_CANTOPEN|ENOENT|ENOTDIR|EEXIST)/,
    'OVR_STORE_OPEN',
    'The database cannot be opened.',
    'Check that the data folder exists and is yours, or name another folder with --data-dir.',
  ],
  [
    /^(SQLITE_IOERR|EIO)/,
    'OVR_STORE_IO',
    'The disk reports an error while the database is read or written.',
    'Check the disk and its free space; writing is tried again.',
  ],
];

/** The compiled half of better-sqlite3 is not there (installed without its scripts), or was made for another Node.js. */
function isUnbuilt(error: unknown): boolean {
  return (
    systemCode(error) === 'ERR_DLOPEN_FAILED' || (error instanceof Error && error.message.startsWith('Could not locate the bindings file'))
  );
}

/** Anything thrown below the store, as the coded error people see. Errors that already are coded pass unchanged. */
export function storeFailure(error: unknown): OverreachError {
  if (error instanceof OverreachError) return error;
  if (isUnbuilt(error))
    return new StoreError('OVR_STORE_MODULE', `The SQLite module is not built for this Node.js (${process.version}).`, {
      next: 'In the folder of Overreach run: npm rebuild better-sqlite3 --ignore-scripts=false   ("npm ci --ignore-scripts" leaves it out).',
      cause: error,
    });
  const code = systemCode(error);
  for (const [pattern, ours, message, next] of KNOWN)
    if (pattern.test(code)) return new StoreError(ours, `${message} (${code})`, { next, cause: error });
  return new StoreError('OVR_STORE', `The database refused: ${error instanceof Error ? error.message : String(error)}`, {
    next: 'This should not happen; please report it with the command you ran.',
    cause: error,
  });
}

/** True where a later attempt may succeed: full disk, busy database, failing disk. */
export function mayPass(error: OverreachError): boolean {
  return ['OVR_STORE_FULL', 'OVR_STORE_BUSY', 'OVR_STORE_IO', 'OVR_STORE_READ_ONLY', 'OVR_STORE_OPEN', 'OVR_STORE_CORRUPT'].includes(
    error.code,
  );
}

/** Runs `work`; whatever it throws becomes a coded error. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeFailure(error);
  }
}
