import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { runProgram, spawnProgram, temporaryFolder } from './program.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('the demo shows at least eight data types over at least four receivers, with every kind of verdict', async () => {
  const { code, stdout, stderr } = await runProgram(folder.path, ['demo', '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as SessionReport;
  const typesOf = (verdict: string) => report.findings.filter((finding) => finding.verdict === verdict).map((finding) => finding.dataType);

  expect(new Set(report.findings.map((finding) => finding.dataType)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(report.findings.map((finding) => finding.party.host)).size).toBeGreaterThanOrEqual(4);
  expect(typesOf('necessary')).toEqual(expect.arrayContaining(['phone_number', 'location_precise', 'location_track', 'trip_origin']));
  expect(typesOf('conditional')).toEqual(expect.arrayContaining(['payment_amount']));
  expect(typesOf('beyond_necessary')).toEqual(expect.arrayContaining(['imei', 'oaid', 'id_number', 'bank_card_number']));

  for (const finding of report.findings) {
    if (finding.verdict === 'necessary' || finding.verdict === 'conditional') expect(finding.reason.article).toBe('5(2)');
    if (finding.verdict === 'beyond_necessary') expect(finding.reason.article).toBe('4, 5(2)');
    expect(finding.reason.zh).not.toMatch(/违法|非法/);
  }
  const opaque = report.findings.find((finding) => finding.grade === 'opaque');
  expect(opaque).toMatchObject({ verdict: 'not_judged', party: { host: 'fp.fengkong-id.test' } });
  expect(report.coverage.opaque.map((row) => row.host)).toContain('fp.fengkong-id.test');

  const nested = report.findings
    .flatMap((finding) => finding.occurrences)
    .find((occurrence) => occurrence.path.includes('|base64|gzip|json'));
  expect(nested?.steps).toEqual(['json', 'base64', 'gzip', 'json']);
  const checks = new Set(report.findings.flatMap((finding) => finding.issues.map((issue) => issue.check)));
  expect([...checks]).toEqual(expect.arrayContaining(['before_consent', 'after_refusal', 'third_party', 'weak_digest']));
  expect(report.coverage).toMatchObject({ notAnalysed: 0, pinned: [] });
});

test('its report can be exported afterwards', async () => {
  const { code, stdout } = await runProgram(folder.path, ['report', 'latest', '--format', 'html']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<!doctype html>/i);
  expect(stdout).toContain('网络约车类');
});

test('its page offers what every page offers: how long sessions are kept', async () => {
  const child = spawnProgram(folder.path, ['demo']);
  const ended = once(child, 'close');
  const url = await new Promise<URL>((resolve) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /https?:\/\/\S+token=\S+/.exec(said)?.[0];
      if (address !== undefined) resolve(new URL(address));
    });
  });
  const headers = { authorization: `Bearer ${url.searchParams.get('token')}`, 'content-type': 'application/json' };
  const retention = new URL('/api/retention', url);
  expect(await (await fetch(retention, { headers })).json()).toMatchObject({ days: 30, fixedBy: null });
  const put = await fetch(retention, { method: 'PUT', headers: { ...headers, origin: url.origin }, body: '{"days":9}' });
  expect(await put.json()).toMatchObject({ days: 9 });
  expect(existsSync(join(folder.path, '.config/overreach/config.yaml'))).toBe(true);
  child.kill('SIGTERM');
  await ended;
});

test('incident: a demo whose database could not be opened told so, and never ended', { timeout: 30_000 }, async () => {
  const data = join(folder.path, 'broken');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, 'overreach.sqlite'), 'holiday pictures\n'.repeat(100), { mode: 0o600 });
  const { code, stderr } = await runProgram(folder.path, ['demo', '--json', '--data-dir', data]);
  expect(code).toBe(2);
  expect(stderr).toContain('OVR_STORE_CORRUPT');
});
