import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zip } from '../../src/report/zip.js';
import { lacking } from '../lacking.js';

const entries = [
  { path: 'a.txt', bytes: new TextEncoder().encode('hello') },
  { path: '目录/空.txt', bytes: new Uint8Array(0) },
];

test('has the records of the format where they belong', () => {
  const bytes = Buffer.from(zip(entries));
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  expect(bytes.readUInt16LE(end + 10)).toBe(2);
  const directory = bytes.readUInt32LE(end + 16);
  expect(bytes.readUInt32LE(directory)).toBe(0x02014b50);
  expect(directory + bytes.readUInt32LE(end + 12)).toBe(end);
  expect(zip([]).length).toBe(22);
});

function python(): boolean {
  try {
    execFileSync('python3', ['-c', 'import zipfile'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(lacking(python(), 'python3'))('another implementation reads it and finds the checksums right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'overreach-zip-'));
  try {
    const file = join(folder, 'x.zip');
    writeFileSync(file, zip(entries));
    const script =
      'import sys,zipfile,json; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps([[i.filename, z.read(i).decode()] for i in z.infolist()]))';
    expect(JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }))).toEqual([
      ['a.txt', 'hello'],
      ['目录/空.txt', ''],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
