import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fchmodSync, lstatSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import { untilCancelled } from './cancellation.js';

/** Rights of a new file: for everybody to read, or for its owner only. */
export type Rights = 0o600 | 0o644;

/** How much is written between two looks at whether the user has given up. */
const TURN = 8 * 1024 * 1024;

/** A file that is being written under another name; it gets its own when it is whole. */
interface Draft {
  write(piece: Uint8Array): void;
  /** @returns bytes written. */
  keep(): number;
  discard(): void;
}

/**
 * Writes a file so that nobody ever sees half of it.
 * @throws UsageError `OVR_OUT` naming the path.
 */
export function writeOut(path: string, content: string | Uint8Array, rights: Rights): void {
  writePieces(path, [content], rights);
}

/** The same from pieces, made one at a time. @throws UsageError `OVR_OUT` naming the path; whatever the pieces throw. */
export function writePieces(path: string, pieces: Iterable<string | Uint8Array>, rights: Rights): void {
  const draft = openDraft(path, rights);
  try {
    for (const piece of pieces) draft.write(typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece);
    draft.keep();
  } catch (cause) {
    draft.discard();
    throw unwritable(path, cause);
  }
}

/**
 * The same for what is too large for memory. Ctrl-C leaves the file that was there before, or none.
 * @returns bytes written. @throws UsageError `OVR_OUT`; `Cancelled`.
 */
export function writeStream(path: string, pieces: Iterable<Uint8Array>, rights: Rights): Promise<number> {
  return untilCancelled(async (assertWanted) => {
    const draft = openDraft(path, rights);
    try {
      let since = 0;
      for (const piece of pieces) {
        draft.write(piece);
        since += piece.length;
        if (since < TURN) continue;
        since = 0;
        await turn();
        assertWanted();
      }
      return draft.keep();
    } catch (cause) {
      draft.discard();
      throw unwritable(path, cause);
    }
  });
}

function openDraft(path: string, rights: Rights): Draft {
  try {
    // A pipe or a device has no half that could be seen, and must not be replaced by a file.
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) return drafted(openSync(path, 'w'), null, path);
    const target = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && there !== undefined ? realpathSync(path) : path;
    const name = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
    const file = openSync(name, 'wx', rights);
    if (rights === 0o600) fchmodSync(file, rights);
    else if (there !== undefined) chmodSync(name, there.mode & 0o777);
    return drafted(file, name, target);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function drafted(file: number, name: string | null, target: string): Draft {
  let size = 0;
  return {
    write(piece) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
      size += piece.length;
    },
    keep() {
      closeSync(file);
      if (name !== null) renameSync(name, target);
      return size;
    },
    discard() {
      try {
        closeSync(file);
      } catch {
        // Closed by `keep` already, which then failed to rename.
      }
      if (name !== null) rmSync(name, { force: true });
    },
  };
}

function unwritable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'syscall' in cause)) return cause;
  return new UsageError('OVR_OUT', `Cannot write ${path}: ${cause.message}`, { next: 'Choose another path.', cause });
}
