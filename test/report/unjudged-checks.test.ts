import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/index.js';
import { buildReport } from '../../src/report/session-report.js';
import { unjudgedChecks } from '../../src/report/unjudged-checks.js';
import { sampleRecord } from './sample-record.js';

const record = sampleRecord();
const [pattern] = record.rulebook.checks;
if (pattern === undefined) throw new Error('no checks');
const needs = { undeclared: 'inventory', before_consent: 'before_consent', after_refusal: 'refused', background: 'background' } as const;
const checks = [...Object.entries(needs), ['cleartext', null] as const].map(([id, need]) => ({
  ...pattern,
  id,
  needs: need,
  name: { zh: `检查 ${id}`, en: `check ${id}` },
}));
const rulebook = { ...record.rulebook, checks };
const scene = (consent: 'before_consent' | 'refused' | 'background') => ({ id: consent, name: consent, consent, startedAt: 0, endedAt: 1 });

test('a check rests on a scene that somebody marked, or on an inventory that somebody gave', () => {
  const open = (scenes: Parameters<typeof scene>[0][], declared: [] | null) =>
    unjudgedChecks({
      rulebook,
      session: { ...record.session, scenes: scenes.map(scene), subject: { ...record.session.subject, declared } },
    }).map(({ check }) => check);
  expect(open([], null)).toEqual(['after_refusal', 'background', 'before_consent', 'undeclared']);
  expect(open(['before_consent'], [])).toEqual(['after_refusal', 'background']);
  expect(open(['before_consent', 'refused', 'background'], [])).toEqual([]);
});

test('incident: receivers that an inventory of first_party was not held against, for want of the own domains, passed for declared', () => {
  const declared = [{ dataType: 'imei', purpose: 'login', receiver: 'first_party' }];
  const open = (firstPartyDomains: readonly string[]) =>
    unjudgedChecks({ rulebook, session: { ...record.session, subject: { ...record.session.subject, declared, firstPartyDomains } } })
      .filter(({ check }) => check === 'undeclared')
      .map(({ why }) => why.en);
  expect(open([])).toEqual([expect.stringContaining('own domains were not named')]);
  expect(open(['example.com'])).toEqual([]);
});

test('incident: a session with one scene marked read as if all checks had been passed', () => {
  const report = buildReport({ ...record, rulebook });
  expect(report.coverage.checksNotJudged?.[0]).toEqual({
    check: 'after_refusal',
    name: { zh: '检查 after_refusal', en: 'check after_refusal' },
    why: { zh: '没有标记“已拒绝”的场景', en: 'no scene is marked "refused"' },
  });
  for (const format of ['html', 'markdown', 'sarif', 'junit', 'xlsx', 'json']) {
    const text = Buffer.from(renderReport(report, format, { language: 'zh-CN' })).toString('utf8');
    expect(text, format).toContain('没有标记“已拒绝”的场景');
    expect(text, format).toContain('没有给出隐私政策所声明的清单');
  }
});
