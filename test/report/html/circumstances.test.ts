import { expect, test } from 'vitest';
import { basis, coverage, environment, scenes, subject } from '../../../src/report/html/circumstances.js';
import { type Html, html } from '../../../src/report/html/markup.js';
import { Page, type Section } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const body = (section: Section): string => (html`${section.body}` satisfies Html).text;

test('subject names app, category, mini programs, device and answered conditions', () => {
  const text = body(subject(new Page(report, 'en')));
  for (const piece of ['出行示例', 'Online ride-hailing', 'wechat:wx0000000000000000', 'another.condition</span> = yes'])
    expect(text).toContain(piece);
  const unknown = { ...report, session: { ...report.session, app: null, category: null, categoryName: null, device: null, context: {} } };
  expect(body(subject(new Page(unknown, 'en')))).toContain('not chosen (nothing was judged)');
});

test('basis quotes the articles of the pack and its checksum; an older report without words still prints', () => {
  const text = body(basis(new Page(report, 'zh-CN')));
  expect(text).toContain('国信办秘字〔2021〕14号');
  expect(text).toContain('第四条');
  expect(text).toContain(report.rules.sha256);
  const { basis: _basis, ...older } = report;
  expect(body(basis(new Page(older, 'en')))).toContain('cn-2021');
});

test('environment tells tool, way of capture and time zone', () => {
  const text = body(environment(new Page(report, 'en')));
  for (const piece of ['overreach 0.1.0', 'Built-in demonstration', '2026-11-21 10:00:00', '6:12', 'Beijing'])
    expect(text).toContain(piece);
});

test('scenes with their consent; without scenes it is said what was not judged', () => {
  expect(body(scenes(new Page(report, 'en')))).toContain('Before consent');
  expect(body(scenes(new Page({ ...report, session: { ...report.session, scenes: [] } }, 'en')))).toContain('were not judged');
});

test('incident: a scene that was open when the process was killed was reported as running for ever', () => {
  const open = report.session.scenes.map((scene) => ({ ...scene, endedAt: null }));
  const said = (status: 'running' | 'interrupted') =>
    body(scenes(new Page({ ...report, session: { ...report.session, scenes: open, status } }, 'en')));
  expect(said('running')).toContain('running');
  expect(said('interrupted')).toContain('ended when the session was cut short');
  expect(said('interrupted')).not.toContain('running');
});

test('coverage lists every host and payload that could not be read, and never calls them clean', () => {
  const text = body(coverage(new Page(report, 'en')));
  for (const piece of ['pay.bank.example.test', 'video.cdn.example.test', 'mqtt.iot.example.test', 'decodeDepth', 'Nothing is presumed'])
    expect(text).toContain(piece);
});
