import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { existingDatabase, prepareDirectory, readHeader } from '../../src/store/directory.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { lacking } from '../lacking.js';
import { dataFolder, removeFolders } from './specimen.js';

afterEach(removeFolders);

test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))(
  'makes folder and file for the owner alone, parents included',
  () => {
    const dir = join(dataFolder(), 'a', 'b');
    const file = prepareDirectory(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(prepareDirectory(dir)).toBe(file);
  },
);

test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))(
  'an empty open folder is closed, a used one is refused',
  () => {
    const dir = join(dataFolder(), 'open');
    mkdirSync(dir, { mode: 0o777 });
    prepareDirectory(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    const used = join(dataFolder(), 'used');
    mkdirSync(used, { mode: 0o755 });
    writeFileSync(join(used, 'something'), '');
    expect(() => prepareDirectory(used)).toThrow(/read by other users/);
    expect(statSync(used).mode & 0o777).toBe(0o755);
  },
);

test.skipIf(lacking(process.platform === 'linux', '/proc'))(
  'a parent that takes no folders is an error, where Node would turn round for ever (/proc)',
  () => {
    expect(() => prepareDirectory('/proc/overreach/data')).toThrow(expect.objectContaining({ code: 'OVR_DATA_DIR' }));
  },
);

test('reading makes nothing', () => {
  const dir = dataFolder();
  expect(() => existingDatabase(dir)).toThrow(/no recorded session/);
});

test('the header tells what a file is without opening it', () => {
  const dir = dataFolder();
  const file = prepareDirectory(dir);
  expect(readHeader(file)).toMatchObject({ empty: true, sqlite: false });
  openDatabase(dir, false).close();
  expect(readHeader(file)).toMatchObject({ empty: false, sqlite: true, userVersion: MIGRATIONS.length, applicationId: 0x4f565243 });
  const other = join(dir, 'other');
  writeFileSync(other, 'SQLite format 3\0 but short');
  expect(readHeader(other).sqlite).toBe(false);
});
