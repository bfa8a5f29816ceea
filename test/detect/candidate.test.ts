import { describe, expect, it } from 'vitest';
import {
  asClue,
  changedBy,
  clueOf,
  evidenceAt,
  firstOf,
  readAsOne,
  readTogether,
  surePaths,
  sureTypes,
  weaker,
} from '../../src/detect/candidate.js';
import { decodedOf } from './fixture.js';

describe('evidenceAt', () => {
  it('sets a reading at its field, steps included', () => {
    const [field] = decodedOf([{ path: 'body.$.a', keys: ['a'], value: 'x', steps: ['gzip', 'json'] }]).fields;
    if (!field) throw new Error('no field');
    const evidence = evidenceAt(field, 'response', 3, {
      dataType: 'imei',
      grade: 'probable',
      detector: 'pattern',
      form: null,
      value: 'x',
      span: [0, 1],
      placeholder: false,
      trace: [],
    });
    expect(evidence).toMatchObject({
      dataType: 'imei',
      path: 'body.$.a',
      part: 'body',
      steps: ['gzip', 'json'],
      direction: 'response',
      message: 3,
      span: [0, 1],
    });
  });
});

describe('readTogether', () => {
  it('reads a field as it stands, with the reason', () => {
    const decoded = decodedOf([{ path: 'body.$.w', keys: ['w'], value: '1080' }]);
    const [field] = decoded.fields;
    if (!field) throw new Error('no field');
    const line = { rule: 'screen-sides', text: { zh: '宽高', en: 'sides' } };
    const { evidence, keyLength } = readTogether(decoded, field, 'screen_info', line);
    expect(evidence).toMatchObject({ dataType: 'screen_info', grade: 'probable', detector: 'composite', value: '1080', trace: [line] });
    expect(keyLength).toBe(0);
    expect(evidence.span).toBeNull();
  });

  it('reads a part of its text at the place where that stands', () => {
    const value = 'Android 13;SM-G9910;zh_CN';
    const decoded = decodedOf([{ path: 'body.$.ua', keys: ['ua'], value }]);
    const [field] = decoded.fields;
    if (!field) throw new Error('no field');
    const line = { rule: 'device-line', text: { zh: '一行', en: 'a line' } };
    const { evidence } = readTogether(decoded, field, 'device_model', line, { text: 'SM-G9910', start: 11 });
    expect(evidence.value).toBe('SM-G9910');
    expect(value.slice(...(evidence.span ?? []))).toBe('SM-G9910');
  });
});

describe('readAsOne', () => {
  it('stands at its own path, plain and in earnest, before every name of its parts', () => {
    const decoded = decodedOf([{ path: 'body.$.a[0].lat', keys: ['a', 'lat'], value: '31.2304', steps: ['json'] }]);
    const [field] = decoded.fields;
    if (!field) throw new Error('no field');
    const sum = { dataType: 'location_track', grade: 'probable', value: '31.2304;31.2305', trace: [], passRate: 1e-3 } as const;
    const { evidence, keyLength, passRate } = readAsOne(decoded, field, { ...sum, path: 'body.$.a' });
    expect(evidence).toMatchObject({ path: 'body.$.a', steps: ['json'], form: 'plain', placeholder: false, span: null });
    expect([passRate, keyLength]).toEqual([1e-3, 99]);
    const other = readAsOne(decoded, field, { ...sum, form: null, placeholder: true, keyLength: 4 });
    expect(other.evidence).toMatchObject({ path: 'body.$.a[0].lat', form: null, placeholder: true });
    expect(other.keyLength).toBe(4);
  });
});

describe('firstOf', () => {
  it('shows three elements and no more', () => {
    const { fields } = decodedOf(['1', '2', '3', '4'].map((value) => ({ path: 'body.$.a', keys: ['a'], value })));
    expect(
      firstOf(
        fields.map((field) => [field, field]),
        ',',
        ';',
      ),
    ).toBe('1,1;2,2;3,3');
  });
});

describe('surePaths', () => {
  it('leaves out where there is a clue only', () => {
    const decoded = decodedOf([
      { path: 'body.$.a', keys: ['a'], value: 'x' },
      { path: 'body.$.b', keys: ['b'], value: 'y' },
    ]);
    const [a, b] = decoded.fields;
    if (!a || !b) throw new Error('no field');
    const sum = { dataType: 'imei', value: 'x', trace: [], passRate: 1 } as const;
    const readings = [readAsOne(decoded, a, { ...sum, grade: 'candidate' }), readAsOne(decoded, b, { ...sum, grade: 'strong' })];
    expect([...surePaths(readings)]).toEqual(['body.$.b']);
    expect([...sureTypes(readings)]).toEqual([['body.$.b', 'imei']]);
    expect([surePaths(readings, 'imei').size, surePaths(readings, 'imsi').size]).toEqual([1, 0]);
  });
});

describe('a clue', () => {
  const decoded = decodedOf([{ path: 'body.$.a', keys: ['a'], value: 'x' }]);
  const [field] = decoded.fields;
  if (!field) throw new Error('no field');
  const told = { rule: 'key', text: { zh: '名称', en: 'name' } };
  const reason = { rule: 'doubt-catalogue', text: { zh: '商品', en: 'goods' } };
  const reading = readAsOne(decoded, field, { dataType: 'imei', grade: 'strong', value: 'x', trace: [told], passRate: 1e-5 });

  it('is the same evidence, with the reason behind what was told before', () => {
    expect(clueOf(reading.evidence, reason)).toEqual({ ...reading.evidence, grade: 'candidate', trace: [told, reason] });
    expect(reading.evidence).toMatchObject({ grade: 'strong', trace: [told] });
  });

  it('is never made surer than it was', () => {
    expect(clueOf({ ...reading.evidence, grade: 'opaque' }, reason).grade).toBe('opaque');
    expect(clueOf(clueOf(reading.evidence, reason), reason)).toMatchObject({ grade: 'candidate', trace: [told, reason, reason] });
  });

  it('is made of a reading as any other change is', () => {
    const lifted = changedBy(reason, asClue(reading, told), { grade: 'probable', dataType: 'meid' });
    expect(lifted).toEqual({
      ...reading,
      evidence: { ...reading.evidence, grade: 'probable', dataType: 'meid', trace: [told, told, reason] },
    });
  });

  it('keeps of a reading what decides between types', () => {
    expect(asClue(reading, reason)).toEqual({ ...reading, evidence: clueOf(reading.evidence, reason) });
  });
});

describe('weaker', () => {
  it('takes the less sure of two grades, whichever comes first', () => {
    expect(weaker('strong', 'probable')).toBe('probable');
    expect(weaker('candidate', 'strong')).toBe('candidate');
    expect(weaker('probable', 'probable')).toBe('probable');
  });
});
