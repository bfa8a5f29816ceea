import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CHAIN_START, Chain } from '../../src/report/evidence-chain.js';
import { linksOf } from './packed.js';

const link = (before: string, line: string) => createHash('sha256').update(`${before}\n${line}`).digest('hex');
const first = link(CHAIN_START, '{"n":0}');
const document = Buffer.from(`{"log":{"comment":"{",\n{"n":0},\n{"n":1},\n{"n":2}\n]}}\n{"late":1}\n`);

test('one link for each line of an exchange, over the link before it, without the comma', () => {
  expect(linksOf(document)).toEqual([first, link(first, '{"n":1}'), link(link(first, '{"n":1}'), '{"n":2}')]);
});

test('the pieces it comes in make no difference, and a comma inside of a line is part of it', () => {
  for (const size of [1, 2, 3, 7, 11]) expect(linksOf(document, size), `pieces of ${size}`).toEqual(linksOf(document));
  const tricky = Buffer.from('head\n{"a":[1,2]},\n{"b":3,,\n]\n');
  for (const size of [1, 4, 5, 100])
    expect(linksOf(tricky, size)).toEqual([link(CHAIN_START, '{"a":[1,2]}'), link(link(CHAIN_START, '{"a":[1,2]}'), '{"b":3,')]);
});

test('a document without exchanges has no link, and a line that never ends is none', () => {
  const chain = new Chain();
  chain.update(Buffer.from('{"log":{"entries":[\n]}}\n'));
  expect([chain.count, chain.head]).toEqual([0, CHAIN_START]);
  expect(linksOf(Buffer.from('head\n{"n":0}'))).toEqual([]);
});
