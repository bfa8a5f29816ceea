import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { runProgram, startProgram, temporaryFolder } from './program.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Rejudged extends SessionReport {
  readonly rejudged: {
    readonly earlierJudgement: number | null;
    readonly diff: { readonly new: unknown[]; readonly gone: unknown[]; readonly changed: Array<{ after: { dataType: string } }> };
  };
}

let live: SessionReport;
beforeAll(async () => {
  const { code, stdout, stderr } = await runProgram(folder.path, ['demo', '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  live = JSON.parse(stdout) as SessionReport;
}, 120_000);

async function rejudged(category: string, env: NodeJS.ProcessEnv = {}): Promise<{ text: string; report: Rejudged }> {
  const { code, stdout } = await runProgram(folder.path, ['rejudge', live.session.id, '--category', category, '--dry-run', '--json'], env);
  expect(code).toBe(0);
  return { text: stdout, report: JSON.parse(stdout) as Rejudged };
}
/** Data types whose findings got this verdict; what could not be read and placeholders have none. */
const typesOf = (report: SessionReport, verdict: string) =>
  new Set(report.findings.filter((finding) => finding.verdict === verdict).map(({ dataType }) => dataType));

test('ride hailing, the category of the live session: everything is as it was live', async () => {
  const { report } = await rejudged('ride_hailing');
  expect(report.rejudged.diff).toMatchObject({ new: [], gone: [], changed: [] });
  const { rejudged: _change, ...printed } = report;
  expect(printed).toEqual(live);
}, 60_000);

test('short video needs nothing: whatever is judged is beyond it, or technical', async () => {
  const { report } = await rejudged('short_video');
  expect(typesOf(report, 'necessary')).toEqual(new Set());
  expect(typesOf(report, 'conditional')).toEqual(new Set());
  expect([...typesOf(report, 'beyond_necessary')]).toEqual(
    expect.arrayContaining(['phone_number', 'location_precise', 'location_track', 'payment_amount', 'imei', 'id_number']),
  );
  for (const finding of report.findings.filter(({ verdict }) => verdict === 'beyond_necessary'))
    expect(finding.reason.article).toBe('4, 5(29)');
  expect([...typesOf(report, 'technical')].sort()).toEqual([...typesOf(live, 'technical')].sort());
}, 60_000);

test('map navigation may have the location; the track and the phone number it may not', async () => {
  const { report } = await rejudged('map_navigation');
  expect([...typesOf(report, 'necessary')]).toContain('location_precise');
  expect([...typesOf(report, 'beyond_necessary')]).toEqual(expect.arrayContaining(['location_track', 'phone_number', 'payment_amount']));
  for (const dataType of ['location_track', 'phone_number']) expect([...typesOf(live, 'beyond_necessary')]).not.toContain(dataType);
  expect(report.rejudged.diff.changed.map(({ after }) => after.dataType)).toEqual(
    expect.arrayContaining(['location_track', 'phone_number']),
  );
}, 60_000);

test('another time zone and locale: the same bytes; written, it is what the report says, and the live judgement is kept', async () => {
  const here = await rejudged('map_navigation', { TZ: 'Asia/Shanghai', LC_ALL: 'zh_CN.UTF-8' });
  const there = await rejudged('map_navigation', { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' });
  expect(there.text).toBe(here.text);
  const { stdout } = await runProgram(folder.path, ['rejudge', live.session.id, '--category', 'map_navigation', '--json']);
  expect((JSON.parse(stdout) as Rejudged).rejudged.earlierJudgement).toBe(1);
  const report = await runProgram(folder.path, ['report', live.session.id, '--format', 'json']);
  const { rejudged: _change, ...printed } = here.report;
  expect(JSON.parse(report.stdout)).toEqual(printed);
}, 120_000);

test('the refusal test of a running session is answered from another terminal, kept when it ends, and reported', async () => {
  const program = await startProgram(folder.path, ['--category', 'ride_hailing']);
  const answer = await runProgram(folder.path, ['refusal', program.session, '--answer', 'basic_function=no', '--note', '无法叫车']);
  expect(answer.code, answer.stderr).toBe(0);
  expect(await program.api(`/api/sessions/${program.session}`)).toMatchObject({
    session: {
      subject: { categories: { main: ['ride_hailing'] }, refusal: expect.arrayContaining([expect.objectContaining({ answer: 'no' })]) },
    },
  });
  await program.stop();
  const { stdout } = await runProgram(folder.path, ['report', program.session, '--format', 'json']);
  const kept = (JSON.parse(stdout) as SessionReport).refusal?.find(({ id }) => id === 'basic_function');
  expect(kept).toMatchObject({ answer: 'no', note: '无法叫车' });
}, 60_000);

test('where the address of a receiver is registered is said out of the box, by the address of the connection; --countries brings another table', async () => {
  const entry = (host: string, serverIPAddress: string) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 1,
    serverIPAddress,
    request: {
      method: 'POST',
      url: `https://${host}/v1`,
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      postData: { mimeType: 'application/json', text: '{"imei":"490154203237518"}' },
    },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: [], content: { size: 0, mimeType: '' } },
  });
  const entries = [
    entry('a.example.test', '8.8.8.8'),
    entry('b.example.test', '114.114.114.114'),
    entry('c.example.test', '192.168.0.9'),
    entry('d.example.test', '127.0.0.1'),
    // Registered in Singapore, used in the mainland: withheld.
    entry('e.example.test', '8.140.1.1'),
  ];
  writeFileSync(
    join(folder.path, 'places.har'),
    JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } }),
  );
  writeFileSync(join(folder.path, 'own.csv'), '192.168.0.0/24,HK\n');
  const report = async (...args: string[]) => {
    const { stdout } = await runProgram(folder.path, ['check', 'places.har', '--category', 'news', '--json', ...args]);
    return JSON.parse(stdout) as SessionReport;
  };
  const placesOf = ({ findings }: SessionReport) =>
    Object.fromEntries(findings.map(({ party }) => [party.host.slice(0, 1), party.country]));
  const hintsOf = ({ findings }: SessionReport) =>
    findings.flatMap(({ party, issues }) =>
      issues.filter(({ check }) => check === 'abroad').map(({ text }) => `${party.host.slice(0, 1)} ${text.zh}`),
    );
  const plain = await report();
  expect(placesOf(plain)).toEqual({ a: 'US', b: 'CN', c: null, d: null, e: null });
  expect(plain.findings.find(({ party }) => party.country === 'US')?.party.countryAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(hintsOf(plain)).toEqual([expect.stringMatching(/^a .*登记在中国大陆以外：美国（US，登记表日期 \d{4}-\d{2}-\d{2}）.*须由人核对/)]);
  const own = await report('--countries', 'own.csv');
  expect(placesOf(own)).toEqual({ a: null, b: null, c: 'HK', d: null, e: null });
  expect(hintsOf(own)).toEqual([expect.stringMatching(/^c .*中国大陆以外：中国香港（HK）/)]);
}, 60_000);
