import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openAuthority } from '../../src/capture/certificate-authority.js';
import { type Diagnosis, examine, type Patient } from '../../src/cli/doctor.js';
import { readSettings } from '../../src/cli/settings.js';
import { CaptureError } from '../../src/errors.js';
import { openStore } from '../../src/store/index.js';
import { lacking } from '../lacking.js';
import { commandLine } from './recorded-cli.js';

const cli = commandLine({ PATH: '' });
afterAll(() => cli.remove());

function patient(changes: Partial<Patient> & { listen?: string; dataDir?: string } = {}): Patient {
  const home = mkdtempSync(join(tmpdir(), 'overreach-doctor-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { listen = '0.0.0.0:0', dataDir = join(home, 'data'), ...rest } = changes;
  return {
    settings: readSettings({ dataDir, listen, ui: '127.0.0.1:0' }, { env: { HOME: home }, cwd: home }),
    nodeVersion: 'v20.20.2',
    env: { PATH: '' },
    now: Date.now(),
    addresses: ['192.168.1.5'],
    clockAgainst: null,
    adb: () => Promise.reject(new CaptureError('OVR_ADB_MISSING', 'none', { next: 'x' })),
    ...rest,
  };
}

const of = async (who: Patient, id: string): Promise<Diagnosis | undefined> => (await examine(who)).find((found) => found.id === id);

test('a new, healthy machine: nothing failed, nothing was made', async () => {
  const who = patient();
  const all = await examine(who);
  expect(all.map(({ id, health }) => [id, health])).toEqual([
    ['node', 'ok'],
    ['proxy-port', 'ok'],
    ['ui-port', 'ok'],
    ['network', 'ok'],
    ['data-dir', 'ok'],
    ['ca', 'ok'],
    ['database', 'ok'],
    ['clock', 'ok'],
    ['adb', 'optional'],
    ['phone-proxy', 'optional'],
    ['pdf-browser', 'optional'],
  ]);
  expect(await of(who, 'data-dir')).toMatchObject({ found: { en: expect.stringContaining('will be made') } });
  for (const { health, fix } of all) expect(fix === null).toBe(health === 'ok');
});

test('a port in use is found, with the way out', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const found = await of(patient({ listen: `127.0.0.1:${port}` }), 'proxy-port');
  expect(found).toMatchObject({ health: 'failed', fix: { en: expect.stringContaining('--listen 127.0.0.1:0') } });
  expect((await of(patient({ listen: '192.0.2.1:8080' }), 'proxy-port'))?.fix?.zh).toContain('0.0.0.0');
});

test('a phone cannot come to loopback, nor to a machine without a network', async () => {
  expect((await of(patient({ listen: '127.0.0.1:0' }), 'network'))?.health).toBe('warning');
  expect((await of(patient({ addresses: ['127.0.0.1'] }), 'network'))?.health).toBe('failed');
});

test('an old Node, and a clock that is behind', async () => {
  expect((await of(patient({ nodeVersion: 'v20.11.0' }), 'node'))?.health).toBe('failed');
  expect((await of(patient({ nodeVersion: 'v24.0.0' }), 'node'))?.health).toBe('ok');
  expect((await of(patient({ now: Date.UTC(2001, 0, 1) }), 'clock'))?.health).toBe('failed');
});

test.skipIf(lacking(process.platform !== 'win32', 'rights of files by POSIX'))('data that others can read', async () => {
  const who = patient();
  mkdirSync(who.settings.dataDir, { mode: 0o755 });
  chmodSync(who.settings.dataDir, 0o755);
  expect(await of(who, 'data-dir')).toMatchObject({ health: 'failed', fix: { en: expect.stringContaining('chmod 700') } });
});

test('the certificate: sound, soon over, over, and a key that others can read', async () => {
  const who = patient();
  const authority = await openAuthority(who.settings.dataDir);
  expect(await of(who, 'ca')).toMatchObject({ health: 'ok', found: { en: `certificate SHA-256 ${authority.fingerprint}` } });
  const end = authority.notAfter.getTime();
  expect((await of({ ...who, now: end - 86_400_000 }, 'ca'))?.health).toBe('warning');
  expect(await of({ ...who, now: end + 1_000 }, 'ca')).toMatchObject({
    health: 'failed',
    found: { en: expect.stringContaining('OVR_CA_EXPIRED') },
  });
  if (lacking(process.platform !== 'win32', 'rights of files by POSIX')) return;
  chmodSync(join(who.settings.dataDir, 'ca', 'ca.key'), 0o644);
  expect(await of(who, 'ca')).toMatchObject({ health: 'failed', found: { en: expect.stringContaining('OVR_CA_RIGHTS') } });
});

test('the database: sound, and not one', async () => {
  const who = patient();
  openStore({ dir: who.settings.dataDir }).close();
  expect(await of(who, 'database')).toMatchObject({ health: 'ok', found: { en: expect.stringContaining('sound') } });
  writeFileSync(join(who.settings.dataDir, 'overreach.sqlite'), 'this is no database, '.repeat(300));
  expect(await of(who, 'database')).toMatchObject({
    health: 'failed',
    fix: {
      zh: expect.stringMatching(/数据库已损坏.*--data-dir.* Nothing was changed/su),
      en: expect.stringMatching(/^Nothing was changed/u),
    },
  });
});

test('phones', async () => {
  const adb = (state: string) => async () => `List of devices attached\nserial1  ${state} model:Pixel\n`;
  expect(await of(patient({ adb: adb('device') }), 'adb')).toMatchObject({ health: 'ok', found: { en: 'Pixel' } });
  expect(await of(patient({ adb: adb('unauthorized') }), 'adb')).toMatchObject({
    health: 'warning',
    fix: { en: expect.stringContaining('USB debugging') },
  });
  expect((await of(patient({ adb: async () => 'List of devices attached\n' }), 'adb'))?.health).toBe('optional');
});

test('a proxy left on the phone', async () => {
  const phone = (proxy: string, reverse = '') => {
    const adb = async (words: readonly string[]) =>
      words[0] === 'devices'
        ? 'List of devices attached\nserial1  device model:Pixel\n'
        : words.includes('reverse')
          ? reverse
          : `${proxy}\n`;
    return of(patient({ adb, listen: '0.0.0.0:8080' }), 'phone-proxy');
  };
  for (const unset of ['null', ':0', '']) expect((await phone(unset))?.health).toBe('ok');
  expect(await phone('127.0.0.1:8888', 'serial1 tcp:8888 tcp:8080')).toMatchObject({
    health: 'ok',
    found: { en: expect.stringContaining('USB') },
  });
  expect(await phone('127.0.0.1:8888')).toMatchObject({
    health: 'failed',
    fix: { en: expect.stringContaining('adb reverse tcp:8888 tcp:8080') },
  });
  expect(await phone('10.1.1.1:3128')).toMatchObject({ health: 'warning', fix: { zh: expect.stringContaining('http_proxy :0') } });
});

test('the clock is compared with a server only where one is named', async () => {
  const now = Date.now();
  const server = createHttpServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect((await of(patient({ now }), 'clock'))?.found.en).toContain('compared with no server');
  expect(await of(patient({ now, clockAgainst: url }), 'clock')).toMatchObject({
    health: 'ok',
    found: { en: expect.stringContaining(url) },
  });
  expect(await of(patient({ now, clockAgainst: 'http://127.0.0.1:1/' }), 'clock')).toMatchObject({ health: 'failed' });
});

test('the command: text with fixes, JSON, exit 0 and 2', async () => {
  const fine = await cli.run('doctor', '--json', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0');
  expect(fine.code).toBe(0);
  expect(JSON.parse(fine.stdout)).toMatchObject({ ready: true, checks: expect.arrayContaining([expect.objectContaining({ id: 'ca' })]) });
  const ill = await cli.run('doctor', '--lang', 'en', '--listen', '192.0.2.1:8080', '--ui', '127.0.0.1:0');
  expect(ill.code).toBe(2);
  expect(ill.stdout).toMatch(/✗ proxy-port.*\n {2}→ The address of --listen/);
  expect((await cli.run('doctor', '--listen', '192.0.2.1:8080', '--ui', '127.0.0.1:0')).stdout).toContain('必须属于本机');
});
