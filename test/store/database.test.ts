import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { StoreError } from '../../src/errors.js';
import { forceToDisk, openDatabase } from '../../src/store/database.js';
import { openStore } from '../../src/store/store.js';
import { lacking } from '../lacking.js';
import { dataFolder, exchange, RULES, removeFolders, row, session } from './specimen.js';

afterEach(removeFolders);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `no code: ${String(error)}`;
  }
  return 'nothing thrown';
}

function filled(): { dir: string; file: string } {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session(), RULES);
  const writer = store.writer('s1');
  for (let seq = 0; seq < 200; seq++) writer.exchange(exchange(seq), row(exchange(seq)));
  writer.flush();
  store.close();
  return { dir, file: join(dir, 'overreach.sqlite') };
}

test('a database of a newer version is refused and stays as it was, bit for bit', () => {
  const { dir, file } = filled();
  const newer = new Sqlite(file);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(file);
  for (const readOnly of [false, true]) expect(codeOf(() => openDatabase(dir, readOnly))).toBe('OVR_STORE_NEWER');
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('something else under that name is refused and stays as it was', () => {
  const dir = dataFolder();
  const file = join(dir, 'overreach.sqlite');
  writeFileSync(file, 'holiday pictures\n'.repeat(100), { mode: 0o600 });
  const before = readFileSync(file);
  expect(codeOf(() => openDatabase(dir, false))).toBe('OVR_STORE_CORRUPT');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a cut or damaged database is a coded error, not a crash', () => {
  const cut = filled();
  truncateSync(cut.file, 20_000);
  expect(codeOf(() => [...openStore({ dir: cut.dir }).exchanges('s1')])).toBe('OVR_STORE_CORRUPT');

  const damaged = filled();
  const bytes = readFileSync(damaged.file);
  for (let at = 4_096; at < bytes.length; at += 7) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(damaged.file, bytes);
  expect(codeOf(() => [...openStore({ dir: damaged.dir }).exchanges('s1')])).toMatch(/^OVR_STORE/);
});

test('nothing recorded, no folder, a file in its place', () => {
  const dir = dataFolder();
  expect(codeOf(() => openDatabase(dir, true))).toBe('OVR_STORE_MISSING');
  const file = join(dir, 'file');
  writeFileSync(file, '');
  expect(codeOf(() => openDatabase(file, false))).toBe('OVR_STORE_OPEN');
  expect(codeOf(() => openDatabase(join(file, 'below'), false))).toBe('OVR_DATA_DIR');
});

test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))(
  'a folder or file others can read is refused, with the command that mends it',
  () => {
    const { dir, file } = filled();
    chmodSync(dir, 0o755);
    expect(() => openDatabase(dir, false)).toThrow(/other users/);
    expect(codeOf(() => openDatabase(dir, false))).toBe('OVR_STORE_RIGHTS');
    chmodSync(dir, 0o700);
    chmodSync(file, 0o644);
    expect(codeOf(() => openDatabase(dir, false))).toBe('OVR_STORE_RIGHTS');
    chmodSync(file, 0o600);
    openDatabase(dir, false).close();
    // Empty and made by mkdir: nothing to give away, so it is simply closed.
    const empty = join(dataFolder(), 'empty');
    mkdirSync(empty, { mode: 0o755 });
    openDatabase(empty, false).close();
  },
);

test('two processes that make the database together both get the same one', () => {
  const dir = dataFolder();
  const link = join(dataFolder(), 'link');
  symlinkSync(dir, link);
  const [a, b] = [openDatabase(dir, false), openDatabase(link, false)];
  a.exec(`insert into setting values ('a', 'b')`);
  expect(b.prepare('select value from setting').pluck().get()).toBe('b');
  a.close();
  b.close();
});

function python(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// Not with better-sqlite3: since 3.51 SQLite itself notices that a neighbour lost its locks; the SQLite of most other programs is older.
test.skipIf(lacking(python(), 'python3'))(
  'incident: a look into the database with another program deleted the log that a running session was writing',
  () => {
    const { dir, file } = filled();
    const writing = openDatabase(dir, false);
    writing.exec(`insert into setting values ('first', '1')`);
    // As the threads for search, reports and judging do, in the same process.
    openDatabase(dir, true).close();
    openDatabase(dir, false).close();
    const look = `import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(database.execute('select count(*) from setting').fetchone()[0])
database.close()`;
    const settings = () => execFileSync('python3', ['-c', look, file], { encoding: 'utf8' }).trim();
    expect(settings()).toBe('1');
    expect(existsSync(`${file}-wal`)).toBe(true);
    writing.exec(`insert into setting values ('second', '2')`);
    expect(settings()).toBe('2');
    writing.close();
  },
);

test('of a database that is in use or was left by a kill its version is known all the same', () => {
  const { dir, file } = filled();
  const newer = new Sqlite(file);
  newer.pragma('user_version = 99');
  expect(existsSync(`${file}-shm`)).toBe(true);
  for (const readOnly of [false, true]) expect(codeOf(() => openDatabase(dir, readOnly))).toBe('OVR_STORE_NEWER');
  newer.pragma('application_id = 7');
  expect(codeOf(() => openDatabase(dir, true))).toBe('OVR_STORE_CORRUPT');
  newer.close();
});

test('what is opened is set up to keep its promises', () => {
  const database = openDatabase(dataFolder(), false);
  const pragma = (name: string) => database.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('secure_delete')).toBe(1);
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('trusted_schema')).toBe(0);
  expect(pragma('temp_store')).toBe(2);
  expect(pragma('busy_timeout')).toBe(5_000);
  database.close();
});

test('incident: a session ended on a full disk, and the end was refused because the log could not be moved', () => {
  const refusing = (code: string) => ({
    pragma: () => {
      throw Object.assign(new Error('refused'), { code });
    },
  });
  expect(() => forceToDisk(refusing('SQLITE_FULL'))).not.toThrow();
  expect(() => forceToDisk(refusing('SQLITE_MISUSE'))).toThrow(StoreError);
});
