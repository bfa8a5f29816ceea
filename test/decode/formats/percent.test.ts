import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('each round is a step', () => {
  expect(inside('%7B%22a%22%3A%22x%22%7D')).toMatchObject({ '|percent|json$.a': 'x' });
  expect(inside('%257B%2522a%2522%253A%2522x%2522%257D')).toMatchObject({ '|percent|percent|json$.a': 'x' });
  expect(inside('%E5%BC%A0%E4%B8%89')).toMatchObject({ '|percent': '张三' });
});

test('a bare plus beside escaped punctuation was a space', () => {
  expect(inside('Mozilla%2F5.0+%28Linux%29')['|percent']).toBe('Mozilla/5.0 (Linux)');
  expect(inside('a+b%20c')['|percent']).toBe('a+b c');
  expect(inside('see a%2Fb and more')).toEqual({ '': 'see a%2Fb and more' });
  expect(inside('GMT%2B08%3A00')['|percent']).toBe('GMT+08:00');
});

test('a percent sign alone is none', () => {
  expect(inside('100% of %zz')).toEqual({ '': '100% of %zz' });
});

test('incident: an identifier in base64 was shown with broken characters, because escapes in it could be undone', () => {
  const id = Buffer.concat([Buffer.from([0xd7, 0xdf]), Buffer.from('%G_Qm3xT0kLw9Zr%2Bv7Hs%2FyB5cN1jD8eF4gA6uP2oI0iK')]).toString('base64');
  expect(inside(id)).toEqual({ '': id });
  const cut = Buffer.from(`page=home&text=hello%20world&from=${'start-'.repeat(16)}&name=王`)
    .subarray(0, -1)
    .toString('base64');
  expect(Object.keys(inside(cut)).length).toBeGreaterThan(1);
});
