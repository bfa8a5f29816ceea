import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { stepWords } from '../../src/model/step-words.js';

/** Decoders whose step is not called as they are. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  added: ['added-7'],
  header: ['skip-8'],
  shifted: ['rot47', 'shift-1', 'shift-minus-1'],
  quotedprintable: ['quoted-printable'],
  xor: ['xor-5a', 'xor'],
};
const decoders = readdirSync(new URL('../../src/decode/formats/', import.meta.url)).map((file) => basename(file, '.ts'));

test.each(decoders)('what the decoder %s did is said, in both languages', (id) => {
  for (const step of STEPS[id] ?? [id]) {
    const words = stepWords(step);
    expect(words?.zh, step).toMatch(/./);
    expect(words?.en, step).toMatch(/./);
    expect(words?.en).not.toMatch(/[\u4e00-\u9fff]|\$\d/);
  }
});

test.each(['token', 'text', 'name', 'bytearray[2]', 'base32-crockford', 'z-base-32', 'ascii85', 'z85', 'base64-custom', 'field 4.2'])(
  '%s',
  (step) => {
    expect(stepWords(step)?.en).toMatch(/./);
  },
);

test.each(['utf-16le', 'utf-32be', 'gb18030', 'big5', 'shift_jis'])('a charset is one to be read in: %s', (step) => {
  expect(stepWords(step)?.en).toContain(`iconv -f ${step}`);
});

test.each(['aes-128-cbc', 'sm4-ecb', 'des-ede3', 'aes-256-gcm'])('a cipher: %s', (step) => {
  expect(stepWords(step)?.en).toContain('openssl enc -d');
});

test('a module of the tester is known to nobody else', () => {
  expect(stepWords('opened-by-us')).toBeNull();
});
