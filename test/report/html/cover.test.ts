import { expect, test } from 'vitest';
import { cover } from '../../../src/report/html/cover.js';
import { Page } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());

test('title, conclusion, numbers, limits and contents', () => {
  const text = cover(new Page(report, 'zh-CN'), '标题', '导语', [{ id: 'x', title: '第一节', body: null }]).text;
  expect(text).toContain('<h1>标题</h1>');
  expect(text).toContain('class="conclusion beyond"');
  expect(text).toContain('3 个主机的通信未能解密或未检查。');
  expect(text).toContain('<a href="#x"><span class="no">1</span>第一节</a>');
  // The parts of the bar add up to the whole.
  const widths = [...text.matchAll(/<rect class="\w+" x="[\d.]+" width="([\d.]+)" height="10"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(5);
  expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 1);
});

test('a recording that was checked directly has no number, and says so', () => {
  // Was: "报告编号 har".
  const checked = { ...report, session: { ...report.session, id: 'har' } };
  const of = (language: 'zh-CN' | 'en') => cover(new Page(checked, language), 'T', 'L', []).text;
  expect(of('zh-CN')).toContain('<dt>报告编号</dt><dd>无（直接检测录制文件，未存为会话）</dd>');
  expect(of('en')).toContain('<dd>none (a recording checked directly, not stored)</dd>');
  expect(cover(new Page(report, 'en'), 'T', 'L', []).text).toContain(`<span class="mono">${report.session.id}</span>`);
});

test('without findings there is no division by zero, without limits no empty list', () => {
  const nothing = {
    ...report.coverage,
    passedThrough: [],
    pinned: [],
    notInspected: [],
    opaque: [],
    truncated: 0,
    notAnalysedBytes: 0,
    limitsReached: {},
  };
  const summary = {
    ...report.summary,
    findings: 0,
    byVerdict: { beyond_necessary: 0, conditional: 0, necessary: 0, technical: 0, not_judged: 0 },
  };
  const text = cover(new Page({ ...report, findings: [], coverage: nothing, summary }, 'en'), 't', 'l', []).text;
  expect(text).not.toContain('NaN');
  expect(text).not.toContain('class="limits"');
  expect(text).toContain('class="conclusion none_found"');
});
