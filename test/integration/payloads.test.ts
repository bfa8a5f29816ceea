import { createCipheriv } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { ANSWERED } from './answered.js';
import { type Origin, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const IMEI = '490154203237518';
const PLAIN = JSON.stringify({ imei: IMEI, seq: 1 });
/** Patterns, not secrets: every algorithm has a key of its own, so that one hook cannot open another's payload. */
const keyOf = (seed: number, size: number) => Buffer.from(Array.from({ length: size }, (_, index) => (seed * 31 + index * 7) & 255));
const SHUFFLED = 'zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA9876543210+/';
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

interface Hook {
  readonly algorithm: string;
  readonly step: string;
  readonly key: string;
  readonly iv: string | null;
  readonly encoding: 'hex' | 'utf8';
  /** What the app sends under `data`. */
  readonly data: string;
}

function block(algorithm: string, step: string, cipherName: string, seed: number, keySize: number, ivSize: number): Hook {
  const key = keyOf(seed, keySize);
  const iv = ivSize === 0 ? null : keyOf(seed + 100, ivSize);
  // Single DES is EDE with one key three times (FIPS 46-3); OpenSSL 3 offers only that.
  const cipher = createCipheriv(cipherName, keySize === 8 ? Buffer.concat([key, key, key]) : key, iv);
  const data = Buffer.concat([cipher.update(PLAIN), cipher.final()]).toString('base64');
  return { algorithm, step, key: key.toString('hex'), iv: iv?.toString('hex') ?? null, encoding: 'hex', data };
}

function gcm(): Hook {
  const key = keyOf(4, 32);
  const nonce = keyOf(104, 12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const data = Buffer.concat([nonce, cipher.update(PLAIN), cipher.final(), cipher.getAuthTag()]).toString('base64');
  return { algorithm: 'aes-gcm', step: 'aes-256-gcm', key: key.toString('hex'), iv: null, encoding: 'hex', data };
}

const XOR_KEY = Buffer.from('k3y!');
const HOOKS: readonly Hook[] = [
  block('AES/CBC/PKCS5Padding', 'aes-128-cbc', 'aes-128-cbc', 1, 16, 16),
  block('aes-ecb', 'aes-192-ecb', 'aes-192-ecb', 2, 24, 0),
  block('aes-ctr', 'aes-256-ctr', 'aes-256-ctr', 3, 32, 16),
  gcm(),
  block('sm4-cbc', 'sm4-cbc', 'sm4-cbc', 5, 16, 16),
  block('sm4-ecb', 'sm4-ecb', 'sm4-ecb', 6, 16, 0),
  block('des-cbc', 'des-ede3-cbc', 'des-ede3-cbc', 7, 8, 8),
  block('3des-cbc', 'des-ede3-cbc', 'des-ede3-cbc', 8, 24, 8),
  {
    algorithm: 'xor',
    step: 'xor',
    key: XOR_KEY.toString('hex'),
    iv: null,
    encoding: 'hex',
    data: Buffer.from(Buffer.from(PLAIN).map((byte, index) => byte ^ XOR_KEY[index % XOR_KEY.length]!)).toString('base64'),
  },
  {
    algorithm: 'base64',
    step: 'base64-custom',
    key: SHUFFLED,
    iv: null,
    encoding: 'utf8',
    data: Buffer.from(PLAIN)
      .toString('base64')
      .replace(/[A-Za-z0-9+/]/g, (sign) => SHUFFLED[STANDARD.indexOf(sign)]!),
  },
];

const PERSONA = `imei: ["${IMEI}"]\nkeys:\n${HOOKS.map(
  ({ algorithm, key, iv, encoding }) =>
    `  - algorithm: "${algorithm}"\n    key: "${key}"\n${iv === null ? '' : `    iv: "${iv}"\n`}    encoding: ${encoding}\n`,
).join('')}`;
const PROTO =
  'syntax = "proto3"; message Report { Device device = 1; int32 seq = 2; } message Device { string imei = 1; string city = 2; }';

/** `Report { device { imei, city }, seq: 5 }` on the wire. */
function protobuf(): Buffer {
  const text = (field: number, value: Buffer) => Buffer.concat([Buffer.from([field * 8 + 2, value.length]), value]);
  return Buffer.concat([text(1, Buffer.concat([text(1, Buffer.from(IMEI)), text(2, Buffer.from('上海'))])), Buffer.from([16, 5])]);
}

const MESSAGES = [
  ...HOOKS.map(({ data }, index) => ({ path: `/hook/${index}`, mime: 'application/json', body: Buffer.from(JSON.stringify({ data })) })),
  { path: '/proto', mime: 'application/x-protobuf', body: protobuf() },
];

function har(): string {
  const entries = MESSAGES.map(({ path, mime, body }) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 1,
    request: {
      method: 'POST',
      url: `https://api.example.test${path}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'Content-Type', value: mime }],
      queryString: [],
      headersSize: -1,
      bodySize: body.length,
      postData: { mimeType: mime, text: body.toString('base64'), encoding: 'base64' },
    },
    ...ANSWERED,
  }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}

/** Exchange -> the step behind `data`, of confirmed evidence; the whole path where there is no such step. */
function openings(report: SessionReport): Map<number, string> {
  const found = new Map<number, string>();
  for (const finding of report.findings)
    if (finding.dataType === 'imei' && finding.grade === 'confirmed')
      for (const { exchange, path, url } of finding.occurrences) {
        const number = Number(/\/hook\/(\d+)/.exec(url)?.[1] ?? HOOKS.length);
        found.set(number, /^body\.\$\.data\|(?:base64\|)?([^|]+)\|json\$\.imei$/.exec(path)?.[1] ?? path);
        expect(exchange).toBeGreaterThanOrEqual(0);
      }
  return found;
}

const wanted = new Map([...HOOKS.map(({ step }, index) => [index, step] as const), [HOOKS.length, 'body|protobuf.device.imei'] as const]);
const ARGS = ['--category', 'news', '--persona', 'persona.yaml', '--proto', 'app.proto'];

describe('payloads that open only with what the tester brings', () => {
  const folder = temporaryFolder();
  let origin: Origin;

  beforeAll(async () => {
    writeFileSync(join(folder.path, 'persona.yaml'), PERSONA);
    writeFileSync(join(folder.path, 'app.proto'), PROTO);
    writeFileSync(join(folder.path, 'all.har'), har());
    origin = await startOrigin(folder.path);
  });
  afterAll(async () => {
    await origin.close();
    folder.remove();
  });

  test('recorded: every key hook and the definition', async () => {
    const { code, stdout, stderr } = await runProgram(folder.path, ['check', 'all.har', '--json', ...ARGS]);
    expect(stderr).not.toContain('OVR_');
    expect(code).toBe(1);
    expect(openings(JSON.parse(stdout) as SessionReport)).toEqual(wanted);
  });

  test('without them nothing is opened, and nothing is called clean', async () => {
    const { stdout } = await runProgram(folder.path, ['check', 'all.har', '--json', '--category', 'news']);
    const report = JSON.parse(stdout) as SessionReport;
    expect(openings(report).size).toBe(0);
  });

  test('a stored session, judged again with the keys', async () => {
    const imported = await runProgram(folder.path, ['import', 'all.har', '--category', 'news', '--json']);
    const { session } = JSON.parse(imported.stdout) as { session: string };
    const { stdout } = await runProgram(folder.path, ['rejudge', session, '--json', '--persona', 'persona.yaml', '--proto', 'app.proto']);
    expect(openings(JSON.parse(stdout) as SessionReport)).toEqual(wanted);
  });

  test('a definition that cannot be read is refused with its line', async () => {
    writeFileSync(join(folder.path, 'bad.proto'), 'message A {\n  string = 1;\n}\n');
    const { code, stderr } = await runProgram(folder.path, ['check', 'all.har', '--category', 'news', '--proto', 'bad.proto']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/OVR_PROTO[\s\S]*bad\.proto:2: /);
  });

  test('live, as they pass', async () => {
    const program = await startProgram(folder.path, ARGS);
    try {
      for (const { path, mime, body } of MESSAGES) {
        await new Promise<void>((resolve, reject) => {
          const url = `http://localhost:${origin.httpPort}${path}`;
          const sent = httpRequest(
            {
              host: '127.0.0.1',
              port: program.proxyPort,
              path: url,
              method: 'POST',
              headers: { host: new URL(url).host, 'content-type': mime },
            },
            (answer) => answer.resume().on('end', resolve),
          );
          sent.on('error', reject).end(body);
        });
        expect(origin.seen.at(-1)?.body.equals(body)).toBe(true);
      }
      await until(
        async () => openings((await program.api(`/api/sessions/${program.session}/report?format=json`)) as SessionReport),
        (found) => found.size === wanted.size,
      );
    } finally {
      await program.stop();
    }
    const { stdout } = await runProgram(folder.path, ['report', program.session, '--format', 'json']);
    expect(openings(JSON.parse(stdout) as SessionReport)).toEqual(wanted);
  });
});
