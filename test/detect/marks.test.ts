import { describe, expect, it } from 'vitest';
import { isMark, marksOf, mayBeFollowed, numberOf } from '../../src/detect/marks.js';
import { decodedOf } from './fixture.js';

const ID = '6f1d2c3b4a594687a796a5b4c3d2e1f0';

describe('isMark', () => {
  it.each([ID, '6f1d2c3b-4a59-4687-a796-a5b4c3d2e1f0', 'Zk3v9QmT7xLw2PbR', 'GA1.2.1436187263.1618472031'])('%s proves itself', (value) =>
    expect(isMark(value)).toBe(true),
  );

  it.each([
    ['short', ID.slice(0, 12)],
    ['one character over and over', '0'.repeat(32)],
    ['words', 'guest-user-without-number'],
    ['an address', 'https://a.test/0123456789abcdef'],
    ['text with blanks', `user ${ID}`],
    ['what systems answer that could not tell', '00000000-0000-0000-0000-000000000000'],
  ])('%s does not', (_, value) => expect(isMark(value)).toBe(false));

  it('a number that came as a number counts something', () =>
    expect(
      mayBeFollowed({ path: 'body.$.a', part: 'body', keys: ['a'], value: '7316482950183746251', kind: 'number', steps: [], group: 0 }),
    ).toBe(false));
});

it('numberOf: capitals and dashes make no other number, letters of an alphabet that is told by case do', () => {
  for (const same of [ID.toUpperCase(), '6F1D2C3B-4A59-4687-A796-A5B4C3D2E1F0']) expect(numberOf(same)).toBe(ID);
  expect(numberOf('Zk3v9QmT7xLw2PbR')).toBe('Zk3v9QmT7xLw2PbR');
});

it('marksOf: in order, and none that was opened', () => {
  const decoded = decodedOf([
    { path: 'query.a', keys: ['a'], value: ID.toUpperCase(), part: 'query' },
    { path: 'query.b', keys: ['b'], value: 'hello', part: 'query' },
    { path: 'query.c', keys: ['c'], value: ID, part: 'query', opened: true },
  ]);
  expect(marksOf(decoded).map(({ field, number }) => [field.path, number])).toEqual([['query.a', ID]]);
});
