import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
const file = join(cli.home, 'evidence.zip');
let fingerprint = '';
beforeAll(async () => {
  const har = join(cli.home, 'a.har');
  writeFileSync(har, harOf('https://api.example.test/v1', '{"imei":"490154203237518"}', '{"page":1}'));
  await cli.run('import', har, '--category', 'news', '--app', 'App\u001b[31m');
  const { stdout } = await cli.run('export', 'latest', '--evidence', file, '--json');
  fingerprint = (JSON.parse(stdout) as { fingerprint: string }).fingerprint;
});
afterAll(() => cli.remove());

test('0: intact, and whether this installation signed it; the key may be demanded', async () => {
  const { code, stdout, stderr } = await cli.run('verify', file);
  expect(code).toBe(0);
  expect(stdout).toContain('Intact');
  expect(stderr).toContain(fingerprint);
  expect(stderr).toContain('this installation');
  expect(stderr).not.toContain('\u001b');
  expect((await cli.run('verify', file, '--key', fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:'))).code).toBe(0);
  const stranger = commandLine();
  try {
    expect((await stranger.run('verify', file)).stderr).toContain('Compare it');
  } finally {
    stranger.remove();
  }
});

test('1: one flipped byte is refused, naming the file; so is another key', async () => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('{"log":{"version"') + 30;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = join(cli.home, 'changed.zip');
  writeFileSync(changed, bytes);
  const { code, stdout } = await cli.run('verify', changed);
  expect(code).toBe(1);
  expect(stdout).toContain('traffic.har');
  const json = await cli.run('verify', changed, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ intact: false, changes: [{ file: 'traffic.har', what: 'content' }] });
  expect((await cli.run('verify', file, '--key', '0'.repeat(64))).code).toBe(1);
});

test('2: what is no evidence package, no file, no fingerprint', async () => {
  const other = join(cli.home, 'other.zip');
  writeFileSync(other, 'PK\u0003\u0004 and nothing more');
  await expect(cli.run('verify', other)).rejects.toMatchObject({ code: 'OVR_NOT_EVIDENCE', exit: 2 });
  await expect(cli.run('verify', join(cli.home, 'a.har'))).rejects.toMatchObject({ code: 'OVR_NOT_EVIDENCE' });
  await expect(cli.run('verify', join(cli.home, 'nowhere.zip'))).rejects.toMatchObject({ exit: 2 });
  await expect(cli.run('verify', file, '--key', 'abc')).rejects.toMatchObject({ code: 'OVR_FINGERPRINT' });
});
