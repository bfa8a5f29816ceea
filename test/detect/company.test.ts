import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { withCompany } from '../../src/detect/company.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const gradeOf = (body: object, path: string) =>
  detector.detect(decodeRequest(request({ body: JSON.stringify(body) }))).find((each) => each.path === path)?.grade;

describe('withCompany', () => {
  it('lifts an ambiguous name beside other kinds of device data', () => {
    expect(gradeOf({ model: 'SM-G9910', os_version: '11', imei: '866123456789018' }, 'body.$.model')).toBe('probable');
    expect(gradeOf({ model: 'SM-G9910', price: '99' }, 'body.$.model')).toBe('candidate');
  });

  it('counts kinds, not fields, and not the kind itself', () => {
    expect(gradeOf({ model: 'SM-G9910', brand: 'SAMSUNG', device_model: 'SM-G9910', lang: 'zh-CN' }, 'body.$.model')).toBe('candidate');
  });

  it('does not reach into other objects', () => {
    expect(
      gradeOf({ device: { os_version: '11', imei: '866123456789018' }, items: [{ model: 'SM-G9910' }] }, 'body.$.items[0].model'),
    ).toBe('candidate');
  });

  it('never makes a person’s data surer', () => {
    expect(gradeOf({ name: '张小明', os_version: '11', lang: 'zh-CN', imei: '866123456789018' }, 'body.$.name')).toBe('candidate');
  });

  it('takes a name for a person’s beside what reaches that person', () => {
    expect(gradeOf({ name: '张小明', mobile: '13912345678' }, 'body.$.name')).toBe('probable');
    expect(gradeOf({ name: 'Ana Souza', email: 'ana@example.com' }, 'body.$.name')).toBe('probable');
    expect(gradeOf({ name: '王府井', gender: '1' }, 'body.$.name')).toBe('candidate');
  });

  it('takes a region for one beside a city, and not the state of a sign-in (oauth_state_beside_country)', () => {
    expect(gradeOf({ city: 'Lyon', region: 'Rhone' }, 'body.$.region')).toBe('probable');
    expect(gradeOf({ country_code: 'CN', state: 'REDIRECTION' }, 'body.$.state')).toBe('candidate');
  });

  it('wants more company for a bare release than for a dotted one', () => {
    const device = { device_model: 'SM-G9910', lang: 'zh-CN', imei: '866123456789018' };
    expect(gradeOf({ ...device, ov: '11' }, 'body.$.ov')).toBe('probable');
    expect(gradeOf({ ...device, platform: '1' }, 'body.$.platform')).toBe('candidate');
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', ov: '11' }, 'body.$.ov')).toBe('candidate');
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', ov: '11.0.1' }, 'body.$.ov')).toBe('probable');
  });

  it('gives back as many readings as it got', () => {
    expect(withCompany([], new Map(), [])).toEqual([]);
  });
});
