import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { type EvidenceContent, evidenceFile, fingerprintOf, packEvidence, Seal, type Signer } from '../../src/report/evidence.js';
import { buildReport } from '../../src/report/session-report.js';
import { packed, unpacked } from './packed.js';
import { sampleRecord } from './sample-record.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer: Signer = { publicKey: publicKey.export({ type: 'spki', format: 'der' }), sign: (bytes) => sign(null, bytes, privateKey) };
const content: EvidenceContent = {
  report: buildReport(sampleRecord()),
  files: [evidenceFile('traffic.har', '{"log":{"entries":[\n{"n":0}\n]}}\n')],
  chain: { of: 'traffic.har', links: ['0'.repeat(64)] },
  masked: false,
  createdAt: '2026-11-21T10:00:00.000Z',
};

test('the manifest comes first and lists every other file with its digest', () => {
  const { entries, broken } = unpacked(packed(content, signer));
  expect(broken).toBeNull();
  expect(entries.map(({ path }) => path)).toEqual([
    'manifest.json',
    'manifest.sig',
    'traffic.har',
    'chain.json',
    'public-key.pem',
    'README.txt',
  ]);
  const manifest = JSON.parse(Buffer.from(entries[0]?.bytes ?? []).toString()) as {
    masked: boolean;
    files: Array<{ path: string; sha256: string }>;
  };
  expect(manifest.masked).toBe(false);
  expect(manifest.files.map(({ path, sha256 }) => [path, sha256])).toEqual(
    entries.slice(2).map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]),
  );
  expect(manifest).toMatchObject({ signature: { fingerprint: fingerprintOf(signer.publicKey) }, chain: { count: 1 } });
});

test('the explanation says where to learn how to follow a path, and that a masked package does not hold what that takes', () => {
  const readme = (masked: boolean) => {
    const { entries } = unpacked(packed({ ...content, masked }, signer));
    return Buffer.from(entries.find(({ path }) => path === 'README.txt')?.bytes ?? []).toString();
  };
  expect(readme(false)).toContain('How to follow a path');
  expect(readme(false)).not.toContain('This package is masked');
  expect(readme(true)).toContain('exported with --raw');
});

test('content is asked for piece by piece, and never before its turn', () => {
  const asked: string[] = [];
  const file = evidenceFile('big.bin', 'abc');
  const watched = {
    ...file,
    *pieces() {
      asked.push('begin');
      yield* file.pieces();
      asked.push('end');
    },
  };
  const pieces = packEvidence({ ...content, files: [watched] }, signer);
  pieces.next();
  expect(asked).toEqual([]);
  for (const _ of pieces);
  expect(asked).toEqual(['begin', 'end']);
});

test('a package that no ZIP could tell the size of is refused before anything is written', () => {
  const large = { ...evidenceFile('big.bin', ''), size: limits.evidencePackage };
  expect(() => packEvidence({ ...content, files: [large] }, signer)).toThrow(expect.objectContaining({ code: 'OVR_EVIDENCE_SIZE' }));
});

test('a seal is the sum of its pieces', () => {
  const seal = new Seal();
  for (const piece of ['a', '', 'bc']) seal.update(Buffer.from(piece));
  expect(seal.close()).toEqual({ size: 3, crc32: crc32('abc'), sha256: createHash('sha256').update('abc').digest('hex') });
});
