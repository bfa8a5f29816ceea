import { expect, test } from 'vitest';
import { code, format, words } from '../../../src/report/formats/markdown.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

test('words lose every sign that Markdown or HTML would act on', () => {
  expect(words('<b>*x* [a](javascript:1) | @you https://x.test')).toBe(
    '\\<b\\>\\*x\\* \\[a\\]\\(javascript\\:1\\) \\| \\@you https\\://x\\.test',
  );
  expect(words('a\nb')).toBe('a⟨U\\+000A⟩b');
});

test('a code span cannot be left, nor a table cell', () => {
  expect(code('a`b')).toBe('`` a`b ``');
  expect(code('```')).toBe('```` ``` ````');
  expect(code('a|b')).toBe('`a\\|b`');
  expect(code('')).toBe('');
});

test('says the conclusion, its limits and every finding', () => {
  const text = String(format.render(buildReport(sampleRecord()), { language: 'en' }));
  expect(text).toContain('sent 4 types of personal data beyond what its category needs to 5 hosts');
  expect(text).toContain('3 hosts could not be decrypted');
  expect(text.match(/^\| (Beyond necessary|Conditional|Necessary|Technical\/service|Not judged) \| [^|]*`/gm)).toHaveLength(11);
  const columns = text
    .split('\n')
    .filter((line) => line.startsWith('| Beyond necessary | ') && line.includes('`'))
    .map((line) => line.replace(/\\\|/g, '').split('|').length);
  expect(new Set(columns)).toEqual(new Set([10]));
});

test('a finding of a mini program names it', () => {
  const report = buildReport(sampleRecord());
  const findings = report.findings.slice(0, 1).map((finding) => ({ ...finding, app: 'wechat:wx0' }));
  expect(String(format.render({ ...report, findings }, { language: 'en' }))).toContain('<br>`wechat:wx0` |');
});

test('what nobody filled in is said so, and hosts that offer HTTP/3 are named', () => {
  const report = buildReport(sampleRecord());
  const offer = { host: 'h3.example.test', connections: 1, bytesUp: 0, code: 'OVR_HTTP3_OFFERED', cause: { zh: '提供', en: 'offers' } };
  const bare = {
    ...report,
    session: { ...report.session, app: null, device: null, category: null, categoryName: null },
    coverage: { ...report.coverage, http3Offered: [offer] },
  };
  const text = String(format.render(bare, { language: 'zh-CN' }));
  expect(text).toContain('| 设备 | 未填写 |');
  expect(text).toContain('| 被测App | 未填写 |');
  expect(text).toContain('| App类型 | 未选择 |');
  expect(text).toContain('| `h3.example.test` | 提供 |');
  expect(text).toContain('1 个主机提供 HTTP/3');
});
