import { expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { conclude } from '../../src/report/conclusion.js';
import { buildReport } from '../../src/report/session-report.js';
import { sampleRecord } from './sample-record.js';

const report = buildReport(sampleRecord());

test('beyond necessary: how many types to how many receivers, and what limits the answer', () => {
  const conclusion = conclude(report);
  expect(conclusion.tone).toBe('beyond');
  expect(conclusion.sentence.zh).toBe(
    '检测期间，“出行示例”（网络约车类）向 5 个主机传输了 4 类超出该类App必要个人信息范围的个人信息。没有采集到“wechat:wx0000000000000000”（实用工具类）的网络请求，对其没有结论。',
  );
  expect(conclusion.numbers.map(({ value }) => value)).toEqual([4, 5, 4]);
  expect(conclusion.limits.map(({ en }) => en)).toEqual([
    'Whether 1 type of personal data is on the list hangs on conditions not answered yet (by --context or on the page); the conclusion leaves it out.',
    'Traffic with 3 hosts could not be decrypted or was not inspected.',
    '2 payloads encrypted or in an unknown encoding could not be read.',
    '321 B of what the connections carried was not looked at.',
    'Of 1 message only the beginning was kept and read.',
    'Bounds of processing were reached: encodings stand in one another too deep to be undone (2×).',
    'Where the address of 1 receiver is registered was not determined; whether they may be abroad was not judged.',
  ]);
});

test('incident: with a condition unanswered, or data on the list sent after a refusal, the conclusion read as if nothing were left to say', () => {
  const within = report.findings.filter(({ verdict }) => verdict === 'necessary' || verdict === 'conditional');
  const of = (findings: SessionReport['findings']) => conclude({ ...report, findings });
  const quiet = within.map((finding) => ({ ...finding, issues: [] }));
  expect(of(quiet)).toMatchObject({ tone: 'none_found' });
  expect(of(quiet).limits[0]?.zh).toBe('1 类个人信息是否在清单内取决于尚未回答的条件（用 --context 或在页面上回答），未计入结论。');
  expect(of(quiet).sentence.zh).not.toContain('问题');
  const [issue] = report.findings.flatMap(({ issues }) => issues);
  if (issue === undefined) throw new Error('the sample has no issue');
  const refused = quiet.map((finding, index) =>
    index === 0 ? { ...finding, issues: [{ ...issue, severity: 'high' as const }] } : finding,
  );
  expect(of(refused).sentence.zh).toContain('未计为超出清单的发现中，有 1 项存在高、中风险问题，其中高风险 1 项。');
  expect(of(refused).sentence.en).toContain('1 has high or medium issues, 1 of them high');
  // Information alone is no problem.
  const told = quiet.map((finding) => ({ ...finding, issues: [{ ...issue, severity: 'info' as const }] }));
  expect(of(told).sentence.zh).not.toContain('问题');
});

test('incident: without a category the conclusion spoke of what is not beyond the list, and counted only technical data among it', () => {
  const findings = report.findings.map((finding) => ({ ...finding, verdict: 'not_judged' as const }));
  const { sentence, numbers } = conclude({ ...report, findings, session: { ...report.session, category: null } });
  expect(sentence.zh).toContain('尚未选择被测App的类型');
  expect(sentence.zh).toContain(`未计为超出清单的发现中，有 ${numbers[2]?.value} 项存在高、中风险问题`);
});

test('incident: what a mini program sent beyond its own list stood in the conclusion as sent by the app under test', () => {
  const mini = 'wechat:wx0000000000000000';
  const findings = report.findings.map((finding) => (finding.verdict === 'beyond_necessary' ? { ...finding, app: mini } : finding));
  const attribution = {
    package: null,
    main: { adb: 0, user: 0, referer: 0, header: 0, agent: 0, none: 9 },
    others: [
      { app: mini, kind: 'mini_program' as const, judged: true, by: [], exchanges: 3, bytesUp: 1, bytesDown: 1, hosts: [], unread: [] },
    ],
  };
  const told = { ...report, findings, coverage: { ...report.coverage, attribution } };
  expect(conclude(told)).toMatchObject({
    tone: 'beyond',
    sentence: {
      zh: `在已检查的通信中，未发现“出行示例”（网络约车类）传输超出该类App必要个人信息范围的个人信息。检测期间，“${mini}”（实用工具类）向 5 个主机传输了 4 类超出该类App必要个人信息范围的个人信息。`,
    },
  });
  // Without a category for the app under test, what the mini program did is said all the same.
  const { sentence, tone } = conclude({ ...told, session: { ...report.session, category: null, categoryName: null } });
  expect(tone).toBe('inconclusive');
  expect(sentence.en).toMatch(/^No category was chosen for the app under test.* "wechat:wx0{16}" \(.+\) sent 4 types/);
  // That of which nothing was captured is not clean.
  const nothing = { ...attribution, main: { ...attribution.main, none: 0 } };
  expect(conclude({ ...told, coverage: { ...report.coverage, attribution: nothing } }).sentence.zh).toMatch(
    /^没有采集到“出行示例”（网络约车类）的网络请求，对其没有结论。/,
  );
});

test('incident: what the server answered was counted as sent', () => {
  const answered = report.findings.map((finding) => ({
    ...finding,
    occurrences: finding.occurrences.map((piece) => ({ ...piece, direction: 'response' as const })),
  }));
  const { sentence, numbers } = conclude({ ...report, findings: answered });
  expect(sentence.zh).toMatch(/^在已检查的通信中，未发现“出行示例”/);
  expect(numbers.slice(0, 2).map(({ value }) => value)).toEqual([0, 0]);
});

test('a report of one mini program alone speaks of that', () => {
  const findings = report.findings.map((finding) => ({ ...finding, app: 'wechat:wx1' }));
  const basis = report.basis && { ...report.basis, categories: report.basis.categories.filter(({ app }) => app === 'main') };
  const alone = { ...report, findings, ...(basis === undefined ? {} : { basis }), session: { ...report.session, app: 'wechat:wx1' } };
  expect(conclude(alone).sentence.zh).toBe(
    '检测期间，“wechat:wx1”（网络约车类）向 5 个主机传输了 4 类超出该类App必要个人信息范围的个人信息。',
  );
});

test('nothing found is said of what was inspected only', () => {
  const clean = conclude({ ...report, findings: [] });
  expect(clean.tone).toBe('none_found');
  expect(clean.sentence.zh).toMatch(/^在已检查的通信中，未发现“出行示例”/);
});

test('an audit that could not look has no conclusion', () => {
  const of = (change: Partial<SessionReport>) => conclude({ ...report, ...change }).tone;
  expect(of({ session: { ...report.session, category: null } })).toBe('inconclusive');
  expect(of({ summary: { ...report.summary, exchanges: 0 } })).toBe('inconclusive');
  expect(of({ coverage: { ...report.coverage, decrypted: 0 } })).toBe('inconclusive');
});

test('dropped, lost, interrupted and running are each said', () => {
  const limits = conclude({
    ...report,
    session: { ...report.session, status: 'interrupted' },
    coverage: { ...report.coverage, notAnalysed: 4, notStored: 5 },
  }).limits.map(({ en }) => en);
  expect(limits).toEqual(
    expect.arrayContaining([
      '4 exchanges were relayed but not analysed.',
      '5 records could not be stored.',
      'The session was interrupted; the record may be incomplete.',
    ]),
  );
  expect(conclude({ ...report, session: { ...report.session, status: 'running' } }).limits.at(-1)?.en).toMatch(/interim/);
});

test('bounds that kept something from being looked at are named, the most frequent first; one of the list alone is none', () => {
  const said = (limitsReached: Record<string, number>) =>
    conclude({ ...report, coverage: { ...report.coverage, limitsReached } })
      .limits.map(({ zh }) => zh)
      .filter((sentence) => sentence.includes('处理上限'));
  expect(said({ reportOccurrences: 9 })).toEqual([]);
  expect(said({ jsonDepth: 1, fromLater: 7, zipEntries: 2, decodeWork: 1, hookMs: 1 })).toEqual([
    '有内容超出处理上限：fromLater（7 次）；压缩包里的文件太多，只检查了一部分（2 次）；JSON 嵌套太深（1 次）；另有 2 种。',
  ]);
});

test('values that came in the middle are said, with how much was looked through before them', () => {
  const changed = { ...report, session: { ...report.session, knownSince: { at: '2026-01-01T00:00:00.000Z', exchanges: 3 } } };
  expect(conclude(changed).limits.map(({ zh }) => zh)).toContainEqual(expect.stringContaining('此前的 3 次请求是按原来的值查找的'));
  expect(
    conclude(report)
      .limits.map(({ zh }) => zh)
      .join(),
  ).not.toContain('测试人物');
});
