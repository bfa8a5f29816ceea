import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPicture } from '../../src/cli/screenshot.js';
import { limits } from '../../src/limits.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const at = (name: string) => join(cli.home, name);

test('a picture is one by its first bytes; anything else is refused with what to do', () => {
  writeFileSync(at('a.jpg'), PNG);
  expect(readPicture(at('a.jpg')).mime).toBe('image/png');
  writeFileSync(at('b.png'), '<svg/>');
  writeFileSync(at('c.png'), PNG);
  truncateSync(at('c.png'), limits.screenshot + 1);
  for (const name of ['b.png', 'c.png', 'missing.png'])
    expect(() => readPicture(at(name))).toThrow(expect.objectContaining({ code: 'OVR_SCREENSHOT' }));
});

test('in a session that is over it is listed in the report, shown in HTML, and part of the evidence', async () => {
  writeFileSync(at('a.har'), harOf('https://api.example.test/v1', '{"page":1}'));
  writeFileSync(at('shot.png'), PNG);
  const { stdout } = await cli.run('import', at('a.har'), '--category', 'news');
  const session = stdout.trim();
  const { stderr } = await cli.run('scene', '--screenshot', at('shot.png'), '--session', session);
  expect(stderr).toContain('screenshot 1');
  expect(stderr).toContain('not masked');
  await expect(cli.run('scene', 'nowhere', '--screenshot', at('shot.png'), '--session', session)).rejects.toMatchObject({
    code: 'OVR_SCENE',
  });
  await expect(cli.run('scene', '--end', '--screenshot', at('shot.png'), '--session', session)).rejects.toMatchObject({
    code: 'OVR_SCENE',
  });
  const json = JSON.parse((await cli.run('report', session, '--format', 'json')).stdout) as { screenshots: object[] };
  expect(json.screenshots).toMatchObject([{ file: 'screenshots/01.png', scene: null, mime: 'image/png', size: PNG.length }]);
  const html = await cli.run('report', session, '--format', 'html');
  expect(html.stdout).toContain(`data:image/png;base64,${PNG.toString('base64')}`);
  expect(html.stderr).toContain('not masked');
  await cli.run('export', session, '--evidence', at('e.zip'));
  expect((await cli.run('verify', at('e.zip'), '--json')).stdout).toContain('screenshots/01.png');
});
