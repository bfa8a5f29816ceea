import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { AuditRecord } from '../../src/model/report.js';
import { conclude } from '../../src/report/conclusion.js';
import { renderReport, sessionReportSchema } from '../../src/report/index.js';
import { buildReport, isoTime } from '../../src/report/session-report.js';
import { PLANTED, sampleRecord } from './sample-record.js';

test('findings stand in order of weight, candidates are counted and hidden', () => {
  const report = buildReport(sampleRecord());
  expect(report.findings.map(({ id }) => id)).toEqual([
    'f-imei-ads',
    'f-imei-stat',
    'f-phone-clear',
    'f-oaid-push',
    'f-contacts',
    'f-payment',
    'f-location',
    'f-phone',
    'f-model',
    'f-imei-zero',
    'f-opaque',
  ]);
  expect(report.findings.map(({ verdict }) => verdict)).toEqual([
    'beyond_necessary',
    'beyond_necessary',
    'beyond_necessary',
    'beyond_necessary',
    'beyond_necessary',
    'conditional',
    'necessary',
    'necessary',
    'technical',
    'not_judged',
    'not_judged',
  ]);
  expect(report.summary).toEqual({
    exchanges: 13,
    findings: 11,
    byVerdict: { beyond_necessary: 5, conditional: 1, necessary: 2, technical: 1, not_judged: 2 },
    bySeverity: { high: 1, medium: 3, low: 0, info: 0 },
    hiddenCandidates: 1,
  });
  const whole = buildReport(sampleRecord(), { candidates: true });
  expect(whole.findings.some(({ id }) => id === 'f-candidate')).toBe(true);
  expect(whole.summary.hiddenCandidates).toBe(0);
});

test('no planted value is anywhere in a report that hides values', () => {
  const text = JSON.stringify(buildReport(sampleRecord()));
  for (const [name, value] of Object.entries(PLANTED)) expect(text.includes(value), name).toBe(false);
  expect(text).not.toContain('ODYwMDAwMDAwMDAwMDE3');
  expect(text).not.toContain('"value"');
});

test('values are there when asked for, with whole URLs and paths', () => {
  const report = buildReport(sampleRecord(), { showValues: true });
  const [first] = report.findings;
  expect(first?.occurrences[1]).toMatchObject({
    value: PLANTED.imei,
    path: 'query.imei',
    url: `https://track.adnet.example.test/i/${PLANTED.imei}/hit?imei=${PLANTED.imei}&os=android`,
  });
});

test('what hides a value leaves the way to it', () => {
  const report = buildReport(sampleRecord());
  const [first] = report.findings;
  expect(first?.occurrences.map(({ path }) => path)).toEqual(['body.$.device.imei', 'query.imei', 'body.$.data|base64|gzip|json$.imei']);
  expect(first?.occurrences[1]?.url).toBe('https://track.adnet.example.test/i/…/hit?imei=…&os=…');
  expect(first?.byScene).toEqual({ launch: 1, login: 1, order: 1 });
});

test('the same record gives the same bytes, whatever the order of its parts, the time zone and the language', () => {
  const record = sampleRecord();
  const first = JSON.stringify(buildReport(record));
  const shuffled: AuditRecord = { ...record, findings: [...record.findings].reverse(), connections: [...record.connections].reverse() };
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    expect(JSON.stringify(buildReport(shuffled))).toBe(first);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('occurrences are cut at the limit, the cut is said, the count stays true', () => {
  const record = sampleRecord();
  const [piece] = record.occurrencesOf('f-phone');
  if (piece === undefined) throw new Error('no occurrence');
  const many = Array.from({ length: limits.reportOccurrences + 7 }, () => piece);
  const report = buildReport({ ...record, occurrencesOf: (id) => (id === 'f-phone' ? many : record.occurrencesOf(id)) });
  const finding = report.findings.find(({ id }) => id === 'f-phone');
  expect(finding?.occurrences).toHaveLength(limits.reportOccurrences);
  expect(finding?.byScene).toEqual({ login: limits.reportOccurrences + 7 });
  expect(report.coverage.limitsReached).toEqual({ decodeDepth: 2, reportOccurrences: 1 });
});

test('without a category there is none, several are joined', () => {
  const record = sampleRecord();
  const of = (main: readonly string[]) =>
    buildReport({ ...record, session: { ...record.session, subject: { ...record.session.subject, categories: { main } } } }).session;
  expect(of([])).toMatchObject({ category: null, categoryName: null });
  expect(of(['ride_hailing', 'utility'])).toMatchObject({
    category: 'ride_hailing+utility',
    categoryName: { zh: '网络约车类、实用工具类', en: 'Online ride-hailing, Utilities' },
  });
});

test('times of a recording never throw', () => {
  expect(isoTime(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.006Z');
  for (const time of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300])
    expect(isoTime(time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a selection says so, draws no conclusion, and forgets neither what is opaque nor what must be masked', () => {
  const whole = buildReport(sampleRecord());
  const part = buildReport(sampleRecord(), { only: new Set(['f-phone', 'nobody']) });
  expect(part.findings).toEqual(whole.findings.filter(({ id }) => id === 'f-phone'));
  expect(part.selection).toEqual({ shown: 1, of: 11 });
  expect(buildReport(sampleRecord(), { only: new Set(['f-candidate']) }).findings.map(({ id }) => id)).toEqual(['f-candidate']);
  expect([part.coverage.opaque, part.summary.hiddenCandidates]).toEqual([whole.coverage.opaque, 1]);
  const { tone, limits: said } = conclude(part);
  expect(tone).toBe('inconclusive');
  expect(said[0]?.en).toContain('1 of 11');
  for (const value of Object.values(PLANTED)) expect(JSON.stringify(part)).not.toContain(value);
});

test('an accepted finding stays, with its verdict and the reason', () => {
  const record = sampleRecord();
  const accepted = [{ finding: 'f-imei-ads', reason: '已取得单独同意', at: 0 }];
  const report = buildReport({ ...record, session: { ...record.session, subject: { ...record.session.subject, accepted } } });
  expect(report.findings[0]).toMatchObject({
    id: 'f-imei-ads',
    verdict: 'beyond_necessary',
    accepted: { reason: '已取得单独同意', at: '1970-01-01T00:00:00.000Z' },
  });
  expect(report.findings[1]).not.toHaveProperty('accepted');
  expect(conclude(report).limits.map(({ zh }) => zh)).toContain('1 项发现已由测试者附理由接受；判定不变。');
  expect(renderReport(report, 'html', { language: 'zh-CN' })).toContain('已取得单独同意');
  expect(sessionReportSchema.safeParse(report).error).toBeUndefined();
});
