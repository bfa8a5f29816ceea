import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authorityPaths, openAuthority, removeAuthority, rotateAuthority } from '../../src/capture/certificate-authority.js';
import { CertificateError } from '../../src/errors.js';
import { lacking } from '../lacking.js';
import { temporaryFolder } from './lab.js';

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

test.each([0o000, 0o022, 0o077])('made private under umask %i, and the same when opened again', async (umask) => {
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
  const dataDir = join(temporaryFolder(), 'data');
  const made = await openAuthority(dataDir);
  const paths = authorityPaths(dataDir);
  expect([mode(dataDir), mode(paths.folder), mode(paths.key)]).toEqual(['700', '700', '600']);
  expect(made.caPath).toBe(paths.certificate);
  expect((await openAuthority(dataDir)).fingerprint).toBe(made.fingerprint);
});

test('two installations have nothing in common, and the name says whose it is', async () => {
  const now = (): number => Date.UTC(2026, 4, 1);
  const [one, two] = [await openAuthority(temporaryFolder(), now), await openAuthority(temporaryFolder(), now)];
  expect(one.fingerprint).not.toBe(two.fingerprint);
  expect(one.certificate.serialNumber).not.toBe(two.certificate.serialNumber);
  expect(one.name).not.toBe(two.name);
  expect(one.name).toMatch(/^Overreach CA \S+ 2026-05-01 [0-9a-f]{4}$/);
  expect(one.notAfter.getUTCFullYear()).toBe(2036);
  expect(one.certificate.ca).toBe(true);
});

test('looser rights stop the start, with the command that mends them', async () => {
  const dataDir = temporaryFolder();
  await openAuthority(dataDir);
  const { key, folder } = authorityPaths(dataDir);
  for (const [path, loose, tight] of [
    [key, 0o640, 0o600],
    [folder, 0o755, 0o700],
    [dataDir, 0o750, 0o700],
  ] as const) {
    chmodSync(path, loose);
    const error = await openAuthority(dataDir).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(CertificateError);
    expect(error).toMatchObject({ code: 'OVR_CA_RIGHTS', next: expect.stringContaining(`chmod ${tight.toString(8)} ${path}`) });
    chmodSync(path, tight);
  }
  await openAuthority(dataDir);
});

test('an empty directory is tightened; one with things in it is not taken over in silence', async () => {
  const empty = join(temporaryFolder(), 'empty');
  mkdirSync(empty, { mode: 0o755 });
  await openAuthority(empty);
  expect(mode(empty)).toBe('700');
  const full = join(temporaryFolder(), 'full');
  mkdirSync(full, { mode: 0o755 });
  writeFileSync(join(full, 'thesis.txt'), '');
  chmodSync(full, 0o755);
  await expect(openAuthority(full)).rejects.toThrow(/open to other users/);
});

test('a half, foreign or expired authority is an error with a next step', async () => {
  const dataDir = temporaryFolder();
  await openAuthority(dataDir);
  const paths = authorityPaths(dataDir);
  const certificate = readFileSync(paths.certificate, 'utf8');
  rmSync(paths.certificate);
  await expect(openAuthority(dataDir)).rejects.toMatchObject({ code: 'OVR_CA_BROKEN' });
  const other = await openAuthority(temporaryFolder());
  writeFileSync(paths.certificate, other.certificate.toString());
  await expect(openAuthority(dataDir)).rejects.toMatchObject({ code: 'OVR_CA_BROKEN' });
  writeFileSync(paths.certificate, 'nonsense');
  await expect(openAuthority(dataDir)).rejects.toMatchObject({ code: 'OVR_CA_BROKEN' });
  writeFileSync(paths.certificate, certificate);
  await expect(openAuthority(dataDir, () => Date.now() + 11 * 365 * 86_400_000)).rejects.toMatchObject({
    code: 'OVR_CA_EXPIRED',
    next: expect.stringContaining('ca rotate'),
  });
});

test('incident: an authority made while the clock was ahead stood in no words: phones refused it and seemed to pin', async () => {
  const dataDir = temporaryFolder();
  await openAuthority(dataDir, () => Date.now() + 365 * 86_400_000);
  await expect(openAuthority(dataDir)).rejects.toMatchObject({ code: 'OVR_CA_EARLY', next: expect.stringContaining('ca rotate') });
  await rotateAuthority(dataDir);
  expect((await openAuthority(dataDir)).notAfter.getTime()).toBeGreaterThan(Date.now());
});

test('two starts at once agree on one authority', async () => {
  const dataDir = temporaryFolder();
  const [one, two] = await Promise.all([openAuthority(dataDir), openAuthority(dataDir)]);
  expect(one?.fingerprint).toBe(two?.fingerprint);
});

test('rotate makes another, remove leaves nothing', async () => {
  const dataDir = temporaryFolder();
  const first = await openAuthority(dataDir);
  const second = await rotateAuthority(dataDir);
  expect(second.fingerprint).not.toBe(first.fingerprint);
  removeAuthority(dataDir);
  expect(readdirSync(authorityPaths(dataDir).folder)).toEqual([]);
  expect(() => removeAuthority(dataDir)).toThrow(expect.objectContaining({ code: 'OVR_CA_MISSING' }));
});

test('every export is public and is what its reader wants', async () => {
  const dataDir = temporaryFolder();
  const authority = await openAuthority(dataDir);
  const exports = (['pem', 'der', 'mobileconfig', 'android-0'] as const).map((kind) => authority.exportCa(kind));
  for (const file of exports) expect(file.bytes.toString('latin1')).not.toContain('PRIVATE KEY');
  const [pem, der, profile, android] = exports;
  expect(new X509Certificate(pem?.bytes ?? '').fingerprint256).toBe(authority.fingerprint);
  expect(new X509Certificate(der?.bytes ?? '').fingerprint256).toBe(authority.fingerprint);
  expect(profile?.bytes.toString()).toContain(authority.certificate.raw.toString('base64'));
  expect(android?.fileName).toBe(`${authority.subjectHashOld}.0`);
  expect(JSON.stringify(authority)).not.toContain('PRIVATE');
});

test.skipIf(lacking(existsSync('/usr/bin/openssl'), 'openssl'))(
  'OpenSSL agrees about the hash of the subject and the extensions',
  async () => {
    const dataDir = temporaryFolder();
    const authority = await openAuthority(dataDir);
    const openssl = (...args: string[]): string => execFileSync('openssl', ['x509', '-in', authority.caPath, '-noout', ...args]).toString();
    expect(openssl('-subject_hash_old').trim()).toBe(authority.subjectHashOld);
    const text = openssl('-text');
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    expect(text).toContain('Subject Key Identifier');
  },
);
