import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownFingerprint, signingKeyOf } from '../../src/cli/signing-key.js';
import { fingerprintOf } from '../../src/report/evidence.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overreach-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('made once, 0600 in a 0700 folder; asking for the fingerprint makes nothing', () => {
  const data = join(folder, 'data');
  expect(ownFingerprint(data)).toBeNull();
  expect(statSync(data, { throwIfNoEntry: false })).toBeUndefined();
  const first = signingKeyOf(data);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(statSync(join(data, 'evidence.key')).mode & 0o777).toBe(0o600);
  expect(Buffer.from(signingKeyOf(data).publicKey)).toEqual(Buffer.from(first.publicKey));
  expect(ownFingerprint(data)).toBe(fingerprintOf(first.publicKey));
  const key = createPublicKey({ key: Buffer.from(first.publicKey), format: 'der', type: 'spki' });
  expect(verify(null, Buffer.from('x'), key, first.sign(Buffer.from('x')))).toBe(true);
});

test('a key that others may read, that is broken, or of another kind is refused with what to do', () => {
  const path = join(folder, 'evidence.key');
  signingKeyOf(folder);
  chmodSync(path, 0o644);
  expect(() => signingKeyOf(folder)).toThrow(/others may read/);
  chmodSync(path, 0o600);
  writeFileSync(path, 'no key');
  expect(() => ownFingerprint(folder)).toThrow(expect.objectContaining({ code: 'OVR_EVIDENCE_KEY' }));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(() => signingKeyOf(folder)).toThrow(/no Ed25519/);
});
