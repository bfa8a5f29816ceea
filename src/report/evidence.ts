import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { SessionReport } from '../model/report.js';
import { CHAIN_START } from './evidence-chain.js';
import { type ZipContent, zipPieces, zipSize } from './zip.js';

/** The installation that vouches for a package. */
export interface Signer {
  /** SubjectPublicKeyInfo, DER (RFC 8410). */
  readonly publicKey: Uint8Array;
  /** Ed25519 over the bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** A file of the package; its content may be larger than memory. */
export interface EvidenceFile extends ZipContent {
  readonly sha256: string;
}

export interface EvidenceContent {
  readonly report: SessionReport;
  /** Everything but what this room adds (manifest, signature, chain, key, explanation). */
  readonly files: readonly EvidenceFile[];
  /** The links over the exchanges in the file of that path. */
  readonly chain: { readonly of: string; readonly links: readonly string[] };
  readonly masked: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export const KIND = 'overreach-evidence';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
const CHAIN = 'chain.json';
const KEY = 'public-key.pem';
const hex = z.string().regex(/^[0-9a-f]{64}$/);

export const manifestSchema = z.object({
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

export const chainSchema = z.object({ start: hex, links: z.array(hex) });

/** SHA-256 (hex) of a public key: what is read out over the telephone. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/** Size and checksums of content that passes by once. */
export class Seal {
  readonly #hash: Hash = createHash('sha256');
  #crc = 0;
  #size = 0;

  update(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#crc = crc32(piece, this.#crc);
    this.#size += piece.length;
  }

  /** Once, at the end. */
  close(): { readonly size: number; readonly crc32: number; readonly sha256: string } {
    return { size: this.#size, crc32: this.#crc, sha256: this.#hash.digest('hex') };
  }
}

/** A file of the package that is in memory. */
export function evidenceFile(path: string, content: string | Uint8Array): EvidenceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const seal = new Seal();
  seal.update(bytes);
  return { path, ...seal.close(), pieces: () => [bytes] };
}

/** What whoever opens a package, or has one written, has to know before anything else. */
export const RAW_WARNING =
  'RAW: this file holds unmasked personal data and credentials. Keep it where only you can read it. 原始数据：本文件含未脱敏的个人信息和登录凭据，请妥善保管。';

const readme = (masked: boolean) => `Evidence package of Overreach / 证据包
${masked ? '' : `\n${RAW_WARNING}\n`}
manifest.json lists every file with its SHA-256; manifest.sig is the Ed25519 signature over it (RFC 8032).
chain.json links the exchanges of traffic.har in their order: each link is SHA-256(link before, newline, line of the exchange).
manifest.json 列出每个文件的 SHA-256；manifest.sig 是对它的 Ed25519 签名；chain.json 按顺序串联 traffic.har 中的每次请求。

report.json names for each finding the exchange in traffic.har, the path and the decode steps to the value; report.html says under
"How to follow a path" (如何按路径复核) how that is done${masked ? '. This package is masked: to follow the paths it takes one that was exported with --raw' : ''}.
report.json 为每项发现列出 traffic.har 中的请求、路径和解码步骤；复核方法见 report.html 的“如何按路径复核”${masked ? '。本证据包已脱敏，按路径复核需用 --raw 导出的证据包' : ''}。

Pictures under screenshots/ are as the tester took them: what stands on the screen is not masked.
screenshots/ 中的截图由测试者提供，画面内容未脱敏。

Verify / 校验:
  overreach verify FILE.zip
  openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig

The signature proves that nothing was changed since by anyone without the installation's key. Compare the fingerprint in
manifest.json with the one the sender tells you by another way.
签名证明打包之后无人在没有该安装密钥的情况下改动过内容。请通过其他途径向提供方核对 manifest.json 中的密钥指纹。
`;

/**
 * The package as one archive, in pieces. The same content, key and time give the same bytes.
 * @throws InputError `OVR_EVIDENCE_SIZE` where it would be larger than `limits.evidencePackage`.
 */
export function packEvidence(content: EvidenceContent, signer: Signer): Generator<Uint8Array> {
  const { report, chain } = content;
  const files: EvidenceFile[] = [
    ...content.files,
    evidenceFile(CHAIN, `${JSON.stringify({ start: CHAIN_START, links: chain.links }, null, 1)}\n`),
    evidenceFile(KEY, pem(signer.publicKey)),
    evidenceFile('README.txt', readme(content.masked)),
  ];
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
    files: files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    chain: { file: CHAIN, of: chain.of, count: chain.links.length, head: chain.links.at(-1) ?? CHAIN_START },
    signature: {
      algorithm: 'Ed25519',
      publicKey: Buffer.from(signer.publicKey).toString('base64'),
      fingerprint: fingerprintOf(signer.publicKey),
    },
  };
  const signed = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const entries = [evidenceFile(MANIFEST, signed), evidenceFile(SIGNATURE, signer.sign(signed)), ...files];
  const size = zipSize(entries);
  if (size > limits.evidencePackage)
    throw new InputError('OVR_EVIDENCE_SIZE', `The package would have ${size} bytes; at most ${limits.evidencePackage} are written.`, {
      next: 'Record shorter sessions for evidence, one for each thing that is to be shown.',
    });
  return zipPieces(entries);
}

function pem(spki: Uint8Array): string {
  const lines =
    Buffer.from(spki)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
