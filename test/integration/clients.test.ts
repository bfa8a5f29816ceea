import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const run = promisify(execFile);

/** Synthetic: a test range number, and an id number of a place that does not exist for people (checksum right). */
const PERSONA = 'phone_number: "13900000000"\nimei: ["490154203237518"]\nemail: tester@example.test\n';

interface Row {
  readonly dataType: string;
  readonly grade: string;
  readonly verdict: string;
  readonly party: { readonly host: string };
}
interface SessionAnswer {
  readonly findings: readonly Row[];
  readonly counters: { readonly exchanges: number };
  readonly reaches: ReadonlyArray<{ readonly reach: string; readonly cause: { readonly text: { readonly zh: string } } | null }>;
}

describe('real clients through the built program', () => {
  const folder = temporaryFolder();
  let origin: Origin;
  let program: RunningProgram;

  beforeAll(async () => {
    writeFileSync(join(folder.path, 'persona.yaml'), PERSONA);
    origin = await startOrigin(folder.path);
    program = await startProgram(folder.path, ['--upstream-ca', origin.ca, '--persona', 'persona.yaml', '--category', 'news']);
  });
  afterAll(async () => {
    const ended = await program.stop();
    await origin.close();
    folder.remove();
    expect(ended.code).toBe(0);
  });

  const session = () => program.api(`/api/sessions/${program.session}`) as Promise<SessionAnswer>;
  const findingOf = (dataType: string) => async () => (await session()).findings.find((row) => row.dataType === dataType);
  const curl = (...args: string[]) => run('curl', ['-sS', '--max-time', '10', '--proxy', program.proxy, '--cacert', program.ca, ...args]);

  test('curl over HTTPS: the bytes arrive unchanged, and the phone number is a finding', async () => {
    const body = JSON.stringify({ user: { phone: '13900000000' } });
    const { stdout } = await curl(
      '-H',
      'Content-Type: application/json',
      '-H',
      'X-Case: Kept',
      '-d',
      body,
      `https://localhost:${origin.httpsPort}/login`,
    );
    expect(JSON.parse(stdout)).toEqual({ ok: true });
    const seen = origin.seen.at(-1);
    expect(seen?.body.toString()).toBe(body);
    expect(seen?.rawHeaders).toContain('X-Case');
    const finding = await until(findingOf('phone_number'), (found) => found !== undefined);
    expect(finding).toMatchObject({ grade: 'confirmed', verdict: 'beyond_necessary', party: { host: 'localhost' } });
  });

  test('curl over plain HTTP', async () => {
    await curl('--data-urlencode', 'mail=tester@example.test', `http://localhost:${origin.httpPort}/subscribe`);
    expect(origin.seen.at(-1)).toMatchObject({ method: 'POST', url: '/subscribe' });
    expect(await until(findingOf('email'), (found) => found !== undefined)).toMatchObject({ grade: 'confirmed' });
  });

  test('a WebSocket client: each outgoing message is judged as it comes', async () => {
    const secure = await tunnel(program, 'localhost', origin.httpsPort);
    const socket = new WebSocket(`wss://localhost:${origin.httpsPort}/stream`, { createConnection: () => secure });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.send(JSON.stringify({ device: { imei: '490154203237518' } }));
    const echoed = await new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));
    expect(echoed).toBe('{"device":{"imei":"490154203237518"}}');
    expect(await until(findingOf('imei'), (found) => found !== undefined)).toMatchObject({ grade: 'confirmed' });
    socket.close();
  });

  test('what the page shows is what the store holds, and the command line reports it', async () => {
    const shown = await session();
    const { code, stdout } = await runProgram(folder.path, ['sessions', 'show', program.session, '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { findings: Array<{ dataType: string; occurrences: Array<{ path: string; value?: string }> }> };
    expect(report.findings.map((finding) => finding.dataType).sort()).toEqual(
      shown.findings
        .filter((finding) => finding.grade !== 'candidate')
        .map((finding) => finding.dataType)
        .sort(),
    );
    const imei = report.findings.find((finding) => finding.dataType === 'imei');
    expect(imei?.occurrences[0]?.path).toBe('ws[0].$.device.imei');
    expect(stdout).not.toContain('490154203237518');
    expect(stdout).not.toContain('13900000000');
  });

  test('a scene marked from another terminal', async () => {
    const { code, stderr } = await runProgram(folder.path, ['scene', '登录', '--consent', 'before_consent']);
    expect(stderr).toContain('before_consent');
    expect(code).toBe(0);
    await curl('-d', '{"imei":"490154203237518"}', '-H', 'Content-Type: application/json', `https://localhost:${origin.httpsPort}/early`);
    const finding = await until(findingOf('imei'), (found) => JSON.stringify(found).includes('before_consent'));
    expect(finding).toBeDefined();
  });

  test('the proxy does not lead to the page, and refuses with a coded answer', async () => {
    const { stdout } = await curl('-o', '/dev/null', '-w', '%{http_code}', `${new URL(program.ui).origin}/`);
    expect(stdout).toBe('403');
  });

  test('neither a malformed request nor a client that leaves ends the process', async () => {
    for (const garbage of [
      'GET\r\n\r\n',
      '\u0000\u0001\u0002',
      'CONNECT nonsense HTTP/1.1\r\n\r\n',
      'GET http://[::x/ HTTP/1.1\r\n\r\n',
      '\u0016\u0003\u0001',
    ])
      await poke(program.proxyPort, garbage);
    const { stdout } = await curl(`https://localhost:${origin.httpsPort}/still-there`);
    expect(JSON.parse(stdout)).toEqual({ ok: true });
  });

  test('an origin that cannot be reached is a row of its own with a cause', async () => {
    const { stdout } = await curl('-o', '/dev/null', '-w', '%{http_code}', 'https://localhost:1/');
    expect(stdout).toBe('502');
    const failed = (answer: SessionAnswer) => answer.reaches.find((host) => host.reach === 'failed');
    const answer = await until(session, (found) => failed(found) !== undefined);
    expect(failed(answer)?.cause?.text.zh).toBeTruthy();
  });
});

async function tunnel(program: RunningProgram, host: string, port: number): Promise<Socket> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: program.proxyPort, method: 'CONNECT', path: `${host}:${port}` });
    request.on('connect', (_response, connected) => resolve(connected));
    request.on('error', reject);
    request.end();
  });
  return new Promise((resolve, reject) => {
    const secure = tlsConnect({ socket, servername: host, ca: readFileSync(program.ca) }, () => resolve(secure));
    secure.once('error', reject);
  });
}

/** Sends bytes, waits a moment, leaves. */
async function poke(port: number, text: string): Promise<void> {
  const { connect } = await import('node:net');
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text, 'latin1');
      setTimeout(() => socket.destroy(), 50);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}
