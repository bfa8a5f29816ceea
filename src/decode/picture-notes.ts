import { limits } from '../limits.js';
import type { Leaf, Source } from './decoder.js';
import { inflate } from './inflate.js';
import { element, named } from './path.js';

/** Something that a picture carries beside its image, with the name of what holds it. */
interface Note {
  readonly name: string;
  readonly bytes: Buffer;
  /** In the zlib format. */
  readonly packed: boolean;
}

/** How what somebody put there on purpose begins: a document, it in base64, and the heads of gzip, zlib and zip. */
const BEGINNING = /^(?:\s*[{[]\s*["{[]|eyJ|H4sI|\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04)/;
const LOOK = 16;
/** Shorter ones are padding. */
const SHORTEST = 8;
/** What setting up an inflater costs, in bytes read. */
const INFLATER = 4_096;

/** Whether text or bytes begin as something that can be taken apart. */
export function beginsDocument(bytes: Buffer): boolean {
  return bytes.length >= SHORTEST && BEGINNING.test(bytes.toString('latin1', 0, LOOK));
}

/** Chunks of text and of programs' own (PNG specification, third edition, sections 11.3.3 and 5.4), and what stands behind the last. */
function* ofPng(bytes: Buffer): Generator<Note> {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const end = at + 8 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, end);
    if (name === 'IEND') {
      yield { name: 'tail', bytes: bytes.subarray(end + 4), packed: false };
      return;
    }
    const text = data.indexOf(0) + 1;
    if (name === 'tEXt') yield { name, bytes: data.subarray(text), packed: false };
    else if (name === 'zTXt') yield { name, bytes: data.subarray(text + 1), packed: true };
    else if (name === 'iTXt') {
      const from = data.indexOf(0, data.indexOf(0, text + 2) + 1) + 1;
      yield { name, bytes: data.subarray(from), packed: data[text] === 1 };
    } else if (/^[a-z][a-z]/.test(name)) yield { name, bytes: data, packed: false };
  }
}

/** Comments and segments of programs' own (ITU-T T.81, Annex B), and what stands behind the end of the image, whose data never holds that marker. */
function* ofJpeg(bytes: Buffer): Generator<Note> {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!;
    if (marker === 0xda) {
      const end = bytes.indexOf('\xff\xd9', at, 'latin1');
      if (end >= 0) yield { name: 'tail', bytes: bytes.subarray(end + 2), packed: false };
      return;
    }
    const data = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2));
    if (marker === 0xfe) yield { name: 'COM', bytes: data, packed: false };
    else if (marker >= 0xe3 && marker <= 0xef) yield { name: `APP${marker - 0xe0}`, bytes: data, packed: false };
  }
}

/**
 * Documents that a picture carries in its comments, in segments of its program's own, and behind its end; and compressed comments, in which nobody could
 * find a known value otherwise. Other notes stand in clear, and are searched as part of the file.
 */
export function pictureNotes(source: Source, bytes: Buffer): Leaf[] {
  const leaves: Leaf[] = [];
  const group = source.work.group();
  const notes = bytes[0] === 0x89 ? ofPng(bytes) : bytes[0] === 0xff ? ofJpeg(bytes) : [];
  let count = 0;
  for (const { name, bytes: content, packed } of notes) {
    if (!packed && !beginsDocument(content)) continue;
    if (count >= limits.exifEntries) {
      source.work.hit(source.root, 'exifEntries');
      break;
    }
    const path = element(`${source.root}.${name}`, count++);
    const isRead = packed && source.work.read(INFLATER + content.length, path);
    const inflated = isRead ? inflate('deflate', content, source.work.inflatable(content.length), false) : null;
    if (packed && (inflated === null || !source.work.decoded(inflated.bytes.length, path))) continue;
    if (inflated?.cut === true) source.work.hit(path, 'decodeInflated');
    const plain = inflated?.bytes ?? content;
    leaves.push({ path, keys: named(source.keys, name), value: '', kind: 'binary', group, bytes: plain, layer: packed, frame: true });
  }
  return leaves;
}
