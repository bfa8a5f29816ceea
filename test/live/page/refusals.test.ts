import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { REFUSALS } from '../../../src/live/page/text/refusals.js';

const SRC = fileURLToPath(new URL('../../../src', import.meta.url));
const code = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && entry.name !== 'refusals.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

test('each has words in both languages and belongs to a code that exists', () => {
  const all = code(SRC);
  for (const [name, { zh, en }] of REFUSALS) {
    expect([name, all.includes(`'${name}'`)]).toEqual([name, true]);
    expect([name, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([name, true, false]);
    // What to do next is part of it: at least two sentences, or one that says both.
    expect([name, zh.endsWith('。'), en.endsWith('.')]).toEqual([name, true, true]);
  }
});

test("what the page's own server may refuse is among them", () => {
  const thrown = [...code(join(SRC, 'live')).matchAll(/'(OVR_UI_[A-Z_]+)'/g)].map(([, name = '']) => name);
  // Before the page stands, or said by the page itself beside the field in question.
  const elsewhere = [
    'OVR_UI_LISTEN',
    'OVR_UI_NOT_BUILT',
    'OVR_UI_TOKEN_WEAK',
    'OVR_UI_TOKEN',
    'OVR_UI_HOST',
    'OVR_UI_STARTING',
    'OVR_UI_FIXED',
  ];
  expect([...new Set(thrown)].filter((name) => !REFUSALS.has(name) && !elsewhere.includes(name))).toEqual([]);
});
