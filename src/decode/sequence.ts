import type { Leaf, Opened, Source } from './decoder.js';
import { element } from './path.js';

/** Reads values of a binary format one after another. */
interface SequenceReader {
  readonly leaves: readonly Leaf[];
  /** Where it stands in the bytes. */
  readonly at: number;
  readonly broken: boolean;
  /** No more is kept of this message. */
  readonly full: boolean;
  value(path: string, keys: readonly string[], group: number, depth: number): void;
}

/**
 * Values behind one another (CBOR sequences, RFC 8742; queues of events in MessagePack); what was read stands where one is cut or broken.
 * @param reader at the start of the source. @returns null where nothing was read.
 */
export function readSequence(reader: SequenceReader, { root, bytes, keys, work }: Source): Opened | null {
  for (let i = 0; reader.at < bytes.length && !reader.broken && !reader.full; i++) reader.value(element(root, i), keys, work.group(), 0);
  return reader.leaves.length > 0 ? { leaves: reader.leaves, ...(reader.broken ? { consumed: reader.at } : {}) } : null;
}
