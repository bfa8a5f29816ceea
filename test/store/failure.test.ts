import { expect, test } from 'vitest';
import { StoreError, UsageError } from '../../src/errors.js';
import { guarded, mayPass, storeFailure } from '../../src/store/failure.js';

const coded = (code: string) => Object.assign(new Error('x'), { code });

test.each([
  ['SQLITE_FULL', 'OVR_STORE_FULL', true],
  ['ENOSPC', 'OVR_STORE_FULL', true],
  ['SQLITE_BUSY_SNAPSHOT', 'OVR_STORE_BUSY', true],
  ['SQLITE_CORRUPT_VTAB', 'OVR_STORE_CORRUPT', true],
  ['SQLITE_NOTADB', 'OVR_STORE_CORRUPT', true],
  ['SQLITE_READONLY_DIRECTORY', 'OVR_STORE_READ_ONLY', true],
  ['EROFS', 'OVR_STORE_READ_ONLY', true],
  ['SQLITE_CANTOPEN', 'OVR_STORE_OPEN', true],
  ['SQLITE_IOERR_FSYNC', 'OVR_STORE_IO', true],
  ['SQLITE_CONSTRAINT_DATATYPE', 'OVR_STORE', false],
])('%s becomes %s', (code, ours, passes) => {
  const error = storeFailure(coded(code));
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ code: ours, cause: { code } });
  expect(error.next).not.toBe('');
  expect(mayPass(error)).toBe(passes);
});

test('incident: a module that npm had not built was told as a bug, under twelve lines of paths', () => {
  const missing = new Error('Could not locate the bindings file. Tried:\n → /a\n → /b');
  for (const error of [missing, coded('ERR_DLOPEN_FAILED')]) {
    expect(storeFailure(error)).toMatchObject({ code: 'OVR_STORE_MODULE', next: expect.stringContaining('npm rebuild better-sqlite3') });
    expect(storeFailure(error).message).not.toContain('\n');
  }
});

test('coded errors pass unchanged, anything else is wrapped', () => {
  const ours = new UsageError('OVR_X', 'x', { next: 'y' });
  expect(storeFailure(ours)).toBe(ours);
  expect(storeFailure('text')).toMatchObject({ code: 'OVR_STORE', message: expect.stringContaining('text') });
  expect(() =>
    guarded(() => {
      throw coded('SQLITE_FULL');
    }),
  ).toThrow(StoreError);
  expect(guarded(() => 7)).toBe(7);
});
