import { createCipheriv, createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { ANSWERED } from './answered.js';
import { type Origin, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';
import { requestThrough } from './proxied.js';

const IMEI = '490154203237518';
/** A pattern, not a secret. */
const KEY = Buffer.from(Array.from({ length: 16 }, (_, index) => (index * 11 + 3) & 255));

/** As no built-in hook can open it: the vector is derived from a header, and the plain text is reversed. */
function sealed(seed: string): Buffer {
  const plain = Buffer.from(JSON.stringify({ imei: IMEI, seed })).reverse();
  const cipher = createCipheriv('aes-128-cbc', KEY, createHash('md5').update(seed).digest());
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

const MODULE = `import { createDecipheriv, createHash } from 'node:crypto';
const key = Buffer.from('${KEY.toString('hex')}', 'hex');
export function open(bytes, { headers }) {
  const seed = headers['x-seed'];
  if (seed === undefined || bytes.length % 16 !== 0) return null;
  if (seed === 'stuck') for (;;);
  if (seed === 'broken') throw new Error('no such seed');
  const plain = createDecipheriv('aes-128-cbc', key, createHash('md5').update(seed).digest());
  return Buffer.concat([plain.update(bytes), plain.final()]).reverse();
}
`;
const SHA256 = createHash('sha256').update(MODULE).digest('hex');
const SEEDS = ['a', 'b', 'broken', 'stuck', 'c'];
const bodyOf = (seed: string) => JSON.stringify({ data: sealed(seed).toString('base64') });

const HAR = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: SEEDS.map((seed, index) => ({
      startedDateTime: new Date(1_767_225_600_000 + index * 1_000).toISOString(),
      time: 1,
      request: {
        method: 'POST',
        url: `http://localhost:1/${seed}`,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [
          { name: 'Content-Type', value: 'application/json' },
          { name: 'X-Seed', value: seed },
        ],
        queryString: [],
        headersSize: -1,
        bodySize: bodyOf(seed).length,
        postData: { mimeType: 'application/json', text: bodyOf(seed) },
      },
      ...ANSWERED,
    })),
  },
});

/** What the tester's module showed, and what it did not; everything that has to be the same on each way. */
function outcome(report: SessionReport) {
  const places = (grade: string) =>
    report.findings
      .filter((finding) => finding.grade === grade)
      .flatMap(({ dataType, occurrences }) =>
        occurrences.map(({ url, path, trace }) =>
          [dataType, new URL(url).pathname, path, trace.map(({ rule }) => rule).join(' ')].join(' '),
        ),
      )
      .sort();
  return {
    confirmed: places('confirmed').filter((line) => line.startsWith('imei')),
    opaque: places('opaque'),
    modules: report.session.modules,
    limits: report.coverage.limitsReached,
  };
}

const WANTED = {
  confirmed: ['a', 'b', 'c'].map((seed) =>
    expect.stringMatching(`^imei /${seed} body\\.\\$\\.data\\|base64\\|hook-open\\|json\\$\\.imei `),
  ),
  opaque: ['broken', 'stuck'].map((seed) => expect.stringMatching(`^opaque_payload /${seed} body\\.\\$\\.data\\|base64 opaque-hook`)),
  modules: [{ file: './open.mjs', step: 'hook-open', sha256: SHA256 }],
  limits: { hookFault: 1, hookMs: 1 },
};

describe('a key hook in code', () => {
  const folder = temporaryFolder();
  const PERSONA = ['--category', 'news', '--persona', 'persona.yaml'];
  let origin: Origin;

  beforeAll(async () => {
    writeFileSync(join(folder.path, 'persona.yaml'), `imei: ["${IMEI}"]\nkeys:\n  - module: ./open.mjs\n    where: localhost\n`);
    writeFileSync(join(folder.path, 'open.mjs'), MODULE);
    writeFileSync(join(folder.path, 'all.har'), HAR);
    origin = await startOrigin(folder.path);
  });
  afterAll(async () => {
    await origin.close();
    folder.remove();
  });

  test('is not run unless the user says so, whoever names it', async () => {
    const { code, stderr } = await runProgram(folder.path, ['check', 'all.har', ...PERSONA]);
    expect(code).toBe(2);
    expect(stderr).toContain('OVR_HOOK_ALLOW');
    writeFileSync(join(folder.path, 'overreach.yaml'), 'persona: persona.yaml\nhookModules: true\n');
    try {
      const project = await runProgram(folder.path, ['check', 'all.har', '--category', 'news']);
      expect(project.code).toBe(2);
      expect(project.stderr).toContain('OVR_SETTINGS_FILE');
    } finally {
      writeFileSync(join(folder.path, 'overreach.yaml'), 'app: Example\n');
    }
    expect((await runProgram(folder.path, ['persona', 'show', 'persona.yaml'])).code).toBe(0);
  });

  test('one that does not load is refused before anything is judged', async () => {
    writeFileSync(join(folder.path, 'other.yaml'), `imei: ["${IMEI}"]\nkeys: [{ module: ./none.mjs }]\n`);
    writeFileSync(join(folder.path, 'none.mjs'), 'export const key = 1;\n');
    const { code, stderr } = await runProgram(folder.path, [
      'check',
      'all.har',
      '--category',
      'news',
      '--persona',
      'other.yaml',
      '--hook-modules',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/OVR_HOOK_MODULE[\s\S]*exports no function "open"/);
  });

  test('recorded, and stored and judged again: the same, with the digest of the file', async () => {
    const check = await runProgram(folder.path, ['check', 'all.har', '--json', '--hook-modules', ...PERSONA]);
    expect(check.stderr).not.toContain('OVR_');
    expect(check.code).toBe(1);
    expect(outcome(JSON.parse(check.stdout) as SessionReport)).toEqual(WANTED);

    const imported = await runProgram(folder.path, ['import', 'all.har', '--category', 'news', '--json']);
    const { session } = JSON.parse(imported.stdout) as { session: string };
    const again = await runProgram(folder.path, ['rejudge', session, '--json', '--hook-modules', '--persona', 'persona.yaml']);
    expect(outcome(JSON.parse(again.stdout) as SessionReport)).toEqual(WANTED);
    // Without the module what it showed is kept, and so is its name.
    const kept = await runProgram(folder.path, ['rejudge', session, '--json']);
    expect(outcome(JSON.parse(kept.stdout) as SessionReport)).toMatchObject({ confirmed: WANTED.confirmed, modules: WANTED.modules });
  });

  test('live: a module that never ends delays no byte of the phone, and the rest is opened', async () => {
    const program = await startProgram(folder.path, [...PERSONA, '--hook-modules']);
    const latencies: number[] = [];
    try {
      for (const seed of SEEDS) {
        const began = performance.now();
        const url = `http://localhost:${origin.httpPort}/${seed}`;
        expect(await requestThrough(program.proxyPort, url, bodyOf(seed), { 'content-type': 'application/json', 'x-seed': seed })).toBe(
          200,
        );
        latencies.push(performance.now() - began);
        expect(origin.seen.at(-1)?.body.toString()).toBe(bodyOf(seed));
      }
      const live = await until(
        async () => outcome((await program.api(`/api/sessions/${program.session}/report?format=json`)) as SessionReport),
        ({ confirmed }) => confirmed.length === WANTED.confirmed.length,
      );
      expect(live).toEqual(WANTED);
      expect(latencies.at(-1)).toBeLessThan(400);
    } finally {
      await program.stop();
    }
    const report = JSON.parse((await runProgram(folder.path, ['report', program.session, '--format', 'json'])).stdout) as SessionReport;
    expect(outcome(report)).toEqual(WANTED);
    const { stdout } = await runProgram(folder.path, ['rejudge', program.session, '--json', '--hook-modules', '--persona', 'persona.yaml']);
    expect(outcome(JSON.parse(stdout) as SessionReport)).toMatchObject({ confirmed: WANTED.confirmed, opaque: WANTED.opaque });
  });
});
