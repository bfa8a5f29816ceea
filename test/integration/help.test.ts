import { afterAll, expect, test } from 'vitest';
import { runProgram, temporaryFolder } from './program.js';

const home = temporaryFolder();
afterAll(() => home.remove());

const help = (words: readonly string[], env: NodeJS.ProcessEnv = {}) => runProgram(home.path, words, env);

test('help speaks the language that was asked for, or that of the machine', async () => {
  const chinese = await help(['check', '--help'], { LANG: 'zh_CN.UTF-8' });
  expect(chinese).toMatchObject({ code: 0, stderr: '' });
  expect(chinese.stdout).toContain('用法： overreach check [选项] <input...>');
  expect(chinese.stdout).not.toMatch(/Options:|choices:|display help/);
  const english = await help(['check', '--help'], { LANG: 'en_US.UTF-8' });
  expect(english.stdout).toContain('Usage: overreach check [options] <input...>');
  expect(english.stdout).not.toMatch(/\p{Script=Han}/u);
  expect((await help(['--help', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).stdout).toContain('Exit: 0 nothing over the threshold');
  expect((await help(['help', 'ca'], { OVERREACH_LANGUAGE: 'zh-CN', LANG: 'en_US.UTF-8' })).stdout).toContain('证书颁发机构');
});

test('without a certificate, ca show says so with the next step; /proc as a data folder is an error, not an endless loop', async () => {
  const none = await help(['ca', 'show']);
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect(none.stderr).toContain('OVR_CA_MISSING');
  expect(none.stderr).toContain('→ "overreach start" makes one');
  expect(none.stderr).toContain('这里还没有证书');
  for (const words of [
    ['ca', 'export'],
    ['ca', 'rotate', '--yes'],
    ['start', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0'],
  ]) {
    const { code, stderr } = await help([...words, '--data-dir', '/proc/overreach']);
    expect({ words, code, coded: /^OVR_DATA_DIR /m.test(stderr) }).toEqual({ words, code: 2, coded: true });
  }
});
