import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { isOfRole } from '../../src/detect/roles.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const gradeOf = (body: object, path: string, type: string) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .find((each) => each.path === `body.$.${path}` && each.dataType === type)?.grade;

describe('isOfRole', () => {
  it('knows whom forms are about, and asks it of every word', () => {
    expect(isOfRole(['applicant'])).toBe(true);
    expect(isOfRole(['emergency', 'contact'])).toBe(true);
    expect(isOfRole(['applicant', 'page'])).toBe(false);
    expect(isOfRole([])).toBe(false);
  });

  it('leaves out whoever serves: an app tells its user of them', () => {
    for (const word of ['driver', 'courier', 'doctor', 'teacher', 'seller', 'author', 'anchor']) expect(isOfRole([word]), word).toBe(false);
  });
});

describe('nouns that only people have', () => {
  it('stay what they are behind a role (patientSymptom, insuredIDType)', () => {
    expect(gradeOf({ patientSymptom: '头晕乏力两周' }, 'patientSymptom', 'medical_condition')).toBe('probable');
    expect(gradeOf({ insuredIDType: 'I' }, 'insuredIDType', 'id_type')).toBe('probable');
    expect(gradeOf({ recipient_gender: '2' }, 'recipient_gender', 'gender')).toBe('probable');
    expect(gradeOf({ patientNation: '汉族' }, 'patientNation', 'ethnicity')).toBe('probable');
  });

  it('are a clue behind any other word', () => {
    expect(gradeOf({ voiceGender: '2' }, 'voiceGender', 'gender')).toBe('candidate');
    expect(gradeOf({ networkSymptom: '无法连接' }, 'networkSymptom', 'medical_condition')).toBe('candidate');
  });

  it('make a name of `name` beside a number that reaches somebody', () => {
    expect(gradeOf({ psgName: '魏清扬', contactPhone: '13912345678' }, 'psgName', 'real_name')).toBe('probable');
    expect(gradeOf({ psgName: '魏清扬' }, 'psgName', 'real_name')).toBe('candidate');
    expect(gradeOf({ liveName: '魏清扬', contactPhone: '13912345678' }, 'liveName', 'real_name')).toBe('candidate');
    expect(gradeOf({ memberName: '黄金会员', phone: '13912345678' }, 'memberName', 'real_name')).toBeUndefined();
  });
});
