import { describe, expect, it } from 'vitest';
import { isClinical, isOfVisit } from '../../src/detect/clinical.js';

describe('isClinical', () => {
  it('knows hospitals and the departments that treat patients', () => {
    for (const text of ['内科', '心血管内科', '皮肤科门诊', '例市第一人民医院']) expect(isClinical(text), text).toBe(true);
  });

  it('knows no department of a firm', () => {
    for (const text of ['研发部', '财务科', '测试二部', '内科技']) expect(isClinical(text), text).toBe(false);
  });

  it('knows what belongs to a visit beside a hospital', () => {
    expect(isOfVisit('appointment date', '2026-11-20 09:30')).toBe(true);
    expect(isOfVisit('appointment date', '64')).toBe(false);
    expect(isOfVisit('expert name', '王大夫')).toBe(true);
    expect(isOfVisit('dept', '王大夫')).toBe(false);
    expect(isOfVisit('dept', '内科')).toBe(true);
  });
});
