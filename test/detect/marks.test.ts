import { describe, expect, it } from 'vitest';
import { isBareAddress, isMark, marksOf, mayBeFollowed, mayRecur, numberOf } from '../../src/detect/marks.js';
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

it('numberOf: an address without its colons, a digest with its name or in base64 is the same number', () => {
  for (const same of ['A4:5E:60:C1:22:9F', 'a4-5e-60-c1-22-9f', 'A45E60C1229F']) expect(numberOf(same), same).toBe('a45e60c1229f');
  const bytes = Buffer.from(ID, 'hex');
  for (const same of [
    `md5:${ID}`,
    `MD5=${ID.toUpperCase()}`,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    `md5:${bytes.toString('base64')}`,
  ])
    expect(numberOf(same), same).toBe(ID);
  const long = Buffer.from(ID.repeat(2), 'hex');
  for (const same of [`sha256=${long.toString('hex')}`, `SHA-256:${long.toString('base64')}`])
    expect(numberOf(same), same).toBe(ID.repeat(2));
});

it('numberOf: two texts of the length of a digest in base64 are not one number', () => {
  // The last character of 22 holds two bits of the sixteenth byte and four that are nothing.
  const text = Buffer.from(ID, 'hex').toString('base64url');
  const next = `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'C'}`;
  expect(numberOf(next)).toBe(next);
  expect(numberOf('md5:hello-world-2024-10-01')).not.toMatch(/^[0-9a-f]{32}$/);
});

it('mayRecur: an address of an interface without its colons too, a word or twelve digits not', () => {
  const leaf = (value: string) => ({ path: 'body.$.a', part: 'body', keys: ['a'], value, kind: 'string', steps: [], group: 0 }) as const;
  expect(mayRecur(leaf('A45E60C1229F'))).toBe(true);
  expect(mayBeFollowed(leaf('A45E60C1229F'))).toBe(false);
  for (const value of ['202411241155', 'abcdefabcdef', '020000000000', 'a45e60c1229g']) expect(mayRecur(leaf(value)), value).toBe(false);
  expect([isBareAddress('a45e60c1229f'), isBareAddress('a4:5e:60:c1:22:9f')]).toEqual([true, false]);
});

it('marksOf: in order, and none that was opened', () => {
  const decoded = decodedOf([
    { path: 'query.a', keys: ['a'], value: ID.toUpperCase(), part: 'query' },
    { path: 'query.b', keys: ['b'], value: 'hello', part: 'query' },
    { path: 'query.c', keys: ['c'], value: ID, part: 'query', opened: true },
  ]);
  expect(marksOf(decoded).map(({ field, number }) => [field.path, number])).toEqual([['query.a', ID]]);
});
