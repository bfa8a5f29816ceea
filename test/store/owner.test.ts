import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { clearOwner, isAlive, Owner } from '../../src/store/owner.js';
import { dataFolder, removeFolders } from './specimen.js';

afterEach(removeFolders);

test('a lock lives as long as its process holds it, and leaves nothing behind', () => {
  const dir = dataFolder();
  const owner = new Owner(dir);
  expect(isAlive(dir, owner.name)).toBe(true);
  expect(readdirSync(join(dir, 'locks'))).toEqual([`${owner.name}.lock`]);
  owner.release();
  expect(isAlive(dir, owner.name)).toBe(false);
  expect(readdirSync(join(dir, 'locks'))).toEqual([]);
});

test('a lock file nobody holds is a dead process', () => {
  const dir = dataFolder();
  const name = '00000000-0000-4000-8000-000000000000';
  mkdirSync(join(dir, 'locks'));
  writeFileSync(join(dir, 'locks', `${name}.lock`), '');
  expect(isAlive(dir, name)).toBe(false);
  clearOwner(dir, name);
  expect(readdirSync(join(dir, 'locks'))).toEqual([]);
});

test('incident: of two programs that asked at once whether a dead one lives, one was told that it does', () => {
  const dir = dataFolder();
  const name = '00000000-0000-4000-8000-000000000000';
  mkdirSync(join(dir, 'locks'));
  writeFileSync(join(dir, 'locks', `${name}.lock`), '');
  const other = new Sqlite(join(dir, 'locks', `${name}.lock`), { timeout: 0 });
  other.exec('BEGIN');
  other.prepare('SELECT count(*) FROM sqlite_master').get();
  expect(isAlive(dir, name), 'the other one is just asking').toBe(false);
  other.close();
});

test('a name out of a manipulated database leads nowhere', () => {
  const dir = dataFolder();
  writeFileSync(join(dir, 'victim.lock'), '');
  expect(isAlive(dir, '../victim')).toBe(false);
  clearOwner(dir, '../victim');
  expect(readdirSync(dir)).toEqual(['victim.lock']);
});
