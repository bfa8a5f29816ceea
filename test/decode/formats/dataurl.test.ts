import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, inside, request } from '../sample.js';

test('an image is a binary field of its own', () => {
  const image = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40, 7)]);
  const decoded = decodeRequest(request({ body: JSON.stringify({ face: `data:image/jpeg;base64,${image.toString('base64')}` }) }));
  expect(fieldAt(decoded, 'body.$.face|dataurl')).toMatchObject({
    kind: 'binary',
    bytes: image,
    keys: ['face'],
    steps: ['json', 'dataurl'],
  });
});

test('text, percent-encoded or not', () => {
  expect(inside('data:text/plain,hello%20there')).toMatchObject({ '|dataurl': 'hello there' });
  expect(inside(`data:application/json;base64,${Buffer.from('{"a":"x"}').toString('base64')}`)).toMatchObject({ '|dataurl|json$.a': 'x' });
});

test('a sentence about data', () => {
  expect(inside('data: nothing to see')).toEqual({ '': 'data: nothing to see' });
});
