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

test('a key alone, which some apps write without the colon', () => {
  const decoded = (key: string) =>
    values(decodeRequest(request({ headers: [['Authorization', `Basic ${Buffer.from(key).toString('base64')}`]] })));
  expect(decoded('0f0b9c2a3d4e5f607182')).toMatchObject({ 'header.authorization|basic.user': '0f0b9c2a3d4e5f607182' });
  expect(decoded('short')).not.toHaveProperty(['header.authorization|basic.user']);
});

test('a basic word', () => {
  expect(inside('basic knowledge')).toEqual({ '': 'basic knowledge' });
});
