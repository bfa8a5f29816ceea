import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { lacking } from '../lacking.js';
import { ANSWERED } from './answered.js';
import { MAIN, runProgram, temporaryFolder } from './program.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function har(entries: Array<{ url: string; body?: string; mime?: string }>): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: entries.map(({ url, body, mime = 'application/json' }) => ({
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 1,
        request: {
          method: body === undefined ? 'GET' : 'POST',
          url,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: body === undefined ? [] : [{ name: 'Content-Type', value: mime }],
          queryString: [],
          headersSize: -1,
          bodySize: body?.length ?? 0,
          ...(body === undefined ? {} : { postData: { mimeType: mime, text: body } }),
        },
        ...ANSWERED,
      })),
    },
  });
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder.path, name), content);
  return name;
}

const check = (...args: string[]) => runProgram(folder.path, ['check', ...args]);
const leaking = file('leaking.har', har([{ url: 'https://api.example.test/v1', body: '{"device":{"imei":"490154203237518"}}' }]));
const quiet = file('quiet.har', har([{ url: 'https://api.example.test/v1', body: '{"page":2}' }]));

describe('exit status', () => {
  test.skipIf(lacking(existsSync('/dev/full'), 'a device that is always full'))(
    'incident: a result that a full disk refused ended with 1, which says "findings"',
    async () => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [MAIN, 'check', quiet, '--category', 'news', '--json'], {
        cwd: folder.path,
        env: { PATH: process.env.PATH, HOME: folder.path, OVERREACH_DATA_DIR: join(folder.path, 'data') },
        stdio: ['ignore', full, 'pipe'],
      });
      let said = '';
      child.stderr?.on('data', (text: Buffer) => {
        said += text.toString();
      });
      const [code] = (await once(child, 'close')) as [number];
      closeSync(full);
      expect(code).toBe(2);
      expect(said).toContain('OVR_OUT');
    },
  );

  test('1: a finding over the threshold', async () => {
    const { code, stdout } = await check(leaking, '--category', 'news', '--json');
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as SessionReport;
    expect(report.schemaVersion).toBe(1);
    expect(report.findings[0]).toMatchObject({ dataType: 'imei', verdict: 'beyond_necessary', count: 1 });
    expect(report.findings[0]?.occurrences[0]).toMatchObject({
      exchange: 0,
      direction: 'request',
      path: 'body.$.device.imei',
      steps: ['json'],
    });
    expect(stdout).not.toContain('490154203237518');
  });

  test('0: nothing over the threshold', async () => {
    expect((await check(quiet, '--category', 'news')).code).toBe(0);
    expect((await check(leaking, '--category', 'news', '--fail-on', 'none')).code).toBe(0);
  });

  // Was: exit 0 for a recording of which nobody had read one byte that the app sent.
  test('3: nothing that was sent could be looked into', async () => {
    const url = 'https://api.example.test/v1';
    const cipher = Buffer.concat(Array.from({ length: 20 }, (_, n) => createHash('sha256').update(`block ${n}`).digest())).toString(
      'base64',
    );
    const closed = {
      bomb: { url, body: JSON.stringify({ a: gzipSync(Buffer.alloc(64 * 2 ** 20)).toString('base64') }) },
      opaque: { url, body: JSON.stringify({ v: 1, ts: 1_767_225_600, data: cipher }) },
      text: { url, body: cipher, mime: 'text/plain' },
    };
    const page = { url: 'https://api.example.test/index.html' };
    for (const [name, entry] of Object.entries(closed)) {
      const alone = file(`${name}.har`, har([entry, page, entry]));
      const { code, stdout, stderr } = await check(alone, '--category', 'news', '--json');
      expect({ name, code }).toEqual({ name, code: 3 });
      expect((JSON.parse(stdout) as SessionReport).coverage.payloads).toEqual({ sent: 2, closed: 2 });
      expect(stderr).toContain('一处也无法查看');
      expect((await check(alone, '--category', 'news', '--lang', 'en')).stderr).toContain('none of it could be looked into');
    }
    // Something was read, too: the rest is named, and the outcome stands.
    const mixed = file('mixed.har', har([closed.opaque, closed.bomb, { url, body: '{"page":2}' }]));
    const { code, stdout } = await check(mixed, '--category', 'news', '--json');
    expect(code).toBe(0);
    const { coverage } = JSON.parse(stdout) as SessionReport;
    expect(coverage).toMatchObject({ payloads: { sent: 3, closed: 2 }, opaque: [{ host: 'api.example.test' }] });
    expect(Object.keys(coverage.limitsReached)).toContain('decodeRatio');
    expect((await check(file('query.har', har([closed.opaque, { url: `${url}?page=2` }])), '--category', 'news')).code).toBe(0);
    expect((await check(file('found.har', har([closed.bomb, { url: `${url}?imei=490154203237518` }])), '--category', 'news')).code).toBe(1);
    expect(
      (await check(file('in-url.har', har([{ ...closed.opaque, url: `${url}?imei=490154203237518` }])), '--category', 'news')).code,
    ).toBe(1);
  });

  test('2: a mistyped path, category, flag or a file that is no HAR is never green', async () => {
    for (const args of [
      ['nowhere.har'],
      [quiet, '--category', 'newz'],
      [quiet, '--colour'],
      [file('not.har', '{"a":1}')],
      [file('empty.har', '')],
    ]) {
      const { code, stderr, stdout } = await check(...args);
      expect(code, args.join(' ')).toBe(2);
      expect(stderr.length).toBeGreaterThan(10);
      expect(stdout).toBe('');
    }
  });

  test('3: no category, no traffic', async () => {
    expect((await check(quiet)).code).toBe(3);
    expect((await check(file('none.har', har([])), '--category', 'news')).code).toBe(3);
  });
});

test('--show-values is the only way to see a value', async () => {
  const { stdout } = await check(leaking, '--category', 'news', '--json', '--show-values');
  expect((JSON.parse(stdout) as SessionReport).findings[0]?.occurrences[0]?.value).toBe('490154203237518');
});

test('the same input gives the same bytes, in any time zone and locale', async () => {
  const runs = await Promise.all(
    [
      { TZ: 'UTC', LANG: 'C' },
      { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' },
    ].map((env) => runProgram(folder.path, ['check', leaking, '--category', 'news', '--json'], env)),
  );
  expect(runs[0]?.stdout).toBe(runs[1]?.stdout);
});

test('a condition answered by --context moves a conditional finding', async () => {
  const paying = file(
    'pay.har',
    har([{ url: 'https://api.example.test/pay', body: '{"payAmount":"23.50","payTime":"2026-01-01 08:30:00","payChannel":"balance"}' }]),
  );
  const verdictWith = async (...context: string[]) => {
    const { stdout } = await check(paying, '--category', 'ride_hailing', '--json', ...context);
    return (JSON.parse(stdout) as SessionReport).findings.find((finding) => finding.dataType === 'payment_amount')?.verdict;
  };
  expect(await verdictWith()).toBe('conditional');
  expect(await verdictWith('--context', 'online_booked_taxi_only=yes')).toBe('necessary');
  expect(await verdictWith('--context', 'online_booked_taxi_only=no')).toBe('beyond_necessary');
});

test('an imported HAR is a session like any other, and checking it gives the same findings', async () => {
  const { stdout } = await runProgram(folder.path, ['import', leaking, '--category', 'news', '--json']);
  const { session } = JSON.parse(stdout) as { session: string };
  const [stored, direct] = await Promise.all([check(session, '--json'), check(leaking, '--category', 'news', '--json')]);
  const findings = (text: string) => (JSON.parse(text) as SessionReport).findings;
  expect(findings(stored.stdout)).toEqual(findings(direct.stdout));
});

test('39 categories, exactly 13 of which need no personal data', async () => {
  const { stdout } = await runProgram(folder.path, ['categories', '--json']);
  const { categories } = JSON.parse(stdout) as { categories: Array<{ noPersonalInfoNeeded: boolean }> };
  expect(categories).toHaveLength(39);
  expect(categories.filter((category) => category.noPersonalInfoNeeded)).toHaveLength(13);
});

test('hostile strings of a capture do not reach the terminal as control bytes', async () => {
  const hostile = file(
    'hostile.har',
    har([
      { url: 'https://api.example.test/\u001b]0;pwned\u0007', body: '{"imei\u001b[2J":"490154203237518","phone":"13900000000\u001b[31m"}' },
    ]),
  );
  const { stdout, stderr } = await check(hostile, '--category', 'news');
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

test('a broken rule file is refused by name, line and key', async () => {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(folder.path, 'own', 'data-types'), { recursive: true });
  file(join('own', 'data-types', 'broken.yaml'), 'id: broken\nname: { zh: 坏, en: broken }\ncolour: red\n');
  const { code, stderr } = await check(quiet, '--category', 'news', '--rules', 'own');
  expect(code).toBe(2);
  expect(stderr).toMatch(/broken\.yaml:\d+/);
});
