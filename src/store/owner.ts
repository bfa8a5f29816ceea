import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemCode } from '../errors.js';
import { guarded } from './failure.js';

const NAME = /^[0-9a-f-]{36}$/;

/**
 * How a process shows that it lives: it holds an operating system lock on a file of its own until it ends, however it ends. A
 * process number would not do, numbers are given again; a heartbeat would call a sleeping laptop dead.
 * The lock is SQLite's own (an exclusive transaction on an empty database), because Node offers none.
 */
export class Owner {
  readonly name: string;
  readonly #file: string;
  readonly #lock: Sqlite.Database;

  constructor(dir: string) {
    this.name = randomUUID();
    this.#file = lockFile(dir, this.name);
    this.#lock = guarded(() => {
      mkdirSync(join(dir, 'locks'), { recursive: true, mode: 0o700 });
      closeSync(openSync(this.#file, 'wx', 0o600));
      const lock = new Sqlite(this.#file, { timeout: 0 });
      // Nothing is ever written under the lock; without this a journal file would be left behind by a kill -9.
      lock.pragma('journal_mode = MEMORY');
      lock.exec('BEGIN EXCLUSIVE');
      return lock;
    });
  }

  release(): void {
    this.#lock.close();
    rmSync(this.#file, { force: true });
  }
}

function lockFile(dir: string, name: string): string {
  return join(dir, 'locks', `${name}.lock`);
}

/** Whether the process of that name still lives. */
export function isAlive(dir: string, name: string): boolean {
  // The name comes from the database; it must not lead out of the folder.
  if (!NAME.test(name)) return false;
  const file = lockFile(dir, name);
  if (!existsSync(file)) return false;
  return guarded(() => {
    const probe = new Sqlite(file, { timeout: 0, fileMustExist: true, readonly: true });
    try {
      // A reader's lock: two that ask at once must not take each other for the owner.
      probe.prepare('SELECT count(*) FROM sqlite_master').get();
      return false;
    } catch (error) {
      if (systemCode(error) === 'SQLITE_BUSY') return true;
      throw error;
    } finally {
      probe.close();
    }
  });
}

/** Removes what a dead process left behind. */
export function clearOwner(dir: string, name: string): void {
  if (NAME.test(name)) rmSync(lockFile(dir, name), { force: true });
}
