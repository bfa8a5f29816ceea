import { describe, expect, test } from 'vitest';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { buildLeafTable } from '../../src/detect/known-leaf.js';

const table = buildLeafTable([
  canonicalValue('real_name', '范例丁'),
  canonicalValue('gender', 'Female'),
  canonicalValue('phone_number', '19900001234'),
]);
const find = (leaf: string) => (table.mayHold(leaf) ? table.find(leaf).map(({ value, form }) => `${value} ${form}`) : []);

describe('whole leaves', () => {
  test('equal text, with white space and in any letter case', () => {
    expect(find('范例丁')).toEqual(['0 plain']);
    expect(find(' 范例丁\n')).toEqual(['0 plain']);
    expect(find('female')).toEqual(['1 plain']);
    expect(find('FEMALE')).toEqual(['1 plain']);
    expect(find('Female')).toEqual(['1 plain']);
  });

  test('a name with a gap between its characters', () => {
    expect(find('范 例 丁')).toEqual(['0 plain']);
    expect(find('范\u3000例\u3000丁')).toEqual(['0 plain']);
    expect(find('范 例丁')).toEqual([]);
  });

  test('encodings that are too short for a decoder', () => {
    expect(find(Buffer.from('范例丁').toString('base64'))).toEqual(['0 base64']);
    expect(find(Buffer.from('范例丁').toString('hex').toUpperCase())).toEqual(['0 hex']);
    expect(find('%e8%8c%83%e4%be%8b%e4%b8%81')).toEqual(['0 percent']);
    expect(find('%B7%B6%C0%FD%B6%A1')).toEqual(['0 gbk+percent']);
  });

  test('a part of a leaf, or a value that is searched anyway, is not found here', () => {
    expect(find('范例丁先生')).toEqual([]);
    expect(find('females')).toEqual([]);
    expect(find('19900001234')).toEqual([]);
    expect(find('')).toEqual([]);
    expect(find('x'.repeat(100_000))).toEqual([]);
  });

  test('tells common values from rare ones', () => {
    expect(table.find('female')[0]?.common).toBe(true);
    expect(table.find('范例丁')[0]?.common).toBe(false);
  });
});
