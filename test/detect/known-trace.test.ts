import { describe, expect, test } from 'vitest';
import * as traces from '../../src/detect/known-trace.js';

const value = { type: 'imei', name: { zh: '设备识别码', en: 'Device identity' }, ordinal: 2 };

describe('trace lines', () => {
  const lines = [
    traces.traceKnown(value, 'base64'),
    traces.traceDigest(value, 'sha256', 'plain'),
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
    expect(traces.traceDigest(value, 'sha256', 'separators').text.en).toContain('written before hashing as: other separators');
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
