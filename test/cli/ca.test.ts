import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveNote } from '../../src/cli/running.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('where there is no authority, show and remove say so and make none', async () => {
  const none = commandLine();
  try {
    const said = { code: 'OVR_CA_MISSING', exit: 2, next: expect.stringContaining('overreach start') };
    await expect(none.run('ca', 'show')).rejects.toMatchObject(said);
    await expect(none.run('ca', 'remove', '--yes')).rejects.toMatchObject(said);
    expect(existsSync(join(none.home, 'data'))).toBe(false);
    await none.run('ca', 'export', '--out', join(none.home, 'ca.pem'));
    expect((await none.run('ca', 'show')).stdout).toContain('sha256');
  } finally {
    none.remove();
  }
});

test('a data folder that cannot be made is an error with a code, where mkdir of Node never returns', async () => {
  for (const place of ['/proc/overreach/data', '/dev/null/data', join(cli.home, 'a'.repeat(300))])
    for (const words of [['show'], ['export'], ['rotate', '--yes'], ['remove', '--yes']])
      await expect(cli.run('ca', ...words, '--data-dir', place), `${words} ${place}`).rejects.toMatchObject({
        code: expect.stringMatching(/^OVR_(DATA_DIR|CA_MISSING)$/),
        exit: 2,
      });
});

test('show and export give public material only; rotate and remove ask first', async () => {
  await cli.run('ca', 'export');
  const shown = JSON.parse((await cli.run('ca', 'show', '--json')).stdout) as { path: string; sha256: string };
  expect(shown.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  for (const format of ['pem', 'der', 'mobileconfig', 'android-0']) {
    const out = join(cli.home, `ca.${format}`);
    await cli.run('ca', 'export', '--format', format, '--out', out);
    expect(readFileSync(out, 'latin1')).not.toContain('PRIVATE KEY');
    expect(readFileSync(out).byteLength).toBeGreaterThan(500);
  }
  const refused = await cli.run('ca', 'rotate');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--yes');
  await cli.run('ca', 'rotate', '--yes');
  expect((JSON.parse((await cli.run('ca', 'show', '--json')).stdout) as { sha256: string }).sha256).not.toBe(shown.sha256);
  await cli.run('ca', 'remove', '--yes');
  expect(existsSync(shown.path)).toBe(false);
});

test('not under a running session', async () => {
  await cli.run('ca', 'export');
  const before = (await cli.run('ca', 'show', '--json')).stdout;
  const away = leaveNote(join(cli.home, 'data'), { session: 's-1', pid: process.pid, ui: 'http://127.0.0.1:1/' });
  for (const what of ['rotate', 'remove'])
    await expect(cli.run('ca', what, '--yes')).rejects.toMatchObject({ code: 'OVR_RUNNING', exit: 2 });
  expect((await cli.run('ca', 'show', '--json')).stdout).toBe(before);
  away();
  expect((await cli.run('ca', 'remove', '--yes', '--lang', 'en')).stderr).toContain('Remove it from every phone');
});
