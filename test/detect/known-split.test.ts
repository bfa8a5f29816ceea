import { describe, expect, it } from 'vitest';
import { decodeRequest, Triage } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { buildSplitTable } from '../../src/detect/known-split.js';
import { createKnownValues } from '../../src/detect/known-values.js';
import { dataTypes, request } from './fixture.js';

const PHONE = '13900138000';
const known = createKnownValues({ values: { phone_number: [PHONE], email: ['lin@example.com'] }, salts: [], keys: [] }, dataTypes);
const detector = createDetector({ dataTypes, known });
const find = (parts: Parameters<typeof request>[0]) =>
  known.find(decodeRequest(request(parts))).map(({ dataType, grade, form, path, value }) => [dataType, grade, form, path, value]);
const found = (path: string) => [['phone_number', 'confirmed', 'parts', path, PHONE]];

describe('buildSplitTable', () => {
  const table = buildSplitTable([canonicalValue('phone_number', PHONE)]);

  it('knows first parts, not whole values, and forms of numbers that are no times', () => {
    expect(table.begins('139')).toBe(true);
    expect(table.begins('1390013800')).toBe(true);
    expect(table.begins(PHONE)).toBe(false);
    expect(table.begins('13')).toBe(false);
    expect(table.begins('001')).toBe(false);
    expect(table.amounts.has(139)).toBe(true);
    expect(table.mayBegin('1731000000')).toBe(false);
  });

  it('asks for neighbours only where there is a first part', () => {
    expect(
      table.find([], () => {
        throw new Error('asked');
      }),
    ).toEqual([]);
  });
});

// Incident: `phone1=139&phone2=0013&phone3=8000` was nothing to anybody.
describe('a known value in parts', () => {
  it('is found in queries, forms, paths, objects, lists and numbers', () => {
    expect(find({ url: 'https://api.example.com/?phone1=139&phone2=0013&phone3=8000' })).toEqual(found('query.phone1'));
    expect(find({ url: 'https://api.example.com/u/139/00138000' })).toEqual(found('url.path[1]'));
    expect(find({ body: 'a=13900&b=138000', contentType: 'application/x-www-form-urlencoded' })).toEqual(found('body.form.a'));
    expect(find({ body: JSON.stringify({ v: 2, head: '139', mid: '0013', tail: '8000' }) })).toEqual(found('body.$.head'));
    expect(find({ body: JSON.stringify({ phone: ['139', '0013', '8000'] }) })).toEqual(found('body.$.phone[0]'));
    expect(find({ body: JSON.stringify({ a: 13900, b: 138000 }) })).toEqual(found('body.$.a'));
  });

  it('is found among leaves that nobody wanted', () => {
    const noise = Array.from({ length: 200 }, (_, index) => ({ n: index, s: `w${index % 7}` }));
    for (const parts of [
      { a: '139', b: '0013', c: '8000' },
      { a: 139001, b: 38000 },
      { a: 'lin', b: '@example.com' },
    ]) {
      const decoded = decodeRequest(request({ body: JSON.stringify({ noise, parts }) }), { triage: new Triage(detector.interest, true) });
      expect(decoded.idle).toBeDefined();
      expect(detector.detect(decoded).map(({ path, form }) => [path, form])).toEqual([['body.$.parts.a', 'parts']]);
    }
  });

  it('is none where something stands between the parts, they are of different objects, or in another order', () => {
    expect(find({ body: JSON.stringify({ a: '139', b: 'x', c: '00138000' }) })).toEqual([]);
    expect(find({ body: JSON.stringify({ a: '00138000', c: '139' }) })).toEqual([]);
    expect(find({ body: JSON.stringify([{ a: '139' }, { a: '00138000' }]) })).toEqual([]);
    expect(find({ body: JSON.stringify({ a: '139', b: '00138000', c: '1' }) })).toHaveLength(1);
    expect(find({ body: JSON.stringify({ a: '139', b: '001380001' }) })).toEqual([]);
  });

  it('incident: two words that stood side by side were the nickname that they make together', () => {
    const named = createKnownValues({ values: { nickname: ['moonlight', 'moonlight99'] }, salts: [], keys: [] }, dataTypes);
    const forms = (body: object) => named.find(decodeRequest(request({ body: JSON.stringify(body) }))).map(({ form }) => form);
    expect(forms({ tags: ['moon', 'light'] })).toEqual([]);
    expect(forms({ a: 'moon', b: 'light99' })).toEqual(['parts']);
  });

  it('says in how many parts', () => {
    const [hit] = known.find(decodeRequest(request({ url: 'https://api.example.com/?a=139&b=0013&c=8000' })));
    expect(hit?.trace.map(({ text }) => text.en).join(' ')).toContain('3 parts');
  });
});
