import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenDevice } from '../../src/model/session.js';
import { openStore } from '../../src/store/store.js';
import { type RunningProgram, runProgram, startProgram, temporaryFolder, until } from './program.js';

const run = promisify(execFile);

interface Lights {
  readonly lights: ReadonlyArray<{ readonly state: string }>;
  readonly advice: string | null;
}

describe('a phone gets ready, as curl', () => {
  const folder = temporaryFolder();
  let program: RunningProgram;

  beforeAll(async () => {
    program = await startProgram(folder.path, ['--magic-host', 'audit.example.test']);
  });
  afterAll(async () => {
    await program.stop();
    folder.remove();
  });

  const curl = async (...args: string[]) => (await run('curl', ['-sS', '--max-time', '10', ...args])).stdout;
  const lights = async () => {
    const { lights: all } = JSON.parse(await curl(`${program.onboarding}status.json?lang=en`)) as Lights;
    return all.map(({ state }) => state);
  };

  test('four lights, the last by a handshake that the phone itself accepted', { timeout: 120_000 }, async () => {
    expect(await curl(program.onboarding)).toContain('id="light-trusted"');
    expect(await lights()).toEqual(['on', 'off', 'off', 'off']);

    const proxied = (...args: string[]) => curl('--proxy', program.proxy, ...args);
    expect(await proxied('http://audit.example.test/')).toContain('audit.example.test');
    expect(await lights()).toEqual(['on', 'on', 'off', 'off']);

    expect(await proxied('http://audit.example.test/ca.crt')).toContain('BEGIN CERTIFICATE');
    expect(await lights()).toEqual(['on', 'on', 'waiting', 'off']);
    // Downloaded is not trusted: a client that does not know the certificate refuses it, and the light says so.
    await expect(proxied('https://audit.example.test/probe.gif')).rejects.toThrow();
    expect(await lights()).toEqual(['on', 'on', 'waiting', 'problem']);
    await proxied('--cacert', program.ca, '-o', '/dev/null', 'https://audit.example.test/probe.gif');
    expect(await lights()).toEqual(['on', 'on', 'on', 'on']);
  });

  test('the PAC file names the proxy and no way around it', async () => {
    const script = await curl(`${program.onboarding}proxy.pac`);
    expect(script).toContain(`PROXY ${program.proxy.replace('http://', '')}`);
    expect(script).not.toContain('DIRECT');
  });

  test('the certificate is not taken away under a running session', { timeout: 120_000 }, async () => {
    for (const what of ['rotate', 'remove']) {
      const refused = await runProgram(folder.path, ['ca', what, '--yes']);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('OVR_RUNNING')]);
      expect(refused.stderr).toContain(program.session);
    }
    await curl('--proxy', program.proxy, '--cacert', program.ca, '-o', '/dev/null', 'https://audit.example.test/probe.gif');
    const shown = JSON.parse((await runProgram(folder.path, ['ca', 'show', '--json'])).stdout) as { sha256: string };
    expect(shown.sha256).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });
});

describe('what was known of a phone', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const PIXEL = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

  /** As it stands in the store while the program writes it. */
  function openStored(id: string): SeenDevice[] {
    const store = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    const devices = store.devices(id);
    store.close();
    return devices;
  }

  interface Told {
    readonly devices: ReadonlyArray<{ readonly known: string | null; readonly lights: { readonly downloaded: boolean } }>;
  }

  test('is known of its session when the program has ended, or was killed, and of no other', { timeout: 120_000 }, async () => {
    const told = async (program: RunningProgram, id: string) => (await program.api(`/api/sessions/${id}/devices`)) as Told;
    const visit = async (program: RunningProgram, path: string) => {
      await run('curl', ['-sS', '--max-time', '10', '-o', '/dev/null', '-A', PIXEL, `${program.onboarding}${path}`]);
    };
    const expected = { known: expect.stringContaining('Pixel 8'), lights: { downloaded: true } };

    const first = await startProgram(folder.path);
    await visit(first, '');
    await visit(first, 'ca.crt');
    const running = await told(first, first.session);
    expect(running.devices).toEqual([expect.objectContaining({ ...expected, lights: expect.objectContaining(expected.lights) })]);
    await first.stop();

    const second = await startProgram(folder.path);
    expect(await told(second, first.session)).toEqual(running);
    expect((await told(second, second.session)).devices).toEqual([]);
    await visit(second, '');
    await visit(second, 'ca.crt');
    await until(
      async () => openStored(second.session),
      ([device]) => device?.lights.downloaded === true,
      20_000,
    );
    await second.kill();

    const third = await startProgram(folder.path);
    for (const { session } of [first, second]) expect(await told(third, session)).toMatchObject({ devices: [expected] });
    await third.stop();
  });
});

describe('who may use the proxy', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test('an open proxy, a password on the command line and a setting that does not hold are refused with a way out', {
    timeout: 120_000,
  }, async () => {
    const start = (...flags: string[]) => runProgram(folder.path, ['start', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0', ...flags]);
    for (const [flags, code] of [
      [['--allow-peer', 'any'], 'OVR_OPEN_PROXY'],
      [['--parent-proxy', 'http://user:word@proxy.example:1'], 'OVR_PARENT_PROXY_PASSWORD'],
      [['--auto-pass-through', 'often'], 'OVR_SETTING'],
    ] as const) {
      const refused = await start(...flags);
      expect([refused.code, refused.stderr], code).toEqual([2, expect.stringMatching(new RegExp(`${code}[^]*→ `))]);
      expect(refused.stderr).not.toContain('user:word');
    }
  });
});
