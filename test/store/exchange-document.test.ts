import { expect, test } from 'vitest';
import { toExchange, toHead, toRow, toRowColumns } from '../../src/store/exchange-document.js';
import { body, exchange, message, row } from './specimen.js';

test('an exchange is its head, its bodies and its messages', () => {
  const one = exchange(4, { messages: [message(0, 'a'), message(1, '')] });
  const head = toHead(one);
  expect(head).not.toContain('dev-4');
  const bodies = [
    { part: -2, ...body('{"n":4,"device_id":"dev-4"}'), truncated: 0 },
    { part: -1, ...body('{"ok":true}'), truncated: 0 },
    { part: 0, ...body('a'), truncated: 0 },
  ];
  const messages = one.messages.map(({ index, direction, kind, text, at }) => ({ n: index, direction, kind, text: text ? 1 : 0, at }));
  expect(toExchange(4, head, bodies, messages)).toEqual(one);
});

test('an exchange without response stays without', () => {
  const one = exchange(1, { response: null });
  const read = toExchange(1, toHead(one), [], []);
  expect(read.response).toBeNull();
  expect(read.request.body.size).toBe(0);
});

test('a line comes back as it went, failures and warnings included', () => {
  const line = row(exchange(2), {
    status: null,
    scene: null,
    client: null,
    secure: false,
    failure: { code: 'cut-short', detail: 'x' },
    warnings: [{ code: 'w', detail: '' }],
  });
  expect(toRow(toRowColumns(1, line))).toEqual(line);
});
