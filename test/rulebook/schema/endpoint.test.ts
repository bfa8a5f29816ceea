import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runExamples } from '../../../src/detect/examples.js';
import { loadRulebook } from '../../../src/rulebook/load.js';
import { endpoints } from '../../../src/rulebook/schema/endpoint.js';

const field = { key: 'm2', type: 'imei', reason: { zh: '说明', en: 'because' }, match: ['x'] };
const endpoint = { hosts: ['vendor.test'], basis: 'the vendor’s reference', fields: [field] };
const accepts = (change: object) =>
  endpoints.safeParse({ vendor: { zh: '某厂', en: 'Vendor' }, endpoints: [{ ...endpoint, ...change }] }).success;

describe('endpoints schema', () => {
  it('takes the shortest whole rule', () => expect(accepts({})).toBe(true));

  it('takes a part by its place or its label', () => {
    for (const at of [0, 7, 'imei:']) expect(accepts({ fields: [{ ...field, part: { between: '|', at } }] })).toBe(true);
  });

  it.each([
    ['a host with a star', { hosts: ['*.vendor.test'] }],
    ['a host in capitals', { hosts: ['Vendor.test'] }],
    ['a path without its slash', { paths: ['v1'] }],
    ['a path of three stars', { paths: ['/*/*/*'] }],
    ['no host and one name only', { hosts: [], having: ['imp'] }],
    ['no basis', { basis: '' }],
    ['no fields', { fields: [] }],
    ['a field without an example', { fields: [{ ...field, match: [] }] }],
    ['a field without a reason', { fields: [{ ...field, reason: { zh: '', en: '' } }] }],
    ['a field with key and path', { fields: [{ ...field, path: 'query.m2' }] }],
    ['a field with neither', { fields: [{ ...field, key: null }] }],
    ['an expression that is not anchored', { fields: [{ ...field, shape: '[0-9]{32}' }] }],
    ['a slow expression', { fields: [{ ...field, shape: '^(?:a+)+$' }] }],
    ['a part without what divides it', { fields: [{ ...field, part: { between: '', at: 1 } }] }],
    ['a part before the first', { fields: [{ ...field, part: { between: '|', at: -1 } }] }],
    ['a part between two places', { fields: [{ ...field, part: { between: '|', at: 1.5 } }] }],
    ['a part that is no personal data', { fields: [{ ...field, type: null, part: { between: '|', at: 1 } }] }],
    ['an unknown word', { fields: [{ ...field, grade: 'strong' }] }],
  ])('refuses %s', (_, change) => expect(accepts(change)).toBe(false));
});

describe('rules/endpoints', () => {
  const rules = fileURLToPath(new URL('../../../rules/', import.meta.url));
  const book = loadRulebook({ dir: rules });

  it('are all in the rulebook', () => {
    const files = readdirSync(`${rules}endpoints`).map((file) => file.replace('.yaml', ''));
    expect([...new Set(book.endpoints?.map(({ id }) => id))].sort()).toEqual(files.sort());
  });

  it('hold their own examples', () => {
    const { failures } = runExamples(book.dataTypes, book.endpoints);
    expect(failures.filter(({ problem }) => problem.startsWith('endpoint'))).toEqual([]);
  });
});
