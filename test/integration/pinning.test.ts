import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const run = promisify(execFile);

interface Group {
  readonly host: string;
  readonly reach: string;
  readonly cause: { readonly code: string; readonly text: { readonly en: string } } | null;
}

/** SHA-256 of nobody's key. */
const WRONG_PIN = `sha256//${Buffer.alloc(32).toString('base64')}`;

describe('TLS clients that refuse, through the built program', () => {
  const folder = temporaryFolder();
  let origin: Origin;

  beforeAll(async () => {
    origin = await startOrigin(folder.path);
  });
  afterAll(async () => {
    await origin.close();
    folder.remove();
  });

  const start = (...flags: string[]) => startProgram(folder.path, ['--upstream-ca', origin.ca, ...flags]);
  const clientOf = (program: RunningProgram) => {
    const curl = (...args: string[]) => run('curl', ['-sS', '--max-time', '10', '--proxy', program.proxy, ...args]);
    const url = (host: string) => `https://${host}:${origin.httpsPort}/`;
    return {
      trusting: (host: string, ...args: string[]) => curl('--cacert', program.ca, ...args, url(host)),
      trustingNothing: (host: string) => curl('--cacert', origin.ca, url(host)),
      groups: async () => ((await program.api(`/api/sessions/${program.session}`)) as { readonly reaches: readonly Group[] }).reaches,
    };
  };
  /** Runs a client that must fail, and waits for the cause it leaves. */
  async function refused(program: RunningProgram, client: () => Promise<unknown>, code: string): Promise<Group> {
    await expect(client()).rejects.toThrow();
    const seen = await until(clientOf(program).groups, (groups) => groups.some(({ cause }) => cause?.code === code));
    return seen.find(({ cause }) => cause?.code === code) as Group;
  }

  test('no trust at all, one pinned host, a protocol error; passed through and back from the command line', {
    timeout: 120_000,
  }, async () => {
    const program = await start();
    const client = clientOf(program);
    const off = await refused(program, () => client.trustingNothing('localhost'), 'OVR_CLIENT_CA_NOT_TRUSTED');
    expect(off).toMatchObject({ host: 'localhost', reach: 'ca_not_trusted' });
    expect(off.cause?.text.en).toContain('unknown_ca');

    await client.trusting('127.0.0.1');
    const pinned = await refused(program, () => client.trustingNothing('localhost'), 'OVR_CLIENT_PINNED');
    expect(pinned).toMatchObject({ host: 'localhost', reach: 'pinned' });
    expect(pinned.cause?.text.en).toContain('1 other host');

    // Code of its own that checks the key after the handshake, and just leaves: once may be chance, twice is said.
    await expect(client.trusting('localhost', '--pinnedpubkey', WRONG_PIN)).rejects.toThrow(/pinned/i);
    await refused(program, () => client.trusting('localhost', '--pinnedpubkey', WRONG_PIN), 'OVR_CLIENT_PINNED_SILENT');

    const old = ['--tlsv1.0', '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0'];
    const versions = await refused(program, () => client.trusting('127.0.0.1', ...old), 'OVR_CLIENT_TLS');
    expect(versions).toMatchObject({ host: '127.0.0.1', reach: 'failed' });

    const pass = (...words: string[]) => runProgram(folder.path, ['pass-through', ...words]);
    expect(await pass('LOCALHOST')).toMatchObject({ code: 0, stdout: 'localhost\n' });
    await client.trustingNothing('localhost');
    const { passedThrough } = (await program.api('/api/state')) as { readonly passedThrough: readonly string[] };
    expect(passedThrough).toEqual(['localhost']);
    expect((await pass('localhost', '--off')).stdout).toBe('');
    await expect(client.trustingNothing('localhost')).rejects.toThrow();
    await client.trusting('localhost');

    await program.stop();
    const { stdout } = await runProgram(folder.path, ['report', program.session, '--format', 'json']);
    const { coverage } = JSON.parse(stdout) as SessionReport;
    expect(coverage.pinned.map(({ host, code }) => `${host} ${code}`)).toEqual(
      expect.arrayContaining(['localhost OVR_CLIENT_PINNED', 'localhost OVR_CLIENT_PINNED_SILENT']),
    );
    expect(coverage.passedThrough).toMatchObject([{ host: 'localhost', connections: 1, code: 'OVR_PASSED_THROUGH' }]);
    expect(coverage.notInspected.map(({ code }) => code)).toEqual(expect.arrayContaining(['OVR_CLIENT_CA_NOT_TRUSTED', 'OVR_CLIENT_TLS']));
  });

  test('passed through on its own after two refusals, where it was asked for; a host let through unverified is named', {
    timeout: 120_000,
  }, async () => {
    const program = await startProgram(folder.path, ['--auto-pass-through', '2', '--insecure-host', '127.0.0.1']);
    const client = clientOf(program);
    // Without the origin's root its certificate does not verify: one host was excepted from that, the other was not.
    await client.trusting('127.0.0.1');
    const { stdout: page } = await client.trusting('localhost');
    expect(page).toContain('OVR_UPSTREAM_CERT_SELF_SIGNED');
    for (let times = 0; times < 2; times++) await expect(client.trustingNothing('127.0.0.1')).rejects.toThrow();
    await client.trustingNothing('127.0.0.1');
    await until(client.groups, (groups) => groups.some(({ cause }) => cause?.code === 'OVR_PASSED_THROUGH_AUTO'));
    expect((await program.stop()).stderr).toContain('127.0.0.1');
    const { stdout } = await runProgram(folder.path, ['report', program.session, '--format', 'json']);
    const { coverage } = JSON.parse(stdout) as SessionReport;
    expect(coverage.notVerified).toMatchObject([{ host: '127.0.0.1', code: 'OVR_UPSTREAM_NOT_VERIFIED' }]);
    expect(coverage.passedThrough).toMatchObject([{ host: '127.0.0.1', code: 'OVR_PASSED_THROUGH_AUTO' }]);
    expect(coverage.notInspected).toMatchObject([{ host: 'localhost', code: 'OVR_UPSTREAM_CERT_SELF_SIGNED' }]);
  });
});
