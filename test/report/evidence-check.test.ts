import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { evidenceFile, fingerprintOf, type Signer } from '../../src/report/evidence.js';
import { sourceOf } from '../../src/report/evidence-archive.js';
import { type EvidenceCheck, verifyEvidence as verifySource } from '../../src/report/evidence-check.js';
import { buildReport } from '../../src/report/session-report.js';
import { zip } from '../../src/report/zip.js';
import { linksOf, packed, unpacked } from './packed.js';
import { sampleRecord } from './sample-record.js';

function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), sign: (bytes) => sign(null, bytes, privateKey) };
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const har = (...lines: string[]) => `{"log":{"entries":[\n${lines.join(',\n')}\n]}}\n`;
const traffic = har('{"n":0}', '{"n":1}', '{"n":2}');
const signer = newSigner();
const content = {
  report: buildReport(sampleRecord(), {}),
  files: [
    evidenceFile('report.html', '<!doctype html>'),
    evidenceFile('screenshots/01.png', Uint8Array.of(0x89, 0x50)),
    evidenceFile('traffic.har', traffic),
  ],
  chain: { of: 'traffic.har', links: linksOf(utf8(traffic)) },
  masked: true,
  createdAt: '2026-11-21T10:00:00.000Z',
};
const archive = packed(content, signer);
const verifyEvidence = (bytes: Uint8Array): EvidenceCheck => verifySource(sourceOf(bytes));

/** The package with one file replaced, taken out or added, packed again without the key. */
function repacked(change: (entries: Array<{ path: string; bytes: Uint8Array }>) => void): Uint8Array {
  const entries = unpacked(archive).entries.map((entry) => ({ ...entry }));
  change(entries);
  return zip(entries);
}

function replaced(path: string, text: string): Uint8Array {
  return repacked((entries) => {
    for (const entry of entries) if (entry.path === path) entry.bytes = utf8(text);
  });
}

test('a package is intact as it was made, says what it holds, and is the same for the same input', () => {
  const check = verifyEvidence(archive);
  expect(check).toMatchObject({
    status: 'intact',
    manifest: {
      masked: true,
      session: { id: content.report.session.id },
      rules: content.report.rules,
      chain: { count: 3, of: 'traffic.har' },
      signature: { fingerprint: fingerprintOf(signer.publicKey) },
    },
  });
  expect(Buffer.from(packed(content, signer)).equals(Buffer.from(archive))).toBe(true);
});

test('every single changed byte is refused, with the name of a file', () => {
  const step = 7;
  for (let at = 0; at < archive.length; at += step) {
    const copy = Uint8Array.from(archive);
    copy[at] = (copy[at] ?? 0) ^ 0x20;
    const check = verifyEvidence(copy);
    expect(check.status, `byte ${at}`).toBe('changed');
    if (check.status === 'changed') expect(check.changes[0]?.file.length).toBeGreaterThan(0);
  }
});

test('a changed file is named; in the traffic also the first exchange that is not the signed one', () => {
  expect(verifyEvidence(replaced('report.html', '<!doctype html>x'))).toMatchObject({
    status: 'changed',
    changes: [{ file: 'report.html', what: 'content' }],
  });
  const cases: ReadonlyArray<readonly [string, number]> = [
    [har('{"n":0}', '{"n":9}', '{"n":2}'), 1],
    [har('{"n":1}', '{"n":0}', '{"n":2}'), 0],
    [har('{"n":0}', '{"n":1}'), 2],
    [har('{"n":0}', '{"n":1}', '{"n":2}', '{"n":3}'), 3],
  ];
  for (const [text, exchange] of cases)
    expect(verifyEvidence(replaced('traffic.har', text))).toMatchObject({ changes: [{ file: 'traffic.har', what: 'content', exchange }] });
});

test('files that are gone, added or there twice are named', () => {
  expect(verifyEvidence(repacked((entries) => void entries.splice(2, 1)))).toMatchObject({
    changes: [{ file: 'report.html', what: 'missing' }],
  });
  expect(verifyEvidence(repacked((entries) => void entries.push({ path: '../../etc/x', bytes: utf8('') })))).toMatchObject({
    changes: [{ file: '../../etc/x', what: 'extra' }],
  });
  expect(verifyEvidence(repacked((entries) => void entries.push({ path: 'report.html', bytes: utf8('') })))).toMatchObject({
    status: 'changed',
    changes: expect.arrayContaining([{ file: 'report.html', what: 'twice' }]),
  });
  expect(verifyEvidence(archive.subarray(0, archive.length - 700))).toMatchObject({ status: 'changed' });
});

test('a manifest that was rewritten to fit does not carry the signature; one signed anew has another fingerprint', () => {
  const forged = repacked((entries) => {
    for (const entry of entries)
      if (entry.path === 'manifest.json') entry.bytes = utf8(Buffer.from(entry.bytes).toString().replace('2026-11-21T10', '2026-11-20T10'));
  });
  expect(verifyEvidence(forged)).toMatchObject({ status: 'changed', changes: [{ file: 'manifest.json', what: 'signature' }] });
  const other = verifyEvidence(packed(content, newSigner()));
  expect(other.status === 'intact' && other.manifest.signature.fingerprint).not.toBe(fingerprintOf(signer.publicKey));
});

test('what never was a package is told apart from a damaged one', () => {
  for (const bytes of [new Uint8Array(0), utf8('{"log":{}}'), zip([{ path: 'a.txt', bytes: utf8('x') }])])
    expect(verifyEvidence(bytes).status).toBe('not-evidence');
  expect(verifyEvidence(zip([{ path: 'manifest.json', bytes: utf8('{"kind":"overreach-evidence"') }]))).toMatchObject({
    status: 'changed',
    changes: [{ file: 'manifest.json', what: 'content' }],
  });
});
