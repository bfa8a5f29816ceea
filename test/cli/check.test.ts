import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

test('a folder without a HAR, a missing file and an unknown session are input errors', async () => {
  const empty = join(cli.home, 'empty');
  mkdirSync(empty);
  await expect(cli.run('check', empty)).rejects.toMatchObject({ code: 'OVR_HAR_MISSING', exit: 2 });
  await expect(cli.run('check', 'missing.har')).rejects.toMatchObject({ exit: 2 });
  await expect(cli.run('check', 'nosuchsession')).rejects.toMatchObject({ exit: 2 });
  await expect(cli.run('check', empty, '--baseline', 'not-made-yet.yaml')).rejects.toMatchObject({
    code: 'OVR_FILE',
    exit: 2,
    next: expect.stringContaining('--write-baseline'),
  });
});

test('incident: packed recordings and links in a folder were passed over in silence, and the run came out green', async () => {
  const folder = join(cli.home, 'mixed');
  const elsewhere = join(cli.home, 'elsewhere.har');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  const clean = harOf('https://api.example.test/', '{"a":1}');
  writeFileSync(join(folder, 'clean.har'), clean);
  expect((await cli.run('check', folder, '--category', 'news')).code).toBe(0);

  writeFileSync(join(folder, 'deep', 'packed.har.gz'), gzipSync(clean));
  writeFileSync(join(folder, 'notes.txt'), 'no recording');
  const packed = await cli.run('check', folder, '--category', 'news');
  expect(packed.code).toBe(2);
  expect(packed.stderr).toMatch(/packed\.har\.gz: OVR_HAR_COMPRESSED/);
  expect(packed.stderr).not.toContain('notes.txt');

  writeFileSync(elsewhere, harOf('https://api.example.test/', '{"imei":"490154203237518"}'));
  symlinkSync(elsewhere, join(folder, 'link.har'));
  // A loop of folders has an end.
  symlinkSync(folder, join(folder, 'deep', 'loop.har'));
  expect((await cli.run('check', folder, '--category', 'news')).code).toBe(1);
});

test('more than one category is an explicit choice and is said in the report', async () => {
  const { stdout } = await cli.run('check', '--json', '--category', 'news', '--category', 'online_community', file);
  const report = JSON.parse(stdout) as SessionReport;
  expect(report.session.category).toBe('news+online_community');
  expect(report.findings[0]?.verdict).toBe('necessary');
});

const LEAK = '{"device":{"imei":"490154203237518"}}';

test('several inputs: one document, the worst exit status, a wrong path at once', async () => {
  const folder = join(cli.home, 'runs');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  writeFileSync(join(folder, 'quiet.har'), harOf('https://api.example.test/v1', '{"page":1}'));
  writeFileSync(join(folder, 'none.har'), harOf('https://api.example.test/v1'));
  writeFileSync(join(folder, 'deeper', 'leak.har'), harOf('https://api.example.test/v1', LEAK));
  const all = await cli.run('check', folder, '--category', 'news', '--json');
  const document = JSON.parse(all.stdout) as { schemaVersion: number; reports: Array<{ input: string; report: SessionReport }> };
  expect(all.stdout.trim().split('\n')).toHaveLength(1);
  expect(document.schemaVersion).toBe(1);
  expect(document.reports.map(({ input }) => input)).toEqual(
    ['deeper/leak.har', 'none.har', 'quiet.har'].map((name) => join(folder, name)),
  );
  expect(document.reports[0]?.report.findings).toMatchObject([{ dataType: 'imei' }]);
  expect(all.code).toBe(1);
  expect(all.stderr).not.toContain('1/3');
  expect((await cli.run('check', join(folder, 'quiet.har'), join(folder, 'none.har'), '--category', 'news')).code).toBe(3);
  await expect(cli.run('check', folder, join(cli.home, 'nowhere.har'))).rejects.toMatchObject({ exit: 2 });

  const out = join(cli.home, 'out');
  mkdirSync(out);
  await cli.run('check', folder, join(folder, 'quiet.har'), '--category', 'news', '--format', 'sarif', '--out', out);
  expect(readdirSync(out).sort()).toEqual(['leak.sarif', 'none.sarif', 'quiet-2.sarif', 'quiet.sarif']);
  await expect(cli.run('check', folder, '--format', 'csv')).rejects.toMatchObject({ code: 'OVR_OUT' });
  await expect(cli.run('check', folder, '--format', 'csv', '--out', join(out, 'no'))).rejects.toMatchObject({ code: 'OVR_OUT' });
});

test('--format prints any report format, to stdout or a file', async () => {
  const { stdout } = await cli.run('check', file, '--category', 'news', '--format', 'junit');
  expect(stdout).toMatch(/^<\?xml/);
  const out = join(cli.home, 'result.xlsx');
  await cli.run('check', file, '--category', 'news', '--format', 'xlsx', '--out', out);
  expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK');
  await expect(cli.run('check', file, '--format', 'xlsx')).rejects.toMatchObject({ code: 'OVR_OUT' });
  await expect(cli.run('check', file, '--format', 'papyrus')).rejects.toMatchObject({ exit: 2 });
});

test('build 1 passes with its baseline; build 2 adds a third-party IMEI and fails with an annotation that names it', async () => {
  const github = commandLine({ GITHUB_ACTIONS: 'true' });
  try {
    const [one, two] = ['build-1.har', 'build-2.har'].map((name) => join(github.home, name)) as [string, string];
    const baseline = join(github.home, 'baseline.yaml');
    writeFileSync(one, harOf('https://api.example.test/v1', LEAK));
    const more = JSON.parse(harOf('https://mi.gdt.qq.com/collect', LEAK)) as { log: { entries: unknown[] } };
    const both = JSON.parse(harOf('https://api.example.test/v1', LEAK)) as { log: { entries: unknown[] } };
    both.log.entries.push(...more.log.entries);
    writeFileSync(two, JSON.stringify(both));
    const gate = ['--category', 'news', '--first-party', 'example.test', '--lang', 'en'];

    expect((await github.run('check', one, ...gate)).code).toBe(1);
    expect((await github.run('check', one, ...gate, '--write-baseline', baseline)).code).toBe(0);
    const passed = await github.run('check', one, ...gate, '--baseline', baseline);
    expect(passed.code).toBe(0);
    expect(passed.stderr).toContain('1 finding(s) accepted by the baseline');
    expect(passed.stderr).not.toContain('::error');
    // The file for the build server says the same as the exit status.
    const junit = await github.run('check', one, ...gate, '--baseline', baseline, '--format', 'junit');
    expect([junit.code, /<testsuite [^>]*failures="(\d+)"/.exec(junit.stdout)?.[1]]).toEqual([0, '0']);

    const elsewhere = join(github.home, 'elsewhere.har');
    writeFileSync(elsewhere, harOf('https://api.example.test/v1', '{"page":2}'));
    const renewed = join(github.home, 'renewed.yaml');
    const dropped = await github.run('check', elsewhere, ...gate, '--baseline', baseline, '--write-baseline', renewed);
    expect(dropped.stderr).toContain('is not in the new file (not reviewed: written by --write-baseline)');

    const failed = await github.run('check', two, ...gate, '--baseline', baseline, '--json');
    expect(failed.code).toBe(1);
    const annotations = failed.stderr.split('\n').filter((line) => line.startsWith('::error '));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatch(/title=Overreach%3A .*IMEI.*mi\.gdt\.qq\.com/);
    expect(annotations[0]).toContain('[art. 4, 5(');
    expect(annotations[0]).toContain('immutable_id_to_third_party');
    expect(failed.stdout).not.toContain('::');
    expect(failed.stdout + failed.stderr).not.toContain('490154203237518');
  } finally {
    github.remove();
  }
});

test('incident: a stored session whose values "check --show-values" showed had no trace of it', async () => {
  const { stdout: id } = await cli.run('import', file, '--category', 'news');
  const reveals = async () => (JSON.parse((await cli.run('report', id.trim(), '--format', 'json')).stdout) as SessionReport).reveals?.count;
  await cli.run('check', id.trim(), '--json');
  expect(await reveals()).toBeUndefined();
  const { stdout } = await cli.run('check', id.trim(), file, '--show-values', '--json');
  expect(stdout).toContain('13900000000');
  expect(await reveals()).toBe(1);
});
