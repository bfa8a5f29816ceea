import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { inside, opened } from '../sample.js';

const ALPHABET = '23IL<N01c7KvwZO56RSTAfghiFyzWJqVabGH4PQdopUrsCuX*xeBjkltDEmn89.-';
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** As the script does it: JSON, percent-encoded, Base64 by another alphabet, a stroke. */
function disguised(value: unknown): string {
  const base64 = Buffer.from(encodeURIComponent(JSON.stringify(value)))
    .toString('base64')
    .replaceAll('=', '');
  return `${[...base64].map((char) => ALPHABET[STANDARD.indexOf(char)]).join('')}/`;
}

test('the fingerprint in a form, in JSON and as a whole body', () => {
  for (const padding of ['', 'a', 'ab']) {
    const value = { mo: 'MI 8', nt: 'wifi', note: `张三${padding}` };
    const expected = { '|tdbase64|percent|json$.mo': 'MI 8', '|tdbase64|percent|json$.note': `张三${padding}` };
    expect(inside(disguised(value))).toMatchObject(expected);
    expect(opened(`a=${encodeURIComponent(disguised(value))}&b=1`, 'application/x-www-form-urlencoded')).toMatchObject({
      'body.form.a|tdbase64|percent|json$.mo': 'MI 8',
    });
    expect(opened(disguised(value), 'application/json')).toMatchObject({ 'body|tdbase64|percent|json$.nt': 'wifi' });
  }
});

test('what only begins or ends alike stays a text', () => {
  for (const text of [
    '7TJI7Tce',
    '7TJI7Tce/',
    '7TJI7TceWtiPwHcPwj',
    '7TJI7Tce!!!!/',
    `7TJI7Tce${createHash('md5').update('x').digest('hex')}/`,
  ])
    expect(
      decodeBytes(Buffer.from(JSON.stringify({ a: text })), 'body').fields.map(({ path, value }) => [path, value]),
      text,
    ).toEqual([['body.$.a', text]]);
});
