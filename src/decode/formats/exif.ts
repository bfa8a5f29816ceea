import { limits } from '../../limits.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { named } from '../path.js';
import { beginsDocument, pictureNotes } from '../picture-notes.js';
import { xmpLeaves } from '../xmp.js';

/** Tags worth knowing (CIPA DC-008 Exif 2.32): who, when, and with which very device. Pixels are never read. */
const TAGS: Readonly<Record<number, string>> = {
  271: 'Make',
  272: 'Model',
  305: 'Software',
  306: 'DateTime',
  315: 'Artist',
  36867: 'DateTimeOriginal',
  42016: 'ImageUniqueID',
  42032: 'CameraOwnerName',
  42033: 'BodySerialNumber',
  42037: 'LensSerialNumber',
};
/** Texts in which programs keep documents of their own; what people write there is theirs. */
const NOTES: Readonly<Record<number, string>> = { 270: 'ImageDescription', 37510: 'UserComment', 40092: 'XPComment' };
/** The name of the charset before a `UserComment` (Exif 2.32 section 4.6.5), in bytes. */
const CHARSET = 8;
const EXIF_DIRECTORY = 34665;
const GPS_DIRECTORY = 34853;
const MARKER = 'Exif\0\0';

/** TIFF 6.0 section 2: byte order and the number 42. */
function isTiff(bytes: Buffer, at: number): boolean {
  const head = bytes.toString('latin1', at, at + 4);
  return head === 'II*\0' || head === 'MM\0*';
}

/**
 * Where the TIFF structure begins, or -1: JPEG APP1 segments, PNG `eXIf`, WebP `EXIF`, a TIFF file itself, HEIC by the marker of its Exif
 * item. In HEIC the table of items holds the same six bytes before (the type `Exif`, an empty name, the next box), so TIFF must follow.
 */
function tiffStart(bytes: Buffer): number {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
      const marker = bytes[at + 1]!;
      if (marker === 0xda) break;
      if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === MARKER) return at + 10;
    }
    return -1;
  }
  if (bytes[0] === 0x89) {
    for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
      if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf') return at + 8;
    return -1;
  }
  if (bytes.toString('latin1', 0, 4) === 'RIFF') {
    for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) & 1)) {
      if (bytes.toString('latin1', at, at + 4) === 'EXIF') return bytes.toString('latin1', at + 8, at + 12) === 'Exif' ? at + 14 : at + 8;
    }
    return -1;
  }
  if (isTiff(bytes, 0)) return 0;
  let marker = bytes.indexOf(MARKER, 0, 'latin1');
  while (marker >= 0 && !isTiff(bytes, marker + MARKER.length)) marker = bytes.indexOf(MARKER, marker + 1, 'latin1');
  return marker < 0 ? -1 : marker + MARKER.length;
}

class Tiff {
  readonly leaves: Leaf[] = [];
  readonly #source: Source;
  readonly #bytes: Buffer;
  readonly #little: boolean;
  readonly #group: number;

  constructor(source: Source, bytes: Buffer) {
    this.#source = source;
    this.#bytes = bytes;
    this.#little = bytes[0] === 0x49;
    this.#group = source.work.group();
  }

  #short(at: number): number {
    if (at + 2 > this.#bytes.length) return 0;
    return this.#little ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  #long(at: number): number {
    if (at < 0 || at + 4 > this.#bytes.length) return 0;
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  read(): void {
    if (this.#short(2) !== 42) return;
    this.#directory(this.#long(4), 0);
  }

  #directory(at: number, level: number): void {
    const count = this.#entries(at);
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + i * 12;
      const tag = this.#short(entry);
      const name = TAGS[tag];
      if (tag === EXIF_DIRECTORY && level === 0) this.#directory(this.#long(entry + 8), 1);
      else if (tag === GPS_DIRECTORY && level === 0) this.#gps(this.#long(entry + 8));
      else if (NOTES[tag] !== undefined) this.#note(NOTES[tag], tag, entry);
      else if (name !== undefined && this.#short(entry + 2) === 2) this.#emit(name, this.#ascii(entry), 'string');
    }
  }

  /** Number of entries in a directory, as many as are read. */
  #entries(at: number): number {
    const count = this.#short(at);
    if (count > limits.exifEntries) this.#source.work.hit(this.#source.root, 'exifEntries');
    return Math.min(count, limits.exifEntries);
  }

  #ascii(entry: number): string {
    const count = Math.min(this.#long(entry + 4), 1024);
    const at = count <= 4 ? entry + 8 : this.#long(entry + 8);
    return this.#bytes
      .toString('utf8', at, Math.min(at + count, this.#bytes.length))
      .split('\0', 1)
      .join('')
      .trim();
  }

  /** A document in a comment, in whatever charset. */
  #note(name: string, tag: number, entry: number): void {
    const at = this.#long(entry + 8);
    const raw = this.#bytes.subarray(at, at + this.#long(entry + 4));
    const isWide = tag === 40092 || raw.toString('latin1', 0, CHARSET) === 'UNICODE\0';
    const text = (tag === 37510 ? raw.subarray(CHARSET) : raw)
      .toString(isWide ? 'utf16le' : 'utf8')
      .split('\0', 1)
      .join('')
      .trim();
    if (beginsDocument(Buffer.from(text, 'utf8'))) this.#emit(name, text, 'string', false);
  }

  /** Degrees, minutes, seconds as three fractions. */
  #degrees(entry: number): number {
    const at = this.#long(entry + 8);
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const below = this.#long(at + i * 8 + 4);
      value += (below === 0 ? 0 : this.#long(at + i * 8) / below) / 60 ** i;
    }
    return value;
  }

  #gps(at: number): void {
    const entries = new Map<number, number>();
    const count = this.#entries(at);
    for (let i = 0; i < count; i++) entries.set(this.#short(at + 2 + i * 12), at + 2 + i * 12);
    for (const [tag, reference, name, negative] of [
      [2, 1, 'GPSLatitude', 'S'],
      [4, 3, 'GPSLongitude', 'W'],
    ] as const) {
      const entry = entries.get(tag);
      if (entry === undefined) continue;
      const sign = this.#ascii(entries.get(reference) ?? entry) === negative ? -1 : 1;
      const degrees = this.#degrees(entry);
      if (degrees !== 0) this.#emit(name, (sign * degrees).toFixed(7).replace(/0+$/, ''), 'number');
    }
    const date = entries.get(29);
    if (date !== undefined) this.#emit('GPSDateStamp', this.#ascii(date), 'string');
  }

  #emit(name: string, value: string, kind: 'string' | 'number', closed = true): void {
    if (value !== '')
      this.leaves.push({
        path: `${this.#source.root}.${name}`,
        keys: named(this.#source.keys, name),
        value,
        kind,
        group: this.#group,
        closed,
      });
  }
}

function isImage(bytes: Uint8Array): boolean {
  // Asked of all bytes that are found: a look at one of them is enough for nearly all.
  const first = bytes[0];
  if (first !== 0xff && first !== 0x89 && first !== 0x52 && first !== 0x49 && first !== 0x4d && bytes[4] !== 0x66) return false;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.byteLength)).toString('latin1');
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG') ||
    /^(?:II\*\0|MM\0\*|RIFF.{4}WEBP)/s.test(head) ||
    /^.{4}ftyp(?:hei|mif|avif)/s.test(head)
  );
}

/** Metadata of a photograph. The image itself stays a field: what it shows is for other eyes. */
export const decoder: Decoder = {
  id: 'exif',
  says: {
    zh: '照片的 Exif 信息（exiftool 可读）；经纬度已换算为度',
    en: 'Exif of a photograph (exiftool reads it); coordinates in degrees',
  },
  order: 9,
  magic: isImage,
  open(source) {
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const start = tiffStart(bytes);
    const leaves: Leaf[] = [];
    if (start >= 0 && start + 8 <= bytes.length) {
      const tiff = new Tiff(source, bytes.subarray(start));
      tiff.read();
      leaves.push(...tiff.leaves);
    }
    // Editors keep the position in XMP alone; where both have it they say the same.
    if (!leaves.some(({ path }) => path.endsWith('.GPSLatitude'))) leaves.push(...xmpLeaves(source, bytes));
    leaves.push(...pictureNotes(source, bytes));
    return leaves.length > 0 ? { leaves, beside: true } : null;
  },
};
