import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CertificateAuthority, openAuthority } from '../../src/capture/certificate-authority.js';
import { LeafCertificates } from '../../src/capture/leaf-certificates.js';
import { limits } from '../../src/limits.js';
import { lacking } from '../lacking.js';
import { temporaryFolder } from './lab.js';

const DAY_MS = 86_400_000;
let authority: CertificateAuthority;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'overreach-leaf-'));
  authority = await openAuthority(dataDir);
});

afterAll(() => rmSync(dataDir, { recursive: true }));

test('signed by the authority, for names and addresses, short-lived and back-dated', () => {
  const now = Date.UTC(2026, 10, 21);
  const leaf = new X509Certificate(new LeafCertificates(authority, () => now).mint(['api.example.cn', '10.0.0.1', 'fd00::1']));
  expect(leaf.verify(authority.certificate.publicKey)).toBe(true);
  expect(leaf.checkIssued(authority.certificate)).toBe(true);
  expect(leaf.subjectAltName).toBe('DNS:api.example.cn, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1');
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  const [from, to] = [new Date(leaf.validFrom).getTime(), new Date(leaf.validTo).getTime()];
  expect(now - from).toBe(limits.leafBackdateDays * DAY_MS);
  expect(to - from).toBe(limits.leafDays * DAY_MS);
});

test('serial numbers are positive, long and never the same', () => {
  const leaves = new LeafCertificates(authority);
  const serials = Array.from({ length: 200 }, () => new X509Certificate(leaves.mint(['a.test'])).serialNumber);
  expect(new Set(serials).size).toBe(200);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test('no name makes a PEM that OpenSSL refuses', () => {
  const leaves = new LeafCertificates(authority);
  for (let length = 1; length <= 63; length++) {
    const pem = leaves.mint([`${'a'.repeat(length)}.test`]);
    expect(pem).not.toContain('\n\n');
    expect(() => new X509Certificate(pem)).not.toThrow();
  }
});

test.skipIf(lacking(existsSync('/usr/bin/openssl'), 'openssl'))('passes the strict verification of OpenSSL', () => {
  const leaves = new LeafCertificates(authority);
  const folder = temporaryFolder();
  for (const name of ['api.example.cn', '10.0.0.1', 'fd00::1', `${'a'.repeat(60)}.${'b'.repeat(60)}.test`]) {
    const path = join(folder, 'leaf.pem');
    writeFileSync(path, leaves.mint([name]));
    expect(
      execFileSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', authority.caPath, path]).toString(),
    ).toMatch(/: OK/);
  }
});

test('does not hold the thread: far below the 180 ms of a fresh RSA key', () => {
  const leaves = new LeafCertificates(authority);
  leaves.mint(['warm.test']);
  const at = performance.now();
  for (let count = 0; count < 100; count++) leaves.mint([`h${count}.test`]);
  expect((performance.now() - at) / 100).toBeLessThan(10);
});

test('contexts are kept, dropped in order of use, and made again before they expire', () => {
  let now = Date.UTC(2026, 0, 1);
  const leaves = new LeafCertificates(authority, () => now);
  const first = leaves.context(['first.test']);
  expect(leaves.context(['first.test'])).toBe(first);
  for (let count = 0; count < limits.secureContexts - 1; count++) leaves.context([`h${count}.test`]);
  expect(leaves.context(['first.test'])).toBe(first);
  leaves.context(['one-more.test']);
  expect(leaves.context(['first.test'])).toBe(first);
  now += 31 * DAY_MS;
  expect(leaves.context(['first.test'])).not.toBe(first);
});

test('incident: certificates made while the clock was ahead were handed out after it was set right', () => {
  let now = Date.UTC(2026, 0, 10);
  const leaves = new LeafCertificates(authority, () => now);
  const ahead = leaves.context(['a.test']);
  // A second by NTP, a zone mistaken: phones take it, and session tickets stay valid.
  now -= DAY_MS / 2;
  expect(leaves.context(['a.test'])).toBe(ahead);
  now = Date.UTC(2026, 0, 1);
  const right = leaves.context(['a.test']);
  expect(right).not.toBe(ahead);
  expect(leaves.context(['a.test'])).toBe(right);
});

test('no leaf outlives the authority', () => {
  const end = authority.notAfter.getTime();
  const leaf = new X509Certificate(new LeafCertificates(authority, () => end - DAY_MS).mint(['a.test']));
  expect(new Date(leaf.validTo).getTime()).toBe(end);
});
