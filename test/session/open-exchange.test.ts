import { expect, test } from 'vitest';
import { rowOf } from '../../src/session/exchange-row.js';
import { OpenExchange } from '../../src/session/open-exchange.js';
import { exchangeOf } from './traffic.js';

test('what stays of an exchange follows its row, and holds on to no head and no body', () => {
  const exchange = exchangeOf(3, 'https://a.test/v1', '{"a":1}');
  const open = new OpenExchange(exchange, rowOf(exchange, null, null));
  open.row = { ...open.row, evidence: 2 };
  expect(open.line.row).toMatchObject({ seq: 3, evidence: 2 });
  open.line.row = { ...open.row, evidence: 3 };
  expect(open.row.evidence).toBe(3);
  expect(open.line.sent).toEqual({ seq: 3, secure: true, request: { url: 'https://a.test/v1', method: exchange.request.method } });
});
