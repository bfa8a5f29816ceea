import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('text and JSON in either case', () => {
  expect(inside(Buffer.from('{"a":"x"}'), 'hex')).toMatchObject({ '|hex|json$.a': 'x' });
  expect(inside(Buffer.from('{"a":"y"}').toString('hex').toUpperCase())).toMatchObject({ '|hex|json$.a': 'y' });
  expect(inside(Buffer.from('13900000000'), 'hex')).toMatchObject({ '|hex': '13900000000' });
});

test('digests and long numbers are not taken apart', () => {
  for (let i = 0; i < 200; i++) {
    const digest = createHash('md5').update(String(i)).digest('hex');
    expect(Object.keys(inside(digest)), digest).toEqual(['']);
    const number = BigInt(`0x${digest.slice(0, 14)}`)
      .toString()
      .padStart(18, '7')
      .slice(0, 18);
    expect(Object.keys(inside(number)), number).toEqual(['']);
  }
});
