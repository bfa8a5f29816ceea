import { describe, expect, test } from 'vitest';
import { Redaction } from '../../src/report/redaction.js';

const redaction = new Redaction(new Set(['zhangsan', 'a', '13900000000']), ['secret-value', 'abc']);

describe('a URL', () => {
  test('keeps scheme, host, path and the names of its query', () => {
    expect(redaction.url('https://api.test:8443/v1/user?id=7&name=x&flag')).toBe('https://api.test:8443/v1/user?id=…&name=…&…');
    expect(redaction.url('https://api.test/')).toBe('https://api.test/');
  });

  test('loses user names, fragments, found values and long digit runs', () => {
    expect(redaction.url('http://me:pw@api.test/zhangsan/tel-02112345678/x#13900000000')).toBe('http://api.test/…/tel-…/x');
    expect(redaction.url('http://api.test/%7ahangsan/12secret-value34')).toBe('http://api.test/…/12…34');
    expect(redaction.url('http://api.test/?13900000000=1&=2')).toBe('http://api.test/?…=…&…');
  });

  test('is cut where a segment is a payload, and never throws', () => {
    expect(redaction.url(`/p/${'k'.repeat(200)}`)).toBe('/p/kkkkkkkk…');
    for (const odd of ['', '%', 'http://', '*', '/%zz', '?', 'a\nb?c=d\ne', '\ud800', 'http://[::1]/x'])
      expect(typeof redaction.url(odd)).toBe('string');
    expect(redaction.url('/a\nb?x=1\n2')).not.toContain('2');
  });
});

test('a path keeps its delimiters', () => {
  expect(redaction.path('body.$.device.imei')).toBe('body.$.device.imei');
  expect(redaction.path('body.$["13900000000"][3].zhangsan|base64|json$.x')).toBe('body.$["…"][3].…|base64|json$.x');
});

test('short values are not cut out of every word', () => {
  expect(redaction.text('abcdef and secret-value')).toBe('abcdef and …');
});
