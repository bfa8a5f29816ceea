/**
 * Danger: what is spooled may be unmasked traffic. Fences: a folder of its own beside the file that is being made, 0700, the file in
 * it 0600, both without a name as soon as they are open: a process that is killed leaves none of it. Where the system does not
 * allow that (Windows), both are gone when the work is over.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { type EvidenceFile, Seal } from '../report/evidence.js';

const PIECE = 1024 * 1024;

/** Content that is made once and read again, too large for memory. */
export interface Spool {
  write(piece: Uint8Array): void;
  /** What was written, as a file of the package. */
  file(path: string): EvidenceFile;
  remove(): void;
}

/** @param target the file in whose folder there is room. @throws UsageError `OVR_OUT`. */
export function openSpool(target: string): Spool {
  let folder: string;
  let file: number;
  try {
    folder = mkdtempSync(join(dirname(target), '.overreach-'));
    file = openSync(join(folder, 'spool'), 'wx+', 0o600);
    unname(folder);
  } catch (cause) {
    throw new UsageError('OVR_OUT', `Cannot write beside ${target}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      next: 'Choose another path.',
      cause,
    });
  }
  const seal = new Seal();
  return {
    write(piece) {
      seal.update(piece);
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
    },
    file(path) {
      const sums = seal.close();
      return { path, ...sums, pieces: () => piecesOf(file, sums.size) };
    },
    remove() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A file that is open lives on without its name. */
function unname(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Tried again when it is closed.
  }
}

function* piecesOf(file: number, size: number): Generator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, size - at));
    const read = readSync(file, piece, 0, piece.length, at);
    if (read === 0) return;
    at += read;
    yield piece.subarray(0, read);
  }
}
