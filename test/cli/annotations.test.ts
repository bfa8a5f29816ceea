import { expect, test } from 'vitest';
import { annotationsOf } from '../../src/cli/annotations.js';
import type { ReportFinding } from '../../src/model/report.js';

function finding(id: string, host: string, path = 'body.$.imei'): ReportFinding {
  return {
    id,
    app: 'main',
    dataType: 'imei',
    dataTypeName: { zh: '设备识别码 IMEI', en: 'IMEI' },
    verdict: 'beyond_necessary',
    reason: { zh: '不在清单内', en: 'Not on the list', article: '4, 5(2)' },
    issues: [
      { check: 'third_party', severity: 'medium', clause: '191号 4', text: { zh: '发送给第三方', en: 'Sent to a third party' } },
      { check: 'in_url', severity: 'info', clause: 'x', text: { zh: '略', en: 'left out' } },
    ],
    party: { host, company: { zh: '示例广告', en: 'Example Ads' } },
    occurrences: [{ method: 'POST', url: `https://${host}/c`, path, masked: '490*********518' }],
  } as object as ReportFinding;
}

test('names data type, receiver, verdict, clause and place, in the language asked for', () => {
  const [line] = annotationsOf([finding('f1', 'ads.example.org')], 'en');
  expect(line).toBe(
    '::error title=Overreach%3A IMEI → ads.example.org::IMEI (imei) → ads.example.org (Example Ads): Beyond necessary [art. 4, 5(2)] · Not on the list · third_party: Sent to a third party [191号 4] · POST https://ads.example.org/c body.$.imei = 490*********518 · finding f1',
  );
  expect(annotationsOf([finding('f1', 'ads.example.org')], 'zh-CN')[0]).toContain(
    '设备识别码 IMEI (imei) → ads.example.org (示例广告): 超出必要范围［第四条、第五条第（二）项］',
  );
  // What a mini program sent is none of the app's.
  expect(annotationsOf([{ ...finding('f1', 'ads.example.org'), app: 'wechat:wx0' }], 'en')[0]).toContain('::wechat:wx0: IMEI (imei)');
});

test('a captured name can end neither the title nor the line', () => {
  const [line] = annotationsOf([finding('f', 'evil,file=x::y%0A\r\n::stop-commands::z', 'a\u2028b')], 'en');
  expect(line).not.toMatch(/[\r\n\u2028]/);
  const title = line?.slice('::error '.length, line.indexOf('::', 8));
  expect(title).toContain('evil%2Cfile=x%3A%3Ay%250A');
  expect(title?.match(/,/g)).toBeNull();
});

test('at most ten lines; the last counts what is not shown', () => {
  const many = Array.from({ length: 12 }, (_, index) => finding(`f${index}`, `h${index}.test`));
  const lines = annotationsOf(many, 'en');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error title=Overreach::3 more findings are in the result of the check.');
  expect(annotationsOf(many.slice(0, 10), 'en').at(-1)).toContain('h9.test');
  expect(annotationsOf([], 'en')).toEqual([]);
});
