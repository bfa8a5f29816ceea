import { expect, test } from 'vitest';
import { RevealLog } from '../../src/live/reveal-log.js';

const reveal = (exchange: number, session = 'a') => ({ at: exchange, session, exchange, finding: null, dataTypes: ['imei'] });

test('newest first, per session, and the count outlives what was dropped', () => {
  const log = new RevealLog(3);
  for (const exchange of [1, 2, 3, 4]) log.add(reveal(exchange));
  expect(log.of('a').map(({ exchange }) => exchange)).toEqual([4, 3, 2]);
  log.add(reveal(9, 'b'));
  expect(log.of('b')).toHaveLength(1);
  expect(log.total).toBe(5);
});
