import { expect, test } from 'vitest';
import { openRulebook } from '../../src/cli/cli.js';
import { findScenes, ofScenes } from '../../src/cli/scene-record.js';
import { readSettings } from '../../src/cli/settings.js';
import { createJudge } from '../../src/judge/judge.js';
import type { ExchangeRow } from '../../src/model/audit.js';
import type { Occurrence } from '../../src/model/finding.js';
import type { AuditRecord } from '../../src/model/report.js';
import type { Scene, Session } from '../../src/model/session.js';
import { diffReports } from '../../src/report/diff.js';
import { buildReport } from '../../src/report/session-report.js';
import { occurrenceOf } from '../occurrence.js';

const scene = (id: string, name: string, consent: Scene['consent'], startedAt: number): Scene => ({
  id,
  name,
  consent,
  startedAt,
  endedAt: startedAt + 10,
});
const scenes = [scene('s1', '启动', 'before_consent', 0), scene('s2', '登录', 'consented', 10), scene('s3', '下单', 'consented', 20)];

function occurrence(dataType: string, host: string, of: string, at: number): Occurrence {
  const url = `https://${host}/`;
  return occurrenceOf({ dataType, path: 'body.$.a', value: `${dataType} value`, exchange: at, at, url, host, scene: of });
}

const rulebook = openRulebook(readSettings({}, { env: {}, cwd: '/' }));
const session: Session = {
  id: 'x',
  startedAt: 0,
  endedAt: 30,
  status: 'ended',
  source: 'proxy',
  subject: { app: 'App', categories: { main: ['news'] }, context: {}, firstPartyDomains: [], declared: null },
  device: null,
  scenes,
};
const evidence = [
  occurrence('imei', 'a.example.test', 's1', 1),
  occurrence('imei', 'a.example.test', 's2', 11),
  occurrence('phone_number', 'a.example.test', 's2', 12),
  occurrence('email', 'b.example.test', 's3', 21),
];
const judge = createJudge({ rulebook, subject: session.subject, scenes, settings: { responses: false } });
const placed = evidence.map((piece) => [judge.add(piece), piece] as const);
const rows = evidence.map(({ at, host, scene: of }) => ({ seq: at, host, scene: of, bytesUp: 5, bytesDown: 1 }) as object as ExchangeRow);
const record: AuditRecord = {
  tool: { name: 'overreach', version: '0' },
  rulebook,
  pack: rulebook.pack,
  session,
  findings: judge.findings(),
  occurrencesOf: (id) => placed.filter(([of]) => of === id).map(([, piece]) => piece),
  connections: [],
  traffic: { exchanges: 4, bytesUp: 20, bytesDown: 4, notAnalysed: 0, truncated: 0, hosts: [], limitsReached: {}, hiddenCandidates: 0 },
};

test('a word names a scene by id or name, or all of a consent state', () => {
  expect(findScenes(scenes, 's2').map(({ id }) => id)).toEqual(['s2']);
  expect(findScenes(scenes, '启动').map(({ id }) => id)).toEqual(['s1']);
  expect(findScenes(scenes, 'consented').map(({ id }) => id)).toEqual(['s2', 's3']);
  expect(() => findScenes(scenes, 'refused')).toThrow(
    expect.objectContaining({ code: 'OVR_SCENE', next: expect.stringContaining('启动 (s1') }),
  );
});

test('a scene alone: its evidence judged again, its traffic counted', () => {
  const before = ofScenes(record, rulebook, findScenes(scenes, 'before_consent'), rows);
  expect(before.findings.map(({ dataType, count }) => [dataType, count])).toEqual([['imei', 1]]);
  expect(before.findings[0]?.issues.map(({ check }) => check)).toContain('before_consent');
  expect(before.traffic).toMatchObject({ exchanges: 1, bytesUp: 5, hosts: [{ host: 'a.example.test', exchanges: 1 }] });
  const after = ofScenes(record, rulebook, findScenes(scenes, 'consented'), rows);
  expect(after.findings.find(({ dataType }) => dataType === 'imei')?.issues.map(({ check }) => check)).not.toContain('before_consent');
  expect(after.traffic.hosts.map(({ host }) => host)).toEqual(['a.example.test', 'b.example.test']);
});

test('two scenes are compared like two sessions; one without traffic is inconclusive', () => {
  const report = (word: string) => buildReport(ofScenes(record, rulebook, findScenes(scenes, word), rows), {});
  const diff = diffReports(report('before_consent'), report('consented'));
  expect(diff.new.map(({ dataType }) => dataType).sort()).toEqual(['email', 'phone_number']);
  expect(diff.changed).toMatchObject([
    { before: { dataType: 'imei', issues: expect.arrayContaining(['before_consent']) }, what: ['issues'] },
  ]);
  expect(diff.receivers.new).toEqual(['b.example.test']);
  const silent = buildReport(ofScenes(record, rulebook, findScenes(scenes, 's1'), []), {});
  expect(diffReports(silent, report('s2')).caveats).toContain('before-no-traffic');
});
