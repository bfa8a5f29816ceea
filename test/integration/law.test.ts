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
