import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { stepWords } from '../../src/decode/step-words.js';

const decoders = readdirSync(new URL('../../src/decode/formats/', import.meta.url)).map((file) => basename(file, '.ts'));
const NO_DECODER = ['bytearray[2]', 'token', 'text', 'name', 'field 4.2', 'skip-8', 'base64-custom', 'xor'];
const NUMBERED = ['added-7', 'rot47', 'shift-1', 'shift-minus-1', 'xor-5a'];
const ALPHABETS = ['base32-crockford', 'base32hex', 'z-base-32', 'base85', 'ascii85', 'z85', 'quoted-printable'];

test.each([...decoders, ...NO_DECODER, ...NUMBERED, ...ALPHABETS])('what the step %s did is said, in both languages', (step) => {
  const words = stepWords(step);
  expect(words?.zh).toMatch(/./);
  expect(words?.en).toMatch(/./);
  expect(words?.en).not.toMatch(/[\u4e00-\u9fff]|\$\d/);
});

test('a number in a step is told', () => {
  expect(['added-7', 'shift-3', 'shift-minus-1', 'xor-5a', 'skip-8', 'field 4.2'].map((step) => stepWords(step)?.en)).toEqual([
    '7 taken from each byte',
    '3 taken from the code of each character',
    '1 added to the code of each character',
    'each byte XOR 0x5a',
    'without its first 8 bytes',
    'named by the .proto definition; its field numbers are 4.2',
  ]);
});

test('XOR without a number is the key of the persona file, and not a byte that was found', () => {
  expect(stepWords('xor')?.en).toContain('persona file');
});

test.each(['utf-16le', 'utf-32be', 'gb18030', 'big5', 'shift_jis'])('a charset is one to be read in: %s', (step) => {
  expect(stepWords(step)?.en).toContain(`iconv -f ${step}`);
});

test.each(['aes-128-cbc', 'sm4-ecb', 'des-ede3'])('a cipher: %s', (step) => {
  expect(stepWords(step)?.en).toContain('openssl enc -d');
});

test.each(['opened-by-us', 'constructor', 'xor-zz', 'shift-', 'added-x'])('a module of the tester is known to nobody else: %s', (step) => {
  expect(stepWords(step)).toBeNull();
});

test('incident: GCM was said to be what the command line of openssl does, and it does not', () => {
  for (const step of ['aes-256-gcm', 'sm4-gcm']) {
    expect(stepWords(step)?.en).toContain('AESGCM');
    expect(stepWords(step)?.en).not.toContain('openssl enc');
  }
});
