import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNote, leaveNote } from '../../src/cli/running.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overreach-running-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a running session is found until its note is taken away', () => {
  expect(() => findNote(folder, undefined)).toThrow(/No session is running/);
  const away = leaveNote(folder, { session: 'abc', pid: process.pid, ui: 'http://127.0.0.1:1/?token=x' });
  expect(findNote(folder, undefined).session).toBe('abc');
  expect(statSync(join(folder, 'running', 'abc.json')).mode & 0o777).toBe(0o600);
  leaveNote(folder, { session: 'abd', pid: process.pid, ui: 'http://127.0.0.1:2/' });
  expect(() => findNote(folder, undefined)).toThrow(/2 sessions/);
  expect(findNote(folder, 'abd').session).toBe('abd');
  away();
  expect(findNote(folder, undefined).session).toBe('abd');
});

test('the note of a dead process does not count', () => {
  leaveNote(folder, { session: 'dead', pid: 2 ** 22 - 3, ui: 'http://127.0.0.1:1/' });
  expect(() => findNote(folder, undefined)).toThrow(/No session is running/);
});
