import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

const har = join(cli.home, 'a.har');
writeFileSync(har, harOf('https://api.example.test/v1', '{"phone":"13900000000","imei":"490154203237518"}'));
const undeclared = (report: SessionReport) =>
  report.findings.filter(({ issues }) => issues.some(({ check }) => check === 'undeclared')).map(({ dataType }) => dataType);

test('a draft from a HAR, edited, is what check holds the traffic against', async () => {
  const file = join(cli.home, 'declared.yaml');
  const { stderr } = await cli.run('declare', '--from-har', har, '--first-party', 'example.test', '--out', file, '--lang', 'en');
  expect(stderr).toContain('2 line(s)');
  const draft = readFileSync(file, 'utf8');
  expect(draft).toMatch(/dataType: imei\n {4}purpose: .*\n {4}receiver: first_party/);
  const flags = ['--category', 'news', '--first-party', 'example.test', '--json'];
  expect(undeclared(JSON.parse((await cli.run('check', har, '--declared', file, ...flags)).stdout))).toEqual([]);

  const edited = join(cli.home, 'edited.yaml');
  writeFileSync(edited, draft.replace(/ {2}- dataType: imei\n.*\n.*\n/, ''));
  expect(undeclared(JSON.parse((await cli.run('check', har, '--declared', edited, ...flags)).stdout))).toEqual(['imei']);
  expect(undeclared(JSON.parse((await cli.run('check', har, ...flags)).stdout))).toEqual([]);
});

test('from a stored session, judged again with it', async () => {
  const { session } = JSON.parse((await cli.run('import', har, '--category', 'news', '--json')).stdout) as { session: string };
  const { declared } = JSON.parse((await cli.run('declare', '--from-session', session, '--json')).stdout) as { declared: unknown[] };
  expect(declared).toEqual([
    { dataType: 'imei', purpose: '?', receiver: 'example.test' },
    { dataType: 'phone_number', purpose: '?', receiver: 'example.test' },
  ]);
  const file = join(cli.home, 'phone-only.yaml');
  writeFileSync(file, 'declared:\n  - { dataType: phone_number, purpose: 登录 }\n');
  expect(undeclared(JSON.parse((await cli.run('rejudge', session, '--declared', file, '--json')).stdout))).toEqual(['imei']);
});

test('incident: what the server answered stood in the draft as sent', async () => {
  const answer = '{"email":"li@example.org","birthday":"1990-03-07"}';
  const answered = join(cli.home, 'answered.har');
  const text = harOf('https://api.example.test/v1', '{"phone":"13900000000"}');
  writeFileSync(
    answered,
    text.replace('"size":0,"mimeType":""', `"size":${answer.length},"mimeType":"application/json","text":${JSON.stringify(answer)}`),
  );
  const words = ['import', answered, '--category', 'news', '--responses', '--json'];
  const { session } = JSON.parse((await cli.run(...words)).stdout) as { session: string };
  const { declared } = JSON.parse((await cli.run('declare', '--from-session', session, '--json')).stdout) as { declared: unknown[] };
  expect(declared).toEqual([{ dataType: 'phone_number', purpose: '?', receiver: 'example.test' }]);
});

test('an inventory that is there is not written over; one source has to be named', async () => {
  const file = join(cli.home, 'mine.yaml');
  writeFileSync(file, 'declared: []\n');
  await expect(cli.run('declare', '--from-har', har, '--out', file)).rejects.toMatchObject({ code: 'OVR_OUT_EXISTS', exit: 2 });
  expect(readFileSync(file, 'utf8')).toBe('declared: []\n');
  await expect(cli.run('declare')).rejects.toMatchObject({ code: 'OVR_DECLARE' });
  await expect(cli.run('declare', '--from-har', har, '--from-session', 'latest')).rejects.toMatchObject({ code: 'OVR_DECLARE' });
});
