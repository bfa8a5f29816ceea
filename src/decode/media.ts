import { SEALED_FILES } from '../model/field.js';

/** Formats that are recognised and not taken apart: compressed, yet no secret. Magic numbers of at least three bytes. */
const MAGIC: ReadonlyArray<readonly [type: string, offset: number, bytes: string]> = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG'],
  ['image/gif', 0, 'GIF8'],
  ['image/jxl', 0, '\0\0\0\x0cJXL'],
  ['image/jp2', 0, '\0\0\0\x0cjP'],
  ['image/psd', 0, '8BPS'],
  ['image/ktx', 0, '\xabKTX'],
  ['image/webp', 8, 'WEBP'],
  ['image/heic', 4, 'ftyphei'],
  ['image/heic', 4, 'ftypmif1'],
  ['image/avif', 4, 'ftypavif'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1aE\xdf\xa3'],
  ['video/x-flv', 0, 'FLV\x01'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/flac', 0, 'fLaC'],
  ['audio/amr', 0, '#!AMR'],
  ['audio/silk', 0, '\x02#!SILK'],
  ['audio/silk', 0, '#!SILK'],
  ['font/woff', 0, 'wOFF'],
  ['font/woff2', 0, 'wOF2'],
  ['font/ttf', 0, '\0\x01\0\0\0'],
  ['font/otf', 0, 'OTTO'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/pdf', 0, '%PDF'],
  ['application/x-7z', 0, "7z\xbc\xaf'"],
  ['application/x-rar', 0, 'Rar!'],
  ['application/x-xz', 0, '\xfd7zXZ'],
  ['application/x-bzip2', 0, 'BZh'],
  ['application/x-lz4', 0, '\x04"M\x18'],
  // What `lz4 -l` writes (LZ4 frame format, "Legacy frame").
  ['application/x-lz4', 0, '\x02!L\x18'],
  ['application/x-sqlite', 0, 'SQLite format 3\0'],
  // The journal beside a database (sqlite.org/fileformat2.html, 4.1), with its version.
  ['application/x-sqlite-wal', 0, '7\x7f\x06\x82\0\x2d\xe2\x18'],
  ['application/x-sqlite-wal', 0, '7\x7f\x06\x83\0\x2d\xe2\x18'],
  // What Breakpad and Crashpad upload (minidumpapiset.h, MINIDUMP_HEADER), with its version.
  ['application/x-minidump', 0, 'MDMP\x93\xa7'],
  ['application/wasm', 0, '\0asm'],
  ['application/x-elf', 0, '\x7fELF'],
  ['application/x-dex', 0, 'dex\n03'],
];

/** DER (certificates, OCSP): a SEQUENCE whose length is exactly that of the bytes. */
function isDer(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30 || bytes.length < 8) return false;
  const first = bytes[1]!;
  if (first < 0x80) return first + 2 === bytes.length;
  const count = first & 0x7f;
  if (count < 1 || count > 4) return false;
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return length + 2 + count === bytes.length;
}

/** MPEG transport stream: a sync byte every 188. */
function isTransportStream(bytes: Uint8Array): boolean {
  return bytes.length >= 564 && bytes[0] === 0x47 && bytes[188] === 0x47 && bytes[376] === 0x47;
}

/** Icons (ICO): what begins them is also the length of 256 bytes before a message, so the directory must be one too. */
function isIcon(bytes: Uint8Array): boolean {
  const count = bytes[4] ?? 0;
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 1 && bytes[3] === 0 && count > 0 && bytes[5] === 0 && bytes[9] === 0;
}

/** Offset and byte -> the magic numbers that begin so. */
const STARTS = [0, 4, 8].map((offset) => ({
  offset,
  byFirst: Array.from({ length: 256 }, (_, byte) => MAGIC.filter(([, at, magic]) => at === offset && magic.charCodeAt(0) === byte)),
}));

function hasMagic(bytes: Uint8Array): boolean {
  for (const { offset, byFirst } of STARTS) {
    const first = bytes[offset];
    if (first !== undefined && byFirst[first]!.length > 0) return true;
  }
  return false;
}

/** Type of a known media or container file by its magic number, or null. */
export function mediaOf(bytes: Uint8Array): string | null {
  if (hasMagic(bytes)) {
    for (const [type, offset, magic] of MAGIC) {
      let i = 0;
      while (i < magic.length && bytes[offset + i] === magic.charCodeAt(i)) i++;
      if (i === magic.length) return type;
    }
  }
  if (isIcon(bytes)) return 'image/x-icon';
  if (isDer(bytes)) return 'application/der';
  return isTransportStream(bytes) ? 'video/mp2t' : null;
}

/**
 * Name of the archive or document that a file of this type (`mediaOf`) is; null: it is none. Nobody asks what is in a picture or a program; what was
 * uploaded in one of these, and could not be opened, is not known.
 */
export function sealedOf(media: string | null): (typeof SEALED_FILES)[number] | null {
  const name = media?.replace(/^application\/(?:x-)?/, '');
  return SEALED_FILES.find((each) => each === name) ?? null;
}

/**
 * Content types that explain high entropy: of formats without a magic number. Pictures, archives and documents have one, and what only
 * calls itself a picture is no explanation.
 */
export function isMediaMime(mime: string): boolean {
  if (mime === '') return false;
  return (
    /^(video|audio|font)\//.test(mime) ||
    /^application\/(ocsp-|pkix|x-x509|vnd\.android\.package|java-archive|wasm|x-font|font|vnd\.apple\.mpegurl)/.test(mime)
  );
}
