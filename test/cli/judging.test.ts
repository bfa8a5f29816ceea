import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plainError } from '../../src/cli/judging.js';
import { InputError } from '../../src/errors.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('an error of ours travels in plain words, a bug goes on', () => {
  expect(plainError(new InputError('OVR_X', 'what', { next: 'do' }))).toEqual({ code: 'OVR_X', message: 'what', next: 'do' });
  expect(() => plainError(new TypeError('bug'))).toThrow(TypeError);
});

test('one bad file among many does not hide what the others hold', async () => {
  const path = (name: string) => join(cli.home, name);
  writeFileSync(path('bad.har'), '{"log":');
  writeFileSync(path('leak.har'), harOf('https://api.example.test/v1', '{"imei":"490154203237518"}'));
  writeFileSync(path('quiet.har'), harOf('https://api.example.test/v1', '{"page":1}'));
  const found = await cli.run('check', path('bad.har'), path('leak.har'), '--category', 'news', '--json');
  const document = JSON.parse(found.stdout) as { reports: Array<{ error?: { code: string }; report?: { findings: object[] } }> };
  expect(document.reports[0]?.error?.code).toMatch(/^OVR_HAR/);
  expect(document.reports[1]?.report?.findings).toHaveLength(1);
  expect(found.code).toBe(1);
  expect(found.stderr).toContain('bad.har: OVR_HAR');
  expect((await cli.run('check', path('bad.har'), path('quiet.har'), '--category', 'news')).code).toBe(2);
  await expect(
    cli.run('check', path('bad.har'), path('leak.har'), '--category', 'news', '--write-baseline', path('b.yaml')),
  ).rejects.toMatchObject({ code: 'OVR_BASELINE', zh: expect.stringContaining('没有写出基线') });
  await expect(cli.run('check', path('bad.har'), '--category', 'news')).rejects.toMatchObject({ exit: 2 });
});
