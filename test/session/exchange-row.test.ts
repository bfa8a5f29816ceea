import { expect, test } from 'vitest';
import { headSize, rowOf } from '../../src/session/exchange-row.js';
import { exchangeOf } from './traffic.js';

test('a row says where it went, whose it is and how much was said', () => {
  const exchange = exchangeOf(7, 'https://api.example.test/a?b=1', 'x');
  const row = rowOf(exchange, { id: 'com.example.other', by: 'adb' }, 'scene-1');
  expect(row).toMatchObject({
    seq: 7,
    host: new URL(exchange.request.url).hostname,
    app: 'com.example.other',
    attributedBy: 'adb',
    scene: 'scene-1',
    evidence: 0,
  });
  expect(row.bytesUp).toBe(headSize(exchange.request.headers) + exchange.request.target.length + exchange.request.body.size);
});

test('nothing tells whose it is: it counts for the app under test', () => {
  const row = rowOf(exchangeOf(1, 'https://api.example.test/'), null, null);
  expect([row.app, 'attributedBy' in row]).toEqual(['main', false]);
});

test('a header counts with what parts it from the next', () => {
  expect(
    headSize([
      ['a', 'bc'],
      ['', ''],
    ]),
  ).toBe(11);
});
