import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
const file = join(cli.home, 'a.har');
beforeAll(() => writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}', '{"page":1}')));
afterAll(() => cli.remove());

test('a HAR becomes a report; first-party domains and the app name are taken over', async () => {
  const { stdout, code } = await cli.run(
    'check',
    file,
    '--category',
    'online_community',
    '--app',
    'App',
    '--first-party',
    'example.test',
    '--json',
  );
  const report = JSON.parse(stdout) as SessionReport;
  expect(code).toBe(0);
  expect(report.session).toMatchObject({ app: 'App', category: 'online_community', source: 'har' });
  expect(report.findings).toMatchObject([
    { dataType: 'phone_number', verdict: 'necessary', party: { host: 'api.example.test', firstParty: true } },
  ]);
  expect(report.exchanges.count).toBe(2);
  expect(report.coverage).toMatchObject({ hosts: 1, decrypted: 1 });
});

test('UTF-16 with a byte order mark is read', async () => {
  const wide = join(cli.home, 'wide.har');
  writeFileSync(wide, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(harOf('https://api.example.test/', '{"a":1}'), 'utf16le')]));
  expect((await cli.run('check', wide, '--category', 'news')).code).toBe(0);
});

test('a folder, a missing file and an unknown session are input errors', async () => {
  await expect(cli.run('check', cli.home)).rejects.toMatchObject({ code: 'OVR_HAR_MISSING', exit: 2 });
  await expect(cli.run('check', 'missing.har')).rejects.toMatchObject({ exit: 2 });
  await expect(cli.run('check', 'nosuchsession')).rejects.toMatchObject({ exit: 2 });
});

test('more than one category is an explicit choice and is said in the report', async () => {
  const { stdout } = await cli.run('check', file, '--category', 'news', 'online_community', '--json');
  const report = JSON.parse(stdout) as SessionReport;
  expect(report.session.category).toBe('news+online_community');
  expect(report.findings[0]?.verdict).toBe('necessary');
});
