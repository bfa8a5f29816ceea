import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCauseCode } from '../../src/capture/causes.js';
import { REFUSALS } from '../../src/live/page/text/refusals.js';
import { errorWords } from '../../src/model/error-words.js';

const SRC = join(import.meta.dirname, '../../src');
const SOURCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name !== join('model', 'error-words.ts'))
  .map((name) => readFileSync(join(SRC, name), 'utf8'));
/** Every code that is written out anywhere. */
const CODES = new Set(
  SOURCES.flatMap((text) => [...text.matchAll(/['"`](OVR_[A-Z0-9]+(?:_[A-Z0-9]+)*)['"`]/g)].map(([, code = '']) => code)),
);

/** Said in both languages where they are minted, with what they are about. */
const IN_PLACE = new Set(['OVR_BEFORE_SESSION', 'OVR_UNFINISHED_AT_END', 'OVR_HTTP3_OFFERED']);

test('every code there is is explained in Chinese', () => {
  expect(CODES.size).toBeGreaterThan(150);
  const isBeginning = (code: string) => [...CODES].some((other) => other.startsWith(`${code}_`));
  const silent = [...CODES].filter((code) => errorWords(code) === null && !isCauseCode(code) && !IN_PLACE.has(code) && !isBeginning(code));
  // The page alone says that the program cannot be reached, and that it shows another session by now.
  expect(silent.filter((code) => !REFUSALS.has(code)).sort()).toEqual([]);
  expect(silent.sort()).toEqual(['OVR_UI_LOST', 'OVR_UI_MOVED_ON']);
});

test('the words are Chinese, end a sentence, and belong to a code that exists', () => {
  for (const code of CODES) {
    const words = errorWords(code);
    if (words === null) continue;
    expect([code, /\p{Script=Han}/u.test(words), words.endsWith('。')]).toEqual([code, true, true]);
  }
  const known = [...readFileSync(join(SRC, 'model/error-words.ts'), 'utf8').matchAll(/^ {2}(OVR_[A-Z0-9_]+):/gm)].map(
    ([, code = '']) => code,
  );
  expect(known.filter((code) => !SOURCES.some((text) => text.includes(code)))).toEqual([]);
  expect(errorWords('OVR_NO_SUCH_CODE')).toBeNull();
});
