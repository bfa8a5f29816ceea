import { createPublicKey, verify as verifySignature } from 'node:crypto';
import type { z } from 'zod';
import { limits } from '../limits.js';
import { chainSchema, type EvidenceManifest, fingerprintOf, KIND, MANIFEST, manifestSchema, Seal, SIGNATURE } from './evidence.js';
import { type ArchiveEntry, type ByteSource, firstDifference, piecesOf, readArchive } from './evidence-archive.js';
import { Chain } from './evidence-chain.js';

export interface Change {
  readonly file: string;
  readonly what: 'content' | 'missing' | 'extra' | 'twice' | 'signature' | 'archive';
  /** First exchange (from 0) that is not the one that was signed; only where the traffic was changed. */
  readonly exchange?: number;
}

export type EvidenceCheck =
  | { readonly status: 'intact'; readonly manifest: EvidenceManifest }
  | { readonly status: 'changed'; readonly manifest: EvidenceManifest | null; readonly changes: readonly Change[] }
  | { readonly status: 'not-evidence' };

/**
 * Whether a package is as it was signed, down to the last byte of the archive. What is wrong in it never throws: it is a change, or no
 * evidence package at all. Only the manifest, the signature and the chain are ever in memory.
 */
export function verifyEvidence(source: ByteSource): EvidenceCheck {
  const archive = readArchive(source);
  const [first] = archive.entries;
  // Either sign is enough, so that a package with one damaged byte is still known for what it is.
  const marked = Buffer.from(source.read(0, 4_096)).includes(KIND);
  if (first?.path !== MANIFEST && !marked) return { status: 'not-evidence' };

  const changes: Change[] = [];
  const files = new Map<string, ArchiveEntry>();
  for (const entry of archive.entries) {
    if (files.has(entry.path)) changes.push({ file: entry.path, what: 'twice' });
    files.set(entry.path, entry);
  }
  const signed = whole(source, files.get(MANIFEST), limits.evidenceManifest);
  const manifest = signed === null ? null : parsed(manifestSchema, signed);
  if (signed === null || manifest === null)
    return { status: 'changed', manifest: null, changes: [{ file: MANIFEST, what: files.has(MANIFEST) ? 'content' : 'missing' }] };

  const { chain } = manifest;
  const chainBytes = whole(source, files.get(chain.file), limits.evidenceChain);
  const links = chainBytes === null ? null : (parsed(chainSchema, chainBytes)?.links ?? null);
  let exchange: number | null = null;
  const seals = archive.entries.map((entry) => {
    const seal = new Seal();
    const follow = new Chain((link, index) => {
      if (exchange === null && links !== null && link !== links[index]) exchange = index;
    });
    for (const piece of piecesOf(source, entry)) {
      seal.update(piece);
      if (entry.path === chain.of) follow.update(piece);
    }
    if (entry.path === chain.of && exchange === null && links !== null && follow.count < links.length) exchange = follow.count;
    return seal.close();
  });
  const broken = firstDifference(
    source,
    archive,
    seals.map(({ crc32 }) => crc32),
  );
  // That they do not fit does not tell which of the two was changed; the checksum in front of the signature does.
  if (!isSigned(signed, whole(source, files.get(SIGNATURE), limits.evidenceManifest), manifest))
    changes.push({ file: broken === SIGNATURE ? SIGNATURE : MANIFEST, what: 'signature' });
  const sealOf = (entry: ArchiveEntry) => seals[archive.entries.indexOf(entry)];

  const present = manifest.files.findLastIndex(({ path }) => files.has(path));
  for (const [index, { path, size, sha256: digest }] of manifest.files.entries()) {
    const entry = files.get(path);
    if (entry === undefined) {
      // The archive cannot be read beyond a damaged record; only the first file that is gone tells where.
      if (index <= present + 1) changes.push({ file: path, what: 'missing' });
    } else if (entry.size !== size || sealOf(entry)?.sha256 !== digest) changes.push({ file: path, what: 'content' });
  }
  const listed = new Set([MANIFEST, SIGNATURE, ...manifest.files.map(({ path }) => path)]);
  for (const path of files.keys()) if (!listed.has(path)) changes.push({ file: path, what: 'extra' });
  const at: number | null = exchange;
  const named = changes.map((change) => (change.file === chain.of && at !== null ? { ...change, exchange: at } : change));
  if (at !== null && !named.some(({ file }) => file === chain.of || file === chain.file))
    named.push({ file: chain.of, what: 'content', exchange: at });
  if (broken !== null && named.length === 0) named.push({ file: broken, what: 'archive' });
  return named.length === 0 ? { status: 'intact', manifest } : { status: 'changed', manifest, changes: named };
}

/** A small file in memory; null where it is missing or larger than any that we write. */
function whole(source: ByteSource, entry: ArchiveEntry | undefined, most: number): Uint8Array | null {
  return entry === undefined || entry.size > most ? null : source.read(entry.at, entry.size);
}

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data ?? null;
  } catch {
    // No UTF-8 or no JSON: for the caller the same as a wrong form, a changed file.
    return null;
  }
}

function isSigned(signed: Uint8Array, signature: Uint8Array | null, { signature: given }: EvidenceManifest): boolean {
  const der = Buffer.from(given.publicKey, 'base64');
  if (signature === null || fingerprintOf(der) !== given.fingerprint) return false;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verifySignature(null, signed, key, signature);
  } catch {
    // Bytes that are no key cannot have signed anything.
    return false;
  }
}
