import { describe, expect, it } from 'vitest';
import { decodeRequest, Triage } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { buildSpelledTable } from '../../src/detect/known-spelled.js';
import { createKnownValues } from '../../src/detect/known-values.js';
import { dataTypes, request } from './fixture.js';

const PHONE = '13900000001';
const known = createKnownValues({ values: { phone_number: [PHONE] }, salts: [], keys: [] }, dataTypes);
const find = (parts: Parameters<typeof request>[0]) =>
  known.find(decodeRequest(request(parts))).map(({ dataType, grade, form, path, value }) => [dataType, grade, form, path, value]);

describe('buildSpelledTable', () => {
  const table = buildSpelledTable([canonicalValue('phone_number', PHONE)]);

  it('holds spellings as a whole, and turns others away cheaply', () => {
    expect(table.find('6dvp8n5')).toEqual([{ value: 0, form: 'base36', text: PHONE }]);
    expect(table.mayHold('6dvp8n5')).toBe(true);
    expect(table.mayHold('')).toBe(false);
    expect(table.find(PHONE)).toEqual([]);
    expect(table.find('FAgyyP')).toEqual([]);
    const words = Array.from({ length: 20_000 }, (_, index) => `word-${(index * 2_654_435_761) % 4_294_967_296}`);
    expect(words.filter((word) => table.mayHold(word)).length).toBeLessThan(words.length / 20);
  });

  it('knows by its digits which number may be one', () => {
    expect(table.isNumber('199999999999')).toBe(true);
    expect(table.isNumber('799999999999')).toBe(false);
    expect(table.isNumber('1731000000123')).toBe(false);
  });
});

describe('known values in rare spellings', () => {
  it('are found as the whole of a leaf, wherever it stands, and the value is said as it reads', () => {
    const found = (path: string) => [['phone_number', 'confirmed', 'base58', path, PHONE]];
    expect(find({ body: JSON.stringify({ d: 'DCd7ADgc48wyZNp' }) })).toEqual(found('body.$.d'));
    expect(find({ body: 'd=DCd7ADgc48wyZNp', contentType: 'application/x-www-form-urlencoded' })).toEqual(found('body.form.d'));
    expect(find({ url: 'https://api.example.com/u/DCd7ADgc48wyZNp' })).toEqual(found('url.path[1]'));
    expect(find({ headers: [['x-d', 'DCd7ADgc48wyZNp']] })).toEqual(found('header.x-d'));
    expect(find({ body: JSON.stringify({ d: 'xDCd7ADgc48wyZNp' }) })).toEqual([]);
    expect(find({ body: JSON.stringify({ d: 'dcd7adgc48wyznp' }) })).toEqual([]);
  });

  it('are wanted of a document of which most leaves are left where they stand', () => {
    const detector = createDetector({ dataTypes, known });
    const noise = Array.from({ length: 200 }, (_, index) => ({ n: index, s: `w${index % 7}` }));
    for (const d of ['DCd7ADgc48wyZNp', '68455555556', 68455555556, '147440225401']) {
      const decoded = decodeRequest(request({ body: JSON.stringify({ noise, d }) }), { triage: new Triage(detector.interest, true) });
      expect(
        detector.detect(decoded).map(({ dataType, grade }) => [dataType, grade]),
        String(d),
      ).toEqual([['phone_number', 'confirmed']]);
    }
  });
});
