import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearNotes, findNote, leaveNote } from '../../src/cli/running.js';
import { Owner } from '../../src/store/index.js';

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

test('incident: the note of a killed process held up other commands once its number was given to another', () => {
  const owner = new Owner(folder);
  // The number of a process that lives, as the first of every container has the same.
  leaveNote(folder, { session: 'killed', pid: process.pid, ui: 'http://127.0.0.1:1/', owner: owner.name });
  expect(findNote(folder, undefined).session).toBe('killed');
  clearNotes(folder);
  expect(findNote(folder, undefined).session).toBe('killed');
  owner.release();
  // A lock file that nobody holds, as a kill leaves it.
  writeFileSync(join(folder, 'locks', `${owner.name}.lock`), '');
  writeFileSync(join(folder, 'running', 'half.json'), '{"sess');
  expect(() => findNote(folder, undefined)).toThrow(/No session is running/);
  clearNotes(folder);
  expect([readdirSync(join(folder, 'running')), readdirSync(join(folder, 'locks'))]).toEqual([[], []]);
});

test('incident: a program that started took away the note that another was just writing', () => {
  leaveNote(folder, { session: 'abc', pid: process.pid, ui: 'http://127.0.0.1:1/' });
  expect(readdirSync(join(folder, 'running')), 'nothing but the note is left').toEqual(['abc.json']);
  writeFileSync(join(folder, 'running', 'abd.json.new'), '{"sess');
  clearNotes(folder);
  expect(readdirSync(join(folder, 'running'))).toEqual(['abc.json', 'abd.json.new']);
});
