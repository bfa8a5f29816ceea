import { expect, test } from 'vitest';
import { unescapeJson } from '../../src/decode/json-escape.js';

test('escapes of JSON and JavaScript, surrogates too; an unknown one gives the character itself', () => {
  expect(unescapeJson('\\u5f20\\n\\"\\/\\x41\\q')).toBe('张\n"/Aq');
  expect(unescapeJson('\\ud83d\\ude00')).toBe('😀');
});

test('one that breaks off is no digit, and a backslash at the end is nothing', () => {
  expect(unescapeJson('\\u12')).toBe('u12');
  expect(unescapeJson('end\\')).toBe('end');
});
