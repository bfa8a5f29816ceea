import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { harOf } from '../cli/recorded-cli.js';
import { MAIN, temporaryFolder } from './program.js';

/** A sample repository whose pipeline runs the lines that the README gives, in the shell that runs them there. */
const folder = temporaryFolder();
const bin = join(folder.path, 'bin');
mkdirSync(bin);
writeFileSync(join(bin, 'overreach'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
chmodSync(join(bin, 'overreach'), 0o755);
mkdirSync(join(folder.path, 'recordings'));
afterAll(() => folder.remove());

const LEAK = '{"device":{"imei":"490154203237518"}}';

/** The recordings that the build's tests leave behind: one file, and a folder of them. */
function record(...entries: ReadonlyArray<readonly [url: string, body: string]>): void {
  const [first, ...others] = entries.map(([url, body]) => JSON.parse(harOf(url, body)) as { log: { entries: object[] } });
  for (const other of others) first?.log.entries.push(...other.log.entries);
  for (const path of ['app.har', join('recordings', 'app.har')]) writeFileSync(join(folder.path, path), JSON.stringify(first));
}

function shell(line: string, env: NodeJS.ProcessEnv = {}): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', line], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: folder.path, OVERREACH_DATA_DIR: join(folder.path, 'data'), NO_COLOR: '1', ...env },
  });
  return { code: status, stdout, stderr };
}

/** The lines of the README's chapter on CI that run the program. */
function linesOfReadme(name: string): { github: string; gitlab: string; jenkins: string } {
  const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const line = (pattern: RegExp) => pattern.exec(text)?.[1] ?? `no line in ${name}`;
  return {
    github: line(/^- run: (overreach check .*)$/m),
    gitlab: line(/^ {2}script: (overreach check .*)$/m),
    jenkins: line(/^sh '(overreach check .*)'$/m),
  };
}

test('build 1 passes with its baseline; build 2 adds a third-party IMEI and fails, naming data type, receiver and clause', () => {
  const { github } = linesOfReadme('README.md');
  const actions = { GITHUB_ACTIONS: 'true' };
  record(['https://api.example.test/v1', LEAK]);
  expect(shell('overreach check recordings/ --category news --write-baseline overreach-baseline.yaml').code).toBe(0);
  const one = shell(github, actions);
  expect([one.code, one.stderr.includes('::error')]).toEqual([0, false]);

  record(['https://api.example.test/v1', LEAK], ['https://mi.gdt.qq.com/collect', LEAK]);
  const two = shell(github, actions);
  expect(two.code).toBe(1);
  const annotations = two.stderr.split('\n').filter((line) => line.startsWith('::error '));
  expect(annotations).toHaveLength(1);
  for (const piece of ['IMEI', 'mi.gdt.qq.com', '第四条', 'immutable_id_to_third_party', 'PIPL']) expect(annotations[0]).toContain(piece);
  const document = JSON.parse(readFileSync(join(folder.path, 'overreach.json'), 'utf8')) as { summary: { failing: object[] } };
  expect(document.summary.failing).toMatchObject([{ dataType: 'imei', host: 'mi.gdt.qq.com' }]);
});

test('the lines for GitLab and Jenkins leave a JUnit file; Jenkins goes on to publish it, but not after an error', () => {
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const { gitlab, jenkins } = linesOfReadme(readme);
    record(['https://mi.gdt.qq.com/collect', LEAK]);
    expect(shell(gitlab).code, gitlab).toBe(1);
    expect(readFileSync(join(folder.path, 'overreach.xml'), 'utf8')).toContain('<failure type="beyond_necessary"');
    expect(shell(`rm overreach.xml; ${jenkins}`).code, jenkins).toBe(0);
    expect(existsSync(join(folder.path, 'overreach.xml'))).toBe(true);
    writeFileSync(join(folder.path, 'app.har'), 'no HAR');
    expect(shell(jenkins).code).not.toBe(0);
  }
}, 240_000);
