import { afterEach, expect, test } from 'vitest';
import { listExchanges, readExchange } from '../../src/store/exchange-list.js';
import { readTraffic } from '../../src/store/traffic.js';
import { twoSessions } from './lists.js';
import { body, exchange, removeFolders, row } from './specimen.js';

afterEach(removeFolders);

test('an exchange written again is replaced, its unchanged body not written twice', () => {
  const { database, query, first } = twoSessions();
  first.exchange(exchange(0, { response: null }), row(exchange(0, { response: null })), {});
  first.exchange(exchange(0), row(exchange(0)), {});
  const changes = () => Number(database.prepare('select total_changes()').pluck().get());
  const before = changes();
  first.exchange(exchange(0), row(exchange(0)), {});
  expect(changes() - before, 'its line and its head').toBe(2);
  expect(readExchange(query, 1, 0)).toEqual(exchange(0));
  const changed = exchange(0, { request: { ...exchange(0).request, body: { ...body('other'), truncated: true } } });
  first.exchange(changed, row(changed), {});
  expect(readExchange(query, 1, 0)).toEqual(changed);
  database.close();
});

test('incident: the head of a stream was written again with every batch of its messages', () => {
  const { database, query, first } = twoSessions();
  const changes = () => Number(database.prepare('select total_changes()').pluck().get());
  const stream = exchange(0);
  const more = (evidence: number) => {
    const before = changes();
    first.exchange(stream, row(stream, { evidence }), {});
    first.settled();
    return changes() - before;
  };
  expect(more(0)).toBeGreaterThan(2);
  expect(more(1), 'its line').toBe(1);
  expect(listExchanges(query, 1, {}).rows[0]?.evidence).toBe(1);
  const ended = { ...stream, failure: { code: 'cut-short', detail: '' } };
  first.exchange(ended, row(ended), {});
  expect(readExchange(query, 1, 0)).toEqual(ended);
  database.close();
});

test('a head whose transaction was undone is written again', () => {
  const { database, query, first } = twoSessions();
  const stream = exchange(0);
  database.exec('begin');
  first.exchange(stream, row(stream), {});
  database.exec('rollback');
  first.exchange(stream, row(stream), {});
  first.settled();
  expect(readExchange(query, 1, 0)).toEqual(stream);
  database.close();
});

test('encoded bodies are searched by the text given, not by their bytes', () => {
  const { database, query, first } = twoSessions();
  const zipped = exchange(0, {
    request: { ...exchange(0).request, headers: [['Content-Encoding', 'gzip']], body: body('looksliketext') },
    response: null,
  });
  first.exchange(zipped, row(zipped), { request: 'inflated words' });
  expect(listExchanges(query, 1, { text: 'inflated' }).total).toBe(1);
  expect(listExchanges(query, 1, { text: 'looksliketext' }).total).toBe(0);
  database.close();
});

test('counters add up, in their own session only', () => {
  const { database, query, first, second } = twoSessions();
  first.notAnalysed(2);
  first.notAnalysed(3);
  first.notStored(1);
  first.limit('x', 2);
  first.limit('x', 1);
  expect(readTraffic(query, 1)).toMatchObject({ notAnalysed: 5, notStored: 1, limitsReached: { x: 3 } });
  expect(readTraffic(query, 2)).toMatchObject({ notAnalysed: 0, notStored: 0, limitsReached: {} });
  second.limit('x', 1);
  expect(readTraffic(query, 1).limitsReached).toEqual({ x: 3 });
  database.close();
});
