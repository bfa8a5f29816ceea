import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('what escape() of JavaScript writes: characters and Latin-1 in one', () => {
  expect(inside('%u5F20%u4e09')).toMatchObject({ '|jsescape': '张三' });
  expect(inside('%u5F20%u4E09%20%26%20caf%E9')).toMatchObject({ '|jsescape': '张三 & café' });
  expect(inside('%7B%22name%22%3A%22%u5F20%u4E09%22%7D')).toMatchObject({ '|jsescape|json$.name': '张三' });
});

test('percent-encoding without it is none', () => {
  expect(inside('%E5%BC%A0%E4%B8%89')).toMatchObject({ '|percent': '张三' });
  expect(inside('100%unused %u12')).toEqual({ '': '100%unused %u12' });
});
