import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tagKeyOf } from '../../src/cli/tag-key.js';
import { lacking } from '../lacking.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overreach-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('made once, kept, readable by its owner only', () => {
  const dir = join(folder, 'data');
  const key = tagKeyOf(dir);
  expect(key).toHaveLength(32);
  expect(Buffer.from(tagKeyOf(dir))).toEqual(Buffer.from(key));
  expect(statSync(join(dir, 'tag.key')).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dir)).toEqual(['tag.key']);
});

test('incident: a full disk left an empty key behind, under which anybody could have counted values back from their tags', () => {
  for (const bytes of [0, 31]) {
    writeFileSync(join(folder, 'tag.key'), Buffer.alloc(bytes), { mode: 0o600 });
    expect(() => tagKeyOf(folder)).toThrow(expect.objectContaining({ code: 'OVR_DATA_DIR', next: expect.stringContaining('Delete') }));
  }
  rmSync(join(folder, 'tag.key'));
  expect(tagKeyOf(folder)).toHaveLength(32);
});

test('a data folder that cannot be used is a coded error with a next step', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => tagKeyOf(join(folder, 'file', 'below'))).toThrow(
    expect.objectContaining({ code: 'OVR_DATA_DIR', message: expect.stringContaining('below') }),
  );
});

test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))(
  'a folder in use for something else keeps its rights and is refused: --data-dir /tmp once closed it',
  () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'something'), '');
    expect(() => tagKeyOf(folder)).toThrow(expect.objectContaining({ code: 'OVR_STORE_RIGHTS' }));
    expect(statSync(folder).mode & 0o777).toBe(0o755);
  },
);
