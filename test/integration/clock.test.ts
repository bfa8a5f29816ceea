import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import type { Session } from '../../src/model/session.js';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';
import { requestThrough } from './proxied.js';

/** The clock of the machine is set back by a day while a session runs: nothing of the record may stand before what came first. */
const folder = temporaryFolder();
const DAY_MS = 86_400_000;
const offset = join(folder.path, 'clock-offset');
let origin: Origin;
let program: RunningProgram;

/** Loaded into every thread of the program before anything else. */
const PRELOAD = `
const { readFileSync } = require('node:fs');
const real = Date.now;
Date.now = () => real() + Number(readFileSync(${JSON.stringify(offset)}, 'utf8'));
`;

beforeAll(async () => {
  origin = await startOrigin(folder.path);
  writeFileSync(offset, '0');
  writeFileSync(join(folder.path, 'clock.cjs'), PRELOAD);
  program = await startProgram(folder.path, ['--category', 'news'], { NODE_OPTIONS: `--require ${join(folder.path, 'clock.cjs')}` });
});
afterAll(async () => {
  await program?.stop();
  await origin.close();
  folder.remove();
});

const send = (body: object) =>
  requestThrough(program.proxyPort, `http://127.0.0.1:${origin.httpPort}/collect`, JSON.stringify(body), {
    'content-type': 'application/json',
  });
const stored = async (id: string) => (await program.api(`/api/sessions/${id}`)) as { session: Session; counters: { exchanges: number } };
const requests = (id: string, count: number) =>
  until(
    () => stored(id),
    ({ counters }) => counters.exchanges >= count,
  );
const checksOf = (report: SessionReport, type: string) =>
  report.findings.filter(({ dataType }) => dataType === type).flatMap(({ issues }) => issues.map(({ check }) => check));

test('incident: a session begun after the clock was set back ended the one before it a day before it began', async () => {
  const scene = (name: string, consent: string) => program.post(`/api/sessions/${program.session}/scene`, { name, consent });
  await scene('launch', 'before_consent');
  await send({ imei: '490154203237518' });
  await requests(program.session, 1);
  writeFileSync(offset, String(-DAY_MS));
  await scene('login', 'consented');
  await send({ phone: '13912345678' });
  await requests(program.session, 2);

  const { trouble } = (await program.api('/api/state')) as { trouble: { code: string } | null };
  expect(trouble?.code).toBe('OVR_CLOCK_SET_BACK');

  const begun = await program.post('/api/sessions', { app: 'Reader', ends: program.session });
  expect(begun.status).toBe(200);
  const { session: next } = (await begun.json()) as { session: Session };
  await send({ phone: '13912345678' });
  await requests(next.id, 1);

  const { session: first } = await stored(program.session);
  const ended = first.endedAt ?? 0;
  expect(ended).toBeGreaterThanOrEqual(first.startedAt);
  for (const { startedAt, endedAt } of first.scenes) {
    expect(startedAt).toBeGreaterThanOrEqual(first.startedAt);
    expect(endedAt).toBeGreaterThanOrEqual(startedAt);
    expect(endedAt).toBeLessThanOrEqual(ended);
  }
  expect(next.startedAt).toBeGreaterThanOrEqual(ended);
  const { rows } = (await program.api(`/api/sessions/${next.id}/exchanges`)) as { rows: ReadonlyArray<{ at: number }> };
  expect(rows[0]?.at).toBeGreaterThanOrEqual(next.startedAt);
  // The phone was seen in the session that it sends in.
  const devices = (await program.api(`/api/sessions/${next.id}/devices`)) as { devices: ReadonlyArray<{ seen: unknown }> };
  expect(devices.devices).toHaveLength(1);

  const report = JSON.parse((await runProgram(folder.path, ['report', first.id, '--format', 'json'])).stdout) as SessionReport;
  expect(checksOf(report, 'imei')).toContain('before_consent');
  expect(checksOf(report, 'phone_number')).not.toContain('before_consent');
  const again = await runProgram(folder.path, ['rejudge', first.id, '--dry-run', '--json']);
  expect((JSON.parse(again.stdout) as { rejudged: { diff: object } }).rejudged.diff).toMatchObject({ new: [], gone: [], changed: [] });
});
