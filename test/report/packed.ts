import { crc32 } from 'node:zlib';
import { type EvidenceContent, packEvidence, type Signer } from '../../src/report/evidence.js';
import { firstDifference, piecesOf, readArchive, sourceOf } from '../../src/report/evidence-archive.js';
import { Chain } from '../../src/report/evidence-chain.js';

/** The entries of an archive with their content, and where its records are not the ones they should be. */
export function unpacked(bytes: Uint8Array): { entries: Array<{ path: string; bytes: Uint8Array }>; broken: string | null } {
  const source = sourceOf(bytes);
  const archive = readArchive(source);
  const entries = archive.entries.map((entry) => ({ path: entry.path, bytes: Buffer.concat([...piecesOf(source, entry)]) }));
  return {
    entries,
    broken: firstDifference(
      source,
      archive,
      entries.map((entry) => crc32(entry.bytes)),
    ),
  };
}

/** The links over the exchanges of a traffic file. */
export function linksOf(traffic: Uint8Array, piece = traffic.length): string[] {
  const links: string[] = [];
  const chain = new Chain((link) => links.push(link));
  for (let at = 0; at < traffic.length; at += piece) chain.update(traffic.subarray(at, at + piece));
  return links;
}

export function packed(content: EvidenceContent, signer: Signer): Uint8Array {
  return Buffer.concat([...packEvidence(content, signer)]);
}
