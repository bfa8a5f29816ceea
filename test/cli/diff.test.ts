import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffExit, parseReport } from '../../src/cli/diff.js';
import type { DiffEntry, ReportDiff } from '../../src/report/diff.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
const at = (name: string) => join(cli.home, name);
const gate = ['--category', 'news', '--first-party', 'example.test'];
const LEAK = '{"device":{"imei":"490154203237518"}}';

beforeAll(async () => {
  writeFileSync(at('one.har'), harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  writeFileSync(at('two.har'), harOf('https://api.example.test/v1', '{"phone":"13900000000"}', LEAK));
  writeFileSync(at('none.har'), harOf('https://api.example.test/v1'));
  for (const name of ['one', 'two'])
    writeFileSync(at(`${name}.json`), (await cli.run('check', at(`${name}.har`), ...gate, '--json')).stdout);
});
afterAll(() => cli.remove());

test('two recordings: what is new is named, and fails only when asked to', async () => {
  const { stdout, code } = await cli.run('diff', at('one.har'), at('two.har'), ...gate, '--lang', 'en');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\+ .*IMEI.* → api\.example\.test {2}Beyond necessary/m);
  // Was: "har  →  har", and ids of checks alone.
  expect(stdout.split('\n')[0]).toBe(`${at('one.har')}  →  ${at('two.har')}`);
  writeFileSync(at('clear.har'), harOf('http://ads.example.org/v1', LEAK));
  for (const [lang, titled] of Object.entries({ en: 'Sent unencrypted (cleartext)', 'zh-CN': '未加密传输（cleartext）' }))
    expect((await cli.run('diff', at('one.har'), at('clear.har'), ...gate, '--lang', lang)).stdout).toContain(titled);
  expect(stdout).toContain('new 1 · gone 0 · changed 0 · same 1');
  expect(stdout).not.toContain('490154203237518');
  expect((await cli.run('diff', at('one.har'), at('two.har'), ...gate, '--fail-on', 'new')).code).toBe(1);
  expect((await cli.run('diff', at('two.har'), at('one.har'), ...gate, '--fail-on', 'new')).code).toBe(0);
  expect((await cli.run('diff', at('two.har'), at('one.har'), ...gate, '--fail-on', 'new,gone')).code).toBe(1);
});

test('reports, recordings and stored sessions may be compared with each other', async () => {
  await cli.run('import', at('two.har'), ...gate);
  for (const other of [at('two.json'), 'latest']) {
    const { stdout } = await cli.run('diff', at('one.json'), other, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      before: { name: at('one.json'), session: 'har', category: 'news', exchanges: 1 },
      new: [{ dataType: 'imei', host: 'api.example.test' }],
      gone: [],
      dataTypes: { new: ['imei'] },
      caveats: [],
    });
  }
});

test('HTML is one file without anything to load', async () => {
  const out = at('diff.html');
  await cli.run('diff', at('one.json'), at('two.json'), '--format', 'html', '--out', out);
  const html = readFileSync(out, 'utf8');
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html).toContain("default-src 'none'");
  expect(html).toContain('新增 1 项');
  expect(html).toContain(`${at('one.json')} → ${at('two.json')}`);
});

test('a side that could not be looked at is inconclusive, unless something new was seen', async () => {
  expect((await cli.run('diff', at('one.har'), at('none.har'), ...gate)).code).toBe(3);
  const { stdout } = await cli.run('diff', at('one.har'), at('none.har'), ...gate);
  expect(stdout).toContain('后者没有任何通信，没有看到不等于没有。');
  expect((await cli.run('diff', at('none.har'), at('two.har'), ...gate, '--fail-on', 'new')).code).toBe(1);
});

test('a wrong word, a missing file, and JSON that is no report are input errors', async () => {
  await expect(cli.run('diff', at('one.har'), at('two.har'), '--fail-on', 'worse')).rejects.toMatchObject({ code: 'OVR_FAIL_ON' });
  await expect(cli.run('diff', at('one.har'), at('nowhere.har'))).rejects.toMatchObject({ exit: 2 });
  await expect(cli.run('diff', at('one.har'), 'nosuchsession')).rejects.toMatchObject({ exit: 2 });
  expect(() => parseReport('{"schemaVersion":1', 'r.json')).toThrow(expect.objectContaining({ code: 'OVR_REPORT' }));
  expect(() => parseReport('{"schemaVersion":1,"reports":[]}', 'r.json')).toThrow(/several/);
  expect(() => parseReport('{"schemaVersion":2}', 'r.json')).toThrow(/schemaVersion/);
});

test('--scenes takes one session and two of its scenes', async () => {
  for (const args of [
    ['latest', '--scenes', 'before_consent'],
    ['latest', at('one.har'), '--scenes', 'a', 'b'],
  ])
    await expect(cli.run('diff', ...args)).rejects.toMatchObject({ code: 'OVR_DIFF' });
  await expect(cli.run('diff', 'latest')).rejects.toMatchObject({ code: 'OVR_DIFF' });
  await expect(cli.run('diff', 'latest', '--scenes', 'before_consent', 'consented')).rejects.toMatchObject({ code: 'OVR_SCENE' });
});

test('technical information, weak evidence and placeholders stop no release', () => {
  const entry = (part: Partial<DiffEntry>) =>
    ({ grade: 'probable', placeholder: false, verdict: 'beyond_necessary', issues: [], ...part }) as object as DiffEntry;
  const exit = (...entries: DiffEntry[]) =>
    diffExit({ new: entries, gone: [], changed: [], caveats: [] } as object as ReportDiff, new Set(['new']));
  expect(exit(entry({}))).toBe(1);
  expect(exit(entry({ verdict: 'technical' }), entry({ grade: 'opaque' }), entry({ placeholder: true }))).toBe(0);
  expect(exit(entry({ verdict: 'technical', issues: ['cleartext'] }))).toBe(1);
  const changed = [{ before: entry({}), after: entry({ verdict: 'necessary' }), what: ['verdict'] }];
  expect(diffExit({ new: [], gone: [], changed, caveats: [] } as object as ReportDiff, new Set(['changed']))).toBe(1);
});
