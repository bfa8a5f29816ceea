import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, request, values } from '../sample.js';

test('user name and password', () => {
  const decoded = decodeRequest(
    request({ headers: [['Authorization', `Basic ${Buffer.from('13900000000:geheim:x').toString('base64')}`]] }),
  );
  expect(values(decoded)).toMatchObject({
    'header.authorization|basic.user': '13900000000',
    'header.authorization|basic.password': 'geheim:x',
  });
});

test('a basic word', () => {
  expect(inside('basic knowledge')).toEqual({ '': 'basic knowledge' });
});
