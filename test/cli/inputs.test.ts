import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isSessionWord, listInputs, readText } from '../../src/cli/inputs.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-inputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: string[]) => join(folder, ...parts);

mkdirSync(at('runs', 'b'), { recursive: true });
for (const name of [at('runs', 'z.har'), at('runs', 'b', 'a.HAR'), at('runs', 'notes.txt')]) writeFileSync(name, '{}');
symlinkSync(at('runs'), at('runs', 'loop'));

test('a folder stands for its HAR files, sorted; it always counts as several, and links in a circle have an end', () => {
  expect(listInputs(folder, [at('runs')])).toEqual({ inputs: [at('runs', 'b', 'a.HAR'), at('runs', 'z.har')], several: true });
  expect(listInputs(folder, [at('runs', 'b')]).several).toBe(true);
  expect(listInputs(folder, [at('runs', 'z.har')])).toEqual({ inputs: [at('runs', 'z.har')], several: false });
});

test('incident: recordings that a link leads to were passed over without a word', () => {
  mkdirSync(at('linked'));
  writeFileSync(at('elsewhere.har'), '{}');
  symlinkSync(at('elsewhere.har'), at('linked', 'one.har'));
  symlinkSync(at('runs', 'b'), at('linked', 'more'));
  expect(listInputs(folder, [at('linked')]).inputs).toEqual([at('linked', 'more', 'a.HAR'), at('linked', 'one.har')]);
  symlinkSync(at('gone.har'), at('linked', 'dangling.har'));
  expect(() => listInputs(folder, [at('linked')])).toThrow(expect.objectContaining({ code: 'OVR_HAR_MISSING' }));
});

test('incident: a pipe was said not to be there, and one named like a recording was passed over in its folder', () => {
  expect(() => listInputs(folder, ['/dev/null'])).toThrow(expect.objectContaining({ code: 'OVR_HAR_READ' }));
  mkdirSync(at('piped'));
  execFileSync('mkfifo', [at('piped', 'live.har')]);
  writeFileSync(at('piped', 'a.har'), '{}');
  expect(() => listInputs(folder, [at('piped')])).toThrow(/live\.har" is a pipe/);
});

test('the first wrong word ends it before anything is read', () => {
  expect(() => listInputs(folder, [at('runs', 'z.har'), at('nowhere.har')])).toThrow(/nowhere\.har/);
  expect(() => listInputs(folder, [at('runs', 'z.har'), 'nosuchsession'])).toThrow();
});

test('incident: with one file missing nothing was judged, and nothing said so of the others', () => {
  const words = [at('runs', 'z.har'), at('nowhere.har'), at('gone.har')];
  expect(() => listInputs(folder, words)).toThrow(
    expect.objectContaining({
      code: 'OVR_HAR_MISSING',
      message: expect.stringMatching(/nowhere\.har.*gone\.har.*Nothing was judged: 2 of 3 inputs/),
      zh: expect.stringContaining('3 个输入中有 2 个无法读取'),
    }),
  );
  expect(() => listInputs(folder, [at('nowhere.har')])).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('judged') }),
  );
});

test('a word is a session only where no file has that name', () => {
  expect(isSessionWord('20261121101500-abc123')).toBe(true);
  expect(isSessionWord('latest')).toBe(true);
  expect(isSessionWord('a.har')).toBe(false);
  expect(isSessionWord(at('runs'))).toBe(false);
});

test('UTF-16 in both orders and UTF-8 are read by their byte order mark', () => {
  const text = '{"手机":1}';
  const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const big = Buffer.from(little).swap16();
  for (const [name, bytes] of [
    ['le.har', little],
    ['be.har', big],
    ['u8.har', Buffer.from(text)],
  ] as const) {
    writeFileSync(at(name), bytes);
    expect(readText(at(name))).toBe(text);
  }
  expect(() => readText(folder)).toThrow(/no file/);
});
