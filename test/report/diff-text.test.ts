import { expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import type { DiffEntry, ReportDiff } from '../../src/report/diff.js';
import { caveatWords, changeWords, diffText, sideName } from '../../src/report/diff-text.js';

const entry = (part: Partial<DiffEntry> = {}): DiffEntry => ({
  app: 'main',
  dataType: 'imei',
  dataTypeName: { zh: '设备识别码', en: 'IMEI' },
  host: 'ads.example.test',
  company: { zh: '示例', en: 'Example' },
  grade: 'strong',
  placeholder: false,
  verdict: 'beyond_necessary',
  issues: ['third_party'],
  count: 1,
  ...part,
});
const side = (id: string, app: string | null) =>
  ({
    session: { id, app },
    findings: [{ dataType: 'oaid', dataTypeName: { zh: '匿名标识', en: 'OAID' } }],
    basis: { checks: [{ id: 'third_party', name: { zh: '向第三方提供', en: 'Given to a third party' } }] },
  }) as object as SessionReport;
const diff: ReportDiff = {
  new: [entry()],
  gone: [entry({ app: 'wechat:wx1', host: 'evil\u001b[2J\n.test', company: null })],
  changed: [{ before: entry({ verdict: 'necessary', issues: [] }), after: entry(), what: ['verdict', 'issues', 'scenes'] }],
  same: 4,
  receivers: { new: ['ads.example.test'], gone: [] },
  dataTypes: { new: [], gone: ['oaid'] },
  caveats: ['different-rules', 'after-nothing-decrypted'],
};

test('a line for each difference, then counts, names and caveats', () => {
  expect(diffText(side('s1', 'App 1'), side('s2', null), diff, 'en').split('\n')).toEqual([
    'App 1 (s1)  →  s2',
    '+ IMEI → ads.example.test (Example)  Beyond necessary  Given to a third party (third_party)',
    '- IMEI [wechat:wx1] → evil⟨U+001B⟩[2J⟨U+000A⟩.test  Beyond necessary  Given to a third party (third_party)',
    '~ IMEI → ads.example.test (Example)  Beyond necessary  Given to a third party (third_party)  verdict Necessary → Beyond necessary; issues – → Given to a third party (third_party); scenes',
    'new 1 · gone 1 · changed 1 · same 4',
    'new receivers: ads.example.test',
    'data types gone: OAID',
    '! The two were judged under different rules: a changed verdict may come from them.',
    '! The second has nothing that could be decrypted; not seen there does not mean not sent.',
  ]);
  expect(diffText(side('s1', 'App 1'), side('s2', null), diff, 'zh-CN')).toContain('新增 1 · 消失 1 · 变化 1 · 不变 4');
  expect(diffText(side('s1', 'App 1'), side('s2', null), diff, 'zh-CN')).toContain('问题 – → 向第三方提供（third_party）');
});

test('every caveat that can be has words; an unknown one is printed as it is', () => {
  for (const caveat of ['before-no-traffic', 'before-not-analysed', 'after-nothing-decrypted', 'different-category'])
    expect(caveatWords(caveat).zh).not.toContain('-');
  expect(caveatWords('before-something')).toEqual({ zh: 'before-something', en: 'before-something' });
});

test('a side without an app is its session; a change of grade is worded', () => {
  expect(sideName(side('s2', null))).toBe('s2');
  expect(sideName(side('har', 'App'), 'a.har')).toBe('App (a.har)');
  expect(changeWords({ before: entry({ grade: 'probable' }), after: entry(), what: ['grade'] }, 'zh-CN', (id) => id)).toEqual([
    '证据强度 很可能 → 强证据',
  ]);
});
