import { expect, test } from 'vitest';
import type { AppTraffic, AuditRecord } from '../../src/model/report.js';
import type { Connection } from '../../src/model/session.js';
import { divide, judgedOf, unjudgedCounts } from '../../src/report/attribution.js';
import { conclude } from '../../src/report/conclusion.js';
import { renderReport } from '../../src/report/formats.js';
import { sessionReportSchema } from '../../src/report/schema.js';
import { buildReport } from '../../src/report/session-report.js';
import { sampleRecord } from './sample-record.js';

const record = sampleRecord();
const part = (app: string, by: AppTraffic['by'], host: string, exchanges: number): AppTraffic => ({
  app,
  by,
  host,
  exchanges,
  bytesUp: 100 * exchanges,
  bytesDown: 0,
});
const ANDROID = 'android:1000';
const KEYBOARD = 'com.example.keyboard';
const CHECK = 'connectivity.example.test';

/** The sample, with the system and a keyboard on the same phone. */
function shared(change: Partial<AuditRecord['session']['subject']> = {}): AuditRecord {
  const pinned: Connection = { ...record.connections[1]!, id: 'k1', host: 'sync.keyboard.example.test', app: KEYBOARD };
  return {
    ...record,
    session: { ...record.session, subject: { ...record.session.subject, package: 'com.example.ride', ...change } },
    connections: [...record.connections, pinned],
    traffic: {
      ...record.traffic,
      exchanges: record.traffic.exchanges + 3,
      hosts: [...record.traffic.hosts, { host: CHECK, exchanges: 2, bytesUp: 200, bytesDown: 0 }].map((host) =>
        host.host === 'api.chuxing.test' ? { ...host, exchanges: host.exchanges + 1, bytesUp: host.bytesUp + 100 } : host,
      ),
      apps: [part('main', 'adb', 'api.chuxing.test', 4), part(ANDROID, 'adb', CHECK, 2), part(KEYBOARD, 'adb', 'api.chuxing.test', 1)],
    },
  };
}

test('nothing is said where nothing tells traffic apart', () => {
  expect(divide(record)).toMatchObject({ attribution: null, hosts: record.traffic.hosts, connections: record.connections });
  expect(buildReport(record).coverage.attribution).toBeUndefined();
});

test('other apps are taken out of the coverage and counted under their names', () => {
  const report = buildReport(shared());
  const before = buildReport(record);
  expect(report.coverage.attribution).toEqual({
    package: 'com.example.ride',
    main: { adb: 4, user: 0, referer: 0, header: 0, agent: 0, none: 9 },
    others: [
      {
        app: ANDROID,
        kind: 'system',
        judged: false,
        by: ['adb'],
        exchanges: 2,
        bytesUp: 200,
        bytesDown: 0,
        hosts: [CHECK],
        unread: [],
      },
      {
        app: KEYBOARD,
        kind: 'app',
        judged: false,
        by: ['adb'],
        exchanges: 1,
        bytesUp: 100,
        bytesDown: 0,
        hosts: ['api.chuxing.test', 'sync.keyboard.example.test'],
        unread: ['sync.keyboard.example.test'],
      },
    ],
  });
  // What is said of the app under test is what it was without them.
  for (const key of ['hosts', 'decrypted', 'pinned', 'passedThrough', 'notInspected'] as const)
    expect(report.coverage[key], key).toEqual(before.coverage[key]);
  expect(report.parties).toEqual(before.parties);
  expect(report.exchanges.count).toBe(before.exchanges.count + 3);
  expect(judgedOf(report.exchanges.count, report)).toBe(before.exchanges.count);
  expect(unjudgedCounts(report)).toEqual({ apps: 2, exchanges: 3, hosts: 3 });
  expect(() => sessionReportSchema.parse(report)).not.toThrow();
});

test('an app with a category of its own is judged, and stays in the coverage', () => {
  const { categories } = record.session.subject;
  const report = buildReport(shared({ categories: { ...categories, [KEYBOARD]: categories.main ?? [] } }));
  expect(report.coverage.attribution?.others.map(({ app, judged }) => [app, judged])).toEqual([
    [ANDROID, false],
    [KEYBOARD, true],
  ]);
  expect(report.coverage.pinned.map(({ host }) => host)).toContain('sync.keyboard.example.test');
  expect(report.parties.map(({ host }) => host)).not.toContain(CHECK);
});

test('where only others have spoken there is no conclusion', () => {
  const { traffic, ...rest } = shared();
  const only = (traffic.apps ?? []).filter(({ app }) => app !== 'main');
  const exchanges = only.reduce((sum, one) => sum + one.exchanges, 0);
  const report = buildReport({ ...rest, findings: [], traffic: { ...traffic, exchanges, hosts: only, apps: only } });
  expect(judgedOf(report.exchanges.count, report)).toBe(0);
  expect(conclude(report).tone).toBe('inconclusive');
});

test('the report says it in both languages, and lists hosts let through without verification', () => {
  const given = shared();
  const cause = { code: 'OVR_UPSTREAM_NOT_VERIFIED', text: { zh: '未校验', en: 'not verified' } };
  const lax: Connection = { ...record.connections[0]!, id: 'l1', host: 'test.example.test', cause };
  const report = buildReport({ ...given, connections: [...given.connections, lax] });
  expect(report.coverage.notVerified).toMatchObject([{ host: 'test.example.test', connections: 1, code: cause.code }]);
  const html = (language: 'zh-CN' | 'en') => String(renderReport(report, 'html', { language }));
  for (const word of ['流量归属', '手机连接表（adb）指明', KEYBOARD, '手机上另有 2 个应用', '证书未通过校验'])
    expect(html('zh-CN')).toContain(word);
  for (const word of ['Whose traffic this is', 'table of connections (adb)', ANDROID, '2 other apps', 'does not verify'])
    expect(html('en')).toContain(word);
});
