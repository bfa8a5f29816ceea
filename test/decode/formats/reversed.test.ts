import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

const turned = (text: string) => [...text].toReversed().join('');
const DOCUMENT = '{"imei":"860000000000001","city":"nowhere"}';

test('base64, hex and the document itself', () => {
  expect(inside(turned(Buffer.from(DOCUMENT).toString('base64')))).toMatchObject({ '|reversed|base64|json$.city': 'nowhere' });
  expect(inside(turned(gzipSync(DOCUMENT).toString('base64')))).toMatchObject({ '|reversed|base64|gzip|json$.city': 'nowhere' });
  expect(inside(turned(Buffer.from(`${DOCUMENT} `).toString('base64')))).toMatchObject({ '|reversed|base64|json$.city': 'nowhere' });
  const long = DOCUMENT.replace('nowhere', 'nowhere","page":"settings/privacy');
  expect(inside(turned(Buffer.from(long).toString('hex')))).toMatchObject({ '|reversed|hex|json$.city': 'nowhere' });
  expect(opened(turned(DOCUMENT))).toMatchObject({ 'body|reversed|json$.imei': '860000000000001' });
});

test('what only ends alike stays a text', () => {
  for (const text of ['a7Kq9ZrT2mB4xJye', '202011110000022b7', '}{', '} else if (x) {', 'Q2hlY2tNZUlmWW91SIs4H'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

nearMisses('reversed', { content: turned(Buffer.from(DOCUMENT).toString('base64')), inner: true });

test('halves of a pair keep their order', () => {
  expect(opened([...'{"a":"𝟙é中","imei":"860000000000001"}'].toReversed().join(''))).toMatchObject({
    'body|reversed|json$.a': '𝟙é中',
  });
});
