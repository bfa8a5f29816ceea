import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeOut, writeStream } from '../../src/cli/output-file.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

test('a file has its content and its rights, and nothing lies beside it', () => {
  writeOut(at('a.txt'), '一', 0o600);
  expect(readFileSync(at('a.txt'), 'utf8')).toBe('一');
  expect(statSync(at('a.txt')).mode & 0o777).toBe(0o600);
  writeFileSync(at('b.txt'), 'old');
  chmodSync(at('b.txt'), 0o640);
  writeOut(at('b.txt'), 'new', 0o644);
  expect(statSync(at('b.txt')).mode & 0o777).toBe(0o640);
  chmodSync(at('b.txt'), 0o644);
  writeOut(at('b.txt'), 'secret', 0o600);
  expect(statSync(at('b.txt')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt']);
});

test('a link keeps pointing where it did, and a device is written to, not replaced', () => {
  symlinkSync(at('a.txt'), at('link'));
  writeOut(at('link'), 'through', 0o644);
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('a.txt'), 'utf8')).toBe('through');
  writeOut('/dev/null', 'x', 0o644);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('what fails halfway leaves what was there before', async () => {
  function* pieces(): Generator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('no more');
  }
  await expect(writeStream(at('b.txt'), pieces(), 0o644)).rejects.toThrow('no more');
  expect(readFileSync(at('b.txt'), 'utf8')).toBe('secret');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  await expect(writeStream(join(folder, 'no', 'x'), [], 0o644)).rejects.toMatchObject({ code: 'OVR_OUT' });
  expect(() => writeOut(join(folder, 'no', 'x'), '', 0o644)).toThrow(/no/);
  expect(await writeStream(at('c'), [Buffer.from('ab'), Buffer.from('c')], 0o644)).toBe(3);
});

test('a signal halfway ends it in order', async () => {
  function* endless(): Generator<Uint8Array> {
    process.emit('SIGTERM', 'SIGTERM');
    for (;;) yield Buffer.alloc(1024 * 1024);
  }
  await expect(writeStream(at('d'), endless(), 0o644)).rejects.toMatchObject({ code: 'OVR_CANCELLED', status: 143 });
  expect(readdirSync(folder).filter((name) => /^\.?d/.test(name))).toEqual([]);
});
