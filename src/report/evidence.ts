import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { SessionReport } from '../model/report.js';
import { readArchive } from './evidence-archive.js';
import { type ZipEntry, zip } from './zip.js';

/** The installation that vouches for a package. */
export interface Signer {
  /** SubjectPublicKeyInfo, DER (RFC 8410). */
  readonly publicKey: Uint8Array;
  /** Ed25519 over the bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

export interface EvidenceContent {
  readonly report: SessionReport;
  /** Everything but what this room adds (manifest, signature, chain, key, explanation). */
  readonly files: readonly ZipEntry[];
  /** Name of the file in `files` that holds the exchanges, one a line, as `harText` writes them. */
  readonly traffic: string;
  readonly masked: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

const KIND = 'overreach-evidence';
const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.sig';
const CHAIN = 'chain.json';
const KEY = 'public-key.pem';
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  kind: z.literal(KIND),
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  createdAt: z.iso.datetime(),
  masked: z.boolean(),
  session: z.object({
    id: z.string(),
    app: z.string().nullable(),
    category: z.string().nullable(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
  }),
  rules: z.object({ pack: z.string(), version: z.string(), sha256: z.string() }),
  files: z.array(z.object({ path: z.string(), size: z.int().min(0), sha256: hex })).max(limits.evidenceFiles),
  chain: z.object({ file: z.string(), of: z.string(), count: z.int().min(0), head: hex }),
  signature: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.base64(), fingerprint: hex }),
});
export type EvidenceManifest = z.infer<typeof manifestSchema>;

const chainSchema = z.object({ start: hex, links: z.array(hex) });

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 (hex) of a public key: what is read out over the telephone. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return sha256(publicKey);
}

/**
 * One link for each exchange, in order: SHA-256 over the link before it and the exchange's line. An exchange that is changed, taken out,
 * put in or moved breaks every link from there on.
 */
function chainOf(traffic: Uint8Array): { start: string; links: string[] } {
  const start = sha256(`${KIND}/1`);
  const links: string[] = [];
  let before = start;
  for (const line of exchangeLines(traffic)) {
    before = createHash('sha256').update(before).update('\n').update(line).digest('hex');
    links.push(before);
  }
  return { start, links };
}

/** The lines between the head of the document and its end, without the comma. Read as bytes: the whole may be too long for one text. */
function* exchangeLines(traffic: Uint8Array): Generator<Uint8Array> {
  let from = traffic.indexOf(0x0a) + 1;
  for (;;) {
    const end = traffic.indexOf(0x0a, from);
    if (from === 0 || end < 0 || traffic[from] !== 0x7b) return;
    yield traffic.subarray(from, traffic[end - 1] === 0x2c ? end - 1 : end);
    from = end + 1;
  }
}

const README = `Evidence package of Overreach / 证据包

manifest.json lists every file with its SHA-256; manifest.sig is the Ed25519 signature over it (RFC 8032).
chain.json links the exchanges of traffic.har in their order: each link is SHA-256(link before, newline, line of the exchange).
manifest.json 列出每个文件的 SHA-256；manifest.sig 是对它的 Ed25519 签名；chain.json 按顺序串联 traffic.har 中的每次请求。

Verify / 校验:
  overreach verify FILE.zip
  openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig

The signature proves that nothing was changed since by anyone without the installation's key. Compare the fingerprint in
manifest.json with the one the sender tells you by another way.
签名证明打包之后无人在没有该安装密钥的情况下改动过内容。请通过其他途径向提供方核对 manifest.json 中的密钥指纹。
`;

/**
 * The package as one archive. The same content, key and time give the same bytes.
 * @throws InputError `OVR_EVIDENCE_SIZE` where it would be larger than `limits.evidencePackage`.
 */
export function packEvidence(content: EvidenceContent, signer: Signer): Uint8Array {
  const { report } = content;
  const traffic = content.files.find(({ path }) => path === content.traffic);
  const chain = chainOf(traffic?.bytes ?? new Uint8Array(0));
  const files: ZipEntry[] = [
    ...content.files,
    { path: CHAIN, bytes: utf8(`${JSON.stringify(chain, null, 1)}\n`) },
    { path: KEY, bytes: utf8(pem(signer.publicKey)) },
    { path: 'README.txt', bytes: utf8(README) },
  ];
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size > limits.evidencePackage)
    throw new InputError('OVR_EVIDENCE_SIZE', `The package would hold ${size} bytes; at most ${limits.evidencePackage} are written.`, {
      next: 'Record shorter sessions for evidence, one for each thing that is to be shown.',
    });
  const manifest: EvidenceManifest = {
    kind: KIND,
    schemaVersion: 1,
    tool: report.tool,
    createdAt: content.createdAt,
    masked: content.masked,
    session: {
      id: report.session.id,
      app: report.session.app,
      category: report.session.category,
      startedAt: report.session.startedAt,
      endedAt: report.session.endedAt,
    },
    rules: report.rules,
    files: files.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
    chain: { file: CHAIN, of: content.traffic, count: chain.links.length, head: chain.links.at(-1) ?? chain.start },
    signature: {
      algorithm: 'Ed25519',
      publicKey: Buffer.from(signer.publicKey).toString('base64'),
      fingerprint: fingerprintOf(signer.publicKey),
    },
  };
  const signed = utf8(`${JSON.stringify(manifest, null, 2)}\n`);
  return zip([{ path: MANIFEST, bytes: signed }, { path: SIGNATURE, bytes: signer.sign(signed) }, ...files]);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function pem(spki: Uint8Array): string {
  const lines =
    Buffer.from(spki)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

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
 * Whether a package is as it was signed, down to the last byte of the archive. Never throws: what cannot be read is a change, or no
 * evidence package at all.
 */
export function verifyEvidence(bytes: Uint8Array): EvidenceCheck {
  const { entries, broken } = readArchive(bytes);
  const [first] = entries;
  // Either sign is enough, so that a package with one damaged byte is still known for what it is.
  const marked = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).includes(KIND);
  if (first?.path !== MANIFEST && !marked) return { status: 'not-evidence' };

  const changes: Change[] = [];
  const files = new Map<string, Uint8Array>();
  for (const { path, bytes: content } of entries) {
    if (files.has(path)) changes.push({ file: path, what: 'twice' });
    files.set(path, content);
  }
  const signed = files.get(MANIFEST);
  const manifest = signed === undefined ? null : readManifest(signed);
  if (signed === undefined || manifest === null) {
    return { status: 'changed', manifest: null, changes: [{ file: MANIFEST, what: signed === undefined ? 'missing' : 'content' }] };
  }
  if (!isSigned(signed, files.get(SIGNATURE), manifest)) changes.push({ file: MANIFEST, what: 'signature' });
  const present = manifest.files.findLastIndex(({ path }) => files.has(path));
  for (const [index, { path, size, sha256: digest }] of manifest.files.entries()) {
    const content = files.get(path);
    if (content === undefined) {
      // The archive cannot be read beyond a damaged record; only the first file that is gone tells where.
      if (index <= present + 1) changes.push({ file: path, what: 'missing' });
    } else if (content.length !== size || sha256(content) !== digest) changes.push({ file: path, what: 'content' });
  }
  const listed = new Set([MANIFEST, SIGNATURE, ...manifest.files.map(({ path }) => path)]);
  for (const path of files.keys()) if (!listed.has(path)) changes.push({ file: path, what: 'extra' });
  const exchange = brokenLink(manifest, files);
  const named = changes.map((change) => (change.file === manifest.chain.of && exchange !== null ? { ...change, exchange } : change));
  if (exchange !== null && !named.some(({ file }) => file === manifest.chain.of || file === manifest.chain.file))
    named.push({ file: manifest.chain.of, what: 'content', exchange });
  if (broken !== null && named.length === 0) named.push({ file: broken, what: 'archive' });
  return named.length === 0 ? { status: 'intact', manifest } : { status: 'changed', manifest, changes: named };
}

function readManifest(bytes: Uint8Array): EvidenceManifest | null {
  return parsed(manifestSchema, bytes);
}

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data ?? null;
  } catch {
    // No UTF-8 or no JSON: for the caller the same as a wrong form, a changed file.
    return null;
  }
}

function isSigned(signed: Uint8Array, signature: Uint8Array | undefined, { signature: given }: EvidenceManifest): boolean {
  const der = Buffer.from(given.publicKey, 'base64');
  if (signature === undefined || fingerprintOf(der) !== given.fingerprint) return false;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verifySignature(null, signed, key, signature);
  } catch {
    // Bytes that are no key cannot have signed anything.
    return false;
  }
}

/** First exchange whose link is not the signed one; null: all are, or there is no chain to hold them against. */
function brokenLink({ chain }: EvidenceManifest, files: ReadonlyMap<string, Uint8Array>): number | null {
  const given = parsed(chainSchema, files.get(chain.file) ?? new Uint8Array(0));
  const traffic = files.get(chain.of);
  if (given === null || traffic === undefined) return null;
  const { links } = chainOf(traffic);
  const at = given.links.findIndex((link, index) => link !== links[index]);
  if (at >= 0) return at;
  return links.length > given.links.length ? given.links.length : null;
}
