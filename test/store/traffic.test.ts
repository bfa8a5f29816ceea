import { afterEach, expect, test } from 'vitest';
import { readTraffic } from '../../src/store/traffic.js';
import { twoSessions } from './lists.js';
import { body, exchange, finding, message, removeFolders, row } from './specimen.js';

afterEach(removeFolders);

test('by host in order of names, with truncated messages and hidden candidates counted', () => {
  const { database, query, first, second } = twoSessions();
  const put = (seq: number, host: string) => {
    const one = exchange(seq);
    first.exchange(one, row(one, { host, bytesUp: 10 * (seq + 1), bytesDown: 1 }), {});
  };
  put(0, 'b.test');
  put(1, 'a.test');
  put(2, 'b.test');
  first.message(2, { ...message(0, 'x'), body: { ...body('x'), truncated: true } });
  first.finding(finding('f'));
  first.finding(finding('c', { grade: 'candidate' }));
  second.exchange(exchange(0), row(exchange(0), { host: 'c.test' }), {});
  expect(readTraffic(query, 1)).toMatchObject({
    exchanges: 3,
    bytesUp: 60,
    bytesDown: 3,
    truncated: 1,
    hiddenCandidates: 1,
    hosts: [
      { host: 'a.test', exchanges: 1, bytesUp: 20, bytesDown: 1 },
      { host: 'b.test', exchanges: 2, bytesUp: 40, bytesDown: 2 },
    ],
  });
  database.close();
});

test('what it counts ends before a number, also where exchanges are missing', () => {
  const { database, query, first } = twoSessions();
  expect(readTraffic(query, 1).upTo).toBe(0);
  first.exchange(exchange(0), row(exchange(0)), {});
  first.exchange(exchange(7), row(exchange(7)), {});
  expect(readTraffic(query, 1)).toMatchObject({ exchanges: 2, upTo: 8 });
  expect(readTraffic(query, 2).upTo).toBe(0);
  database.close();
});

test('what tells whose traffic it is, by app and host', () => {
  const { database, query, first } = twoSessions();
  const put = (seq: number, host: string, change: Parameters<typeof row>[1] = {}) => {
    const one = exchange(seq);
    first.exchange(one, row(one, { host, bytesUp: 10, bytesDown: 1, ...change }), {});
  };
  put(0, 'a.test');
  put(1, 'a.test', { attributedBy: 'adb' });
  put(2, 'b.test', { app: 'com.example.keyboard', attributedBy: 'adb' });
  put(3, 'b.test', { app: 'com.example.keyboard', attributedBy: 'adb' });
  expect(readTraffic(query, 1).apps).toEqual([
    { app: 'com.example.keyboard', by: 'adb', host: 'b.test', exchanges: 2, bytesUp: 20, bytesDown: 2 },
    { app: 'main', by: 'adb', host: 'a.test', exchanges: 1, bytesUp: 10, bytesDown: 1 },
  ]);
  database.close();
});

test('an empty session has no traffic', () => {
  const { database, query } = twoSessions();
  expect(readTraffic(query, 1)).toEqual({
    exchanges: 0,
    bytesUp: 0,
    bytesDown: 0,
    notAnalysed: 0,
    truncated: 0,
    hosts: [],
    limitsReached: {},
    hiddenCandidates: 0,
    upTo: 0,
    notStored: 0,
    apps: [],
  });
  database.close();
});
