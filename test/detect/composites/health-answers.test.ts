import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const answered = (body: object) =>
  detector
    .detect(decodeRequest(request({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'medical_condition' && grade !== 'candidate')
    .map(({ path }) => path)
    .sort();

describe('health-answers', () => {
  it('takes the answers of a declaration for what is said of a person’s health, also when they are no', () => {
    expect(answered({ data: { fever: 0, family_health: 1, fifteen_covid: 0, temperature: null, work: 1 } })).toEqual([
      'body.$.data.family_health',
      'body.$.data.fever',
      'body.$.data.fifteen_covid',
    ]);
    expect(answered({ isFever: '0', isDiagnosis: '0', isSymptom: '0' })).toContain('body.$.isDiagnosis');
    expect(answered({ cough: '否', isolation: '否', vaccinated: '是' })).toEqual(['body.$.cough']);
    expect(answered({ 发热: '无', 健康: '良好', 隔离: '否' })).toEqual(['body.$.健康', 'body.$.发热']);
  });

  it('takes switches, servers, games, counts and fewer questions for none', () => {
    expect(answered({ health_tab: 1, covid_banner: 1, symptom_checker: 1, fever: 1 })).toEqual([]);
    expect(answered({ health: 1, temperature: 1, status: 1 })).toEqual([]);
    expect(answered({ fever: 1, combo: 3, score: 1200 })).toEqual([]);
    expect(answered({ fever: 0, health: 1 })).toEqual([]);
    // A machine is asked the same of its faults; `symptom` has a name of its own.
    expect(answered({ symptom: 1, diagnosis: 0, health: 1 })).toEqual(['body.$.symptom']);
    expect(answered({ symptom: 0, health: 1, vaccinated: true })).toEqual(['body.$.health', 'body.$.symptom']);
    expect(answered({ covid: 120_331, fever: 873, cough: 1_204, symptom: 12 })).toEqual([]);
    expect(answered({ a: { fever: 0 }, b: { health: 1 }, c: { covid: 0 } })).toEqual([]);
  });

  it('incident: the questions of a form in Chinese were sentences, and none was seen', () => {
    expect(
      answered({ 是否到过境外等地: '否', 家人是否接触新冠病例: '否', 本人是否感染: '否', 是否有以下症状: '无上述症状', 今日体温: '36.4' }),
    ).toEqual(['body.$.家人是否接触新冠病例', 'body.$.是否有以下症状', 'body.$.本人是否感染']);
    expect(answered({ 设备有何症状: '无', 故障是否确诊: '是', 系统是否健康: '是', 新冠专区: '1' })).toEqual([]);
  });
});
