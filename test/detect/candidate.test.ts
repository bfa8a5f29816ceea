import { describe, expect, it } from 'vitest';
import { evidenceAt, readTogether, weaker } from '../../src/detect/candidate.js';
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
  });
});

describe('weaker', () => {
  it('takes the less sure of two grades, whichever comes first', () => {
    expect(weaker('strong', 'probable')).toBe('probable');
    expect(weaker('candidate', 'strong')).toBe('candidate');
    expect(weaker('probable', 'probable')).toBe('probable');
  });
});
