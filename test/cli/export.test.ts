import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lacking } from '../lacking.js';
import { unpacked } from '../report/packed.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
const file = join(cli.home, 'evidence.zip');
const IMEI = '490154203237518';
beforeAll(async () => {
  const har = join(cli.home, 'a.har');
  writeFileSync(har, harOf('https://api.example.test/v1', `{"imei":"${IMEI}"}`, '{"page":1}'));
  await cli.run('import', har, '--category', 'news');
  await cli.run('export', 'latest', '--evidence', file);
}, 60_000);
afterAll(() => cli.remove());

function contents(path: string): Map<string, string> {
  return new Map(unpacked(readFileSync(path)).entries.map((entry) => [entry.path, Buffer.from(entry.bytes).toString('utf8')]));
}

test('holds report, traffic, rules and what proves them; no value', () => {
  const files = contents(file);
  expect([...files.keys()]).toEqual([
    'manifest.json',
    'manifest.sig',
    'report.html',
    'report.json',
    'rules.json',
    'traffic.har',
    'chain.json',
    'public-key.pem',
    'README.txt',
  ]);
  expect(JSON.parse(files.get('report.json') ?? '')).toMatchObject({ schemaVersion: 1, session: { category: 'news' } });
  const rules = JSON.parse(files.get('rules.json') ?? '') as { pack: { id: string }; dataTypes: object[] };
  expect(rules.pack.id).toBe('cn-2021');
  // Examples look like values: whoever searches the package for one must not find it in the rules.
  expect(rules.dataTypes.filter((type) => 'match' in type)).toEqual([]);
  expect(JSON.parse(files.get('traffic.har') ?? '').log.entries).toHaveLength(2);
  expect(JSON.parse(files.get('chain.json') ?? '').links).toHaveLength(2);
  expect(readFileSync(file).includes(IMEI)).toBe(false);
  expect(files.get('README.txt')).not.toContain('RAW');
});

test('the key is made once, readable by its owner only, and not part of the package', async () => {
  const key = join(cli.home, 'data', 'evidence.key');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const before = readFileSync(key, 'utf8');
  await cli.run('export', 'latest', '--evidence', join(cli.home, 'again.zip'));
  expect(readFileSync(key, 'utf8')).toBe(before);
  expect(readFileSync(file).includes('PRIVATE KEY')).toBe(false);
});

test('raw traffic only when asked for twice, in a file that is 0600', async () => {
  const raw = join(cli.home, 'raw.zip');
  await expect(cli.run('export', 'latest', '--evidence', raw, '--raw')).rejects.toMatchObject({ code: 'OVR_RAW' });
  const { stdout, stderr } = await cli.run('export', 'latest', '--evidence', raw, '--raw', '--yes', '--json');
  for (const told of [stderr, contents(raw).get('README.txt')]) expect(told).toContain('RAW: this file holds unmasked personal data');
  expect(JSON.parse(stdout)).toMatchObject({ masked: false, file: raw });
  expect(statSync(raw).mode & 0o777).toBe(0o600);
  expect(contents(raw).get('traffic.har')).toContain(IMEI);
  expect(contents(raw).get('manifest.json')).toContain('"masked": false');
});

function openssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(lacking(openssl(), 'openssl'))('the signature holds for another implementation, by the commands in README.txt', () => {
  const folder = join(cli.home, 'unpacked');
  mkdirSync(folder);
  for (const { path, bytes } of unpacked(readFileSync(file)).entries) writeFileSync(join(folder, path), bytes);
  const command = /openssl (pkeyutl .*)/.exec(readFileSync(join(folder, 'README.txt'), 'utf8'))?.[1]?.split(' ') ?? [];
  expect(execFileSync('openssl', command, { cwd: folder, encoding: 'utf8' })).toContain('Verified');
});
