import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { DIRECTORY } from '../../src/report/evidence-archive.js';
import { zip } from '../../src/report/zip.js';
import { unpacked } from './packed.js';

const text = (content: string) => new TextEncoder().encode(content);
const entries = [
  { path: 'a.txt', bytes: text('alpha') },
  { path: '目录/b.txt', bytes: text('') },
  { path: 'c.txt', bytes: text('gamma'.repeat(100)) },
];
const archive = zip(entries);

function flipped(at: number): Uint8Array {
  const copy = Uint8Array.from(archive);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('reads back what was written, byte for byte', () => {
  const read = unpacked(archive);
  expect(read.broken).toBeNull();
  expect(read.entries.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual(
    entries.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  );
});

test('no byte can be changed, added or taken off without being seen', () => {
  for (let at = 0; at < archive.length; at += 1) expect(unpacked(flipped(at)).broken, `byte ${at}`).not.toBeNull();
  expect(unpacked(archive.subarray(0, -1)).broken).toBe(DIRECTORY);
  expect(unpacked(Uint8Array.from([...archive, 0])).broken).not.toBeNull();
});

test('the entry or the directory is named', () => {
  expect(unpacked(flipped(12)).broken).toBe('a.txt');
  expect(unpacked(flipped(archive.length - 3)).broken).toBe(DIRECTORY);
});

test('sizes that point beyond the end, other methods, and endless entries are refused, not followed', () => {
  const far = Uint8Array.from(archive);
  far.set([0xff, 0xff, 0xff, 0x7f], 18);
  expect(unpacked(far).entries).toEqual([]);
  const deflated = Uint8Array.from(archive);
  deflated[8] = 8;
  expect(unpacked(deflated).entries).toEqual([]);
  expect(unpacked(new Uint8Array(0)).entries).toEqual([]);
  const many = zip(Array.from({ length: limits.evidenceFiles + 5 }, (_, index) => ({ path: `${index}`, bytes: new Uint8Array(0) })));
  expect(unpacked(many).entries).toHaveLength(limits.evidenceFiles);
  expect(unpacked(many).broken).not.toBeNull();
});
