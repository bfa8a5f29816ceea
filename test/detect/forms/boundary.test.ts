import { describe, expect, test } from 'vitest';
import { allowsNeighbours, type Edge, standsAlone, type Writing } from '../../../src/detect/forms/boundary.js';

const PHONE = '19900001234';

/** Whether `found` stands alone in `text`, at its first place. */
function alone(text: string, found: string, edge: Edge, writing: Writing = 'text'): boolean {
  const bytes = Buffer.from(text, 'latin1');
  const start = bytes.indexOf(found, 0, 'latin1');
  expect(start).toBeGreaterThanOrEqual(0);
  return standsAlone(bytes, start, start + found.length, edge, writing);
}

describe('digits', () => {
  test.each([
    PHONE,
    `"${PHONE}"`,
    `uid_${PHONE}x`,
    `a${PHONE}.`,
    `${PHONE}.0`,
    `%22${PHONE}%22`,
    `%2522${PHONE}%2522`,
    `\\u0022${PHONE}\\u0022`,
    `1.${PHONE.slice(0, 0)} ${PHONE}`,
  ])('%s holds the number', (text) => expect(alone(text, PHONE, 'digits')).toBe(true));

  test.each([
    `1${PHONE}`,
    `${PHONE}1`,
    `0.${PHONE}`,
    `${PHONE}.57`,
    `%31${PHONE}`,
    `${PHONE}%31`,
    `${PHONE}%2531`,
    `\\u0031${PHONE}`,
    `${PHONE}\\u0031`,
  ])('%s is another number', (text) => expect(alone(text, PHONE, 'digits')).toBe(false));
});

describe('words and addresses', () => {
  test('letters and digits beside a word make it another word', () => {
    expect(alone('"vin_LTEST-1"', 'LTEST-1', 'word')).toBe(true);
    expect(alone('xLTEST-1', 'LTEST-1', 'word')).toBe(false);
    expect(alone('LTEST-12', 'LTEST-1', 'word')).toBe(false);
    expect(alone('\\nLTEST-1\\t', 'LTEST-1', 'word')).toBe(true);
  });

  test('a longer local part or domain is another address', () => {
    expect(alone('<a@b.example>', 'a@b.example', 'email')).toBe(true);
    expect(alone('to a@b.example.', 'a@b.example', 'email')).toBe(true);
    expect(alone('x.a@b.example', 'a@b.example', 'email')).toBe(false);
    expect(alone('a@b.example.com', 'a@b.example', 'email')).toBe(false);
    expect(alone('a@b.examples', 'a@b.example', 'email')).toBe(false);
  });

  test('an IMEISV is fourteen digits and two more', () => {
    expect(alone('"8600000012345601"', '86000000123456', 'imeisv')).toBe(true);
    expect(alone('"860000001234567"', '86000000123456', 'imeisv')).toBe(false);
    expect(alone('"86000000123456012"', '86000000123456', 'imeisv')).toBe(false);
  });
});

describe('other writings', () => {
  test('hex: the neighbouring pair is what counts', () => {
    const hex = Buffer.from(PHONE).toString('hex');
    expect(alone(`22${hex}22`, hex, 'digits', 'hex')).toBe(true);
    expect(alone(`31${hex}`, hex, 'digits', 'hex')).toBe(false);
    expect(alone(`${hex}39`, hex, 'digits', 'hex')).toBe(false);
  });

  test('UTF-16: the neighbouring unit', () => {
    const wide = (text: string) => Buffer.from(text, 'utf16le').toString('latin1');
    expect(alone(wide(`"${PHONE}"`), wide(PHONE), 'digits', 'utf16le')).toBe(true);
    expect(alone(wide(`1${PHONE}"`), wide(PHONE), 'digits', 'utf16le')).toBe(false);
    expect(alone(wide(`号${PHONE}号`), wide(PHONE), 'digits', 'utf16le')).toBe(true);
  });

  test('reversed: left and right change places', () => {
    const reversed = [...'a@b.example'].reverse().join('');
    expect(alone(`x${reversed} `, reversed, 'email', 'reversed')).toBe(false);
  });

  test('a varint begins behind a field key, a length or another varint', () => {
    const varint = Buffer.from([0xd2, 0x89, 0xc5, 0x91, 0x4a]);
    const at = (before: number[]) =>
      standsAlone(Buffer.from([...before, ...varint]), before.length, before.length + varint.length, 'none', 'varint');
    expect([at([]), at([0x08]), at([0x78]), at([0x80, 0x01])]).toEqual([true, true, true, true]);
    expect([at([0x12, 0x06, 0x05]), at([0x12, 0x07, 0xac, 0x02])]).toEqual([true, true]);
    expect([at([0x80]), at([0xd2]), at([0x08, 0xff])]).toEqual([false, false, false]);
  });

  test('where only the neighbours are known', () => {
    const rules = (['digits', 'word', 'email', 'none'] as const).map((edge) => [
      allowsNeighbours(edge, -1, -1),
      allowsNeighbours(edge, 0x31, 0x22),
      allowsNeighbours(edge, 0x22, 0x61),
      allowsNeighbours(edge, 0x2e, 0x22),
    ]);
    expect(rules).toEqual([
      [true, false, true, true],
      [true, false, false, true],
      [true, false, false, false],
      [true, true, true, true],
    ]);
  });
});

test('avatar_named_by_address: a file ending is no longer domain', () => {
  const MAIL = 'a@b.example';
  for (const ending of ['.png', '.jpg?x=1', '.json', '.', '...', '-', '.html/x'])
    expect(`${ending} ${alone(`${MAIL}${ending}`, MAIL, 'email')}`).toBe(`${ending} ${ending !== '-'}`);
  for (const ending of ['.cn', '.com.cn', '.co.uk/x', '.zip'])
    expect(`${ending} ${alone(`${MAIL}${ending}`, MAIL, 'email')}`).toBe(`${ending} false`);
  expect(alone(`${MAIL}${'.a'.repeat(100_000)}`, MAIL, 'email')).toBe(true);
});
