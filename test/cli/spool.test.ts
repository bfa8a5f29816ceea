import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSpool } from '../../src/cli/spool.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('incident: an export that was killed left unmasked traffic beside its target; reads back what was written, as often as asked', () => {
  const spool = openSpool(join(folder, 'x.zip'));
  // A system that keeps the name of an open file keeps it in a folder of its owner's.
  if (process.platform !== 'win32') expect(readdirSync(folder)).toEqual([]);
  const text = 'spool '.repeat(300_000);
  spool.write(Buffer.from(text.slice(0, 1_000)));
  spool.write(Buffer.from(text.slice(1_000)));
  const file = spool.file('traffic.har');
  expect(file).toMatchObject({ path: 'traffic.har', size: text.length, sha256: createHash('sha256').update(text).digest('hex') });
  for (let time = 0; time < 2; time += 1) expect(Buffer.concat([...file.pieces()]).toString() === text).toBe(true);
  spool.remove();
  expect(readdirSync(folder)).toEqual([]);
  expect(() => openSpool(join(folder, 'no', 'x.zip'))).toThrow(expect.objectContaining({ code: 'OVR_OUT' }));
});
