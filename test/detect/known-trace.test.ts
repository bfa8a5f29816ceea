import { describe, expect, test } from 'vitest';
import * as traces from '../../src/detect/known-trace.js';

const value = { type: 'imei', name: { zh: '设备识别码', en: 'Device identity' }, ordinal: 2 };

describe('trace lines', () => {
  const lines = [
    traces.traceKnown(value, 'base64'),
    traces.traceDigest(value, { form: 'sha256', writing: 'plain', notation: null, recipe: null }),
    traces.traceMasked(value),
    traces.tracePlace(value, 'bd09', 6, 1e6),
    traces.tracePrecision(2),
    traces.tracePrecision(5),
    traces.traceLeafOnly(true),
    traces.traceLeafOnly(false),
    traces.traceLeafWithoutKey(),
    traces.traceExtent(true),
    traces.traceExtent(false),
    traces.traceLayer(),
    traces.traceShortNumber(),
    traces.traceContained(value),
    traces.traceAlso(value),
    traces.traceLimit(3000),
  ];

  test('how a value was written is said in words; names of encodings stand as they are', () => {
    expect(traces.traceKnown(value, 'plain').text).toMatchObject({
      zh: expect.stringMatching(/写法：原样。$/),
      en: expect.stringMatching(/as it is\.$/),
    });
    expect(traces.traceKnown(value, 'country-code+base64').text.zh).toContain('写法：带国家代码、base64');
  });

  const digest = (form: string, writing: string, notation: string | null, recipe: string | null) =>
    traces.traceDigest(value, { form, writing, notation, recipe }).text;

  test('incident: the plus of +86 and of x + salt1 was taken for one between two encodings, so that nobody could make the digest again', () => {
    expect(digest('sha256', 'country-code', '+#############', null).en).toContain(
      'with the country code, like +############# with # for a digit)',
    );
    const salted = digest('md5+salt', 'plain', null, 'md5(x + salt2)');
    expect(salted.en).toContain("as it is; made as md5(x + salt2), x being the value; salt2 is entry 2 of the persona's salts)");
    expect(salted.zh).toContain('原样；算法：md5(x + salt2)，x 为该值；salt2 为测试人物 salts 的第 2 项）');
  });

  test('what no hash function is called says how it is made', () => {
    expect(digest('md5-16', 'plain', null, null).en).toContain('digits 9 to 24 of the MD5 in hex');
    expect(digest('md5-16+salt', 'plain', null, 'md5-16(salt1 + x)').zh).toContain('第 9 至 24 位；算法：md5-16(salt1 + x)');
    expect(digest('md5-uuid', 'plain', null, null).en).toContain('version 3');
    expect(digest('sha1(md5)', 'plain', null, 'sha1(md5(x))').en).toContain('an inner digest in lower-case hex');
  });

  test.each(lines)('$rule is kebab-case and speaks both languages', ({ rule, text }) => {
    expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(text.en).not.toMatch(/[\u4e00-\u9fff]/);
    expect(text.en.length).toBeGreaterThan(10);
  });

  test('the value is named by type and position, the form by its name', () => {
    expect(traces.traceKnown(value, 'base64').text.en).toBe('Equals value 2 of "Device identity" in the persona; written as: base64.');
    expect(traces.tracePlace(value, 'gcj02', 5, 1).text.zh).toContain('GCJ-02');
  });

  test('precision: up to two decimals coarse, more precise', () => {
    expect([1, 2, 3, 4].map((decimals) => traces.tracePrecision(decimals).rule)).toEqual([
      'precision-coarse',
      'precision-coarse',
      'precision-precise',
      'precision-precise',
    ]);
  });
});
