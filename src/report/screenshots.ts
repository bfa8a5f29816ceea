import type { Screenshot } from '../model/session.js';

const EXTENSIONS: Readonly<Record<Screenshot['mime'], string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** Name of a picture in the evidence package, by its number in the session. */
export function screenshotFile(n: number, mime: Screenshot['mime']): string {
  return `screenshots/${String(n).padStart(2, '0')}.${EXTENSIONS[mime]}`;
}

/**
 * What kind of picture the bytes are, by how they begin (PNG: ISO 15948, 5.2; JPEG: T.81, annex B; WebP: RFC 9649, 2.4); null: none of
 * them, whatever the name of the file says.
 */
export function pictureKind(bytes: Uint8Array): Screenshot['mime'] | null {
  const begins = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  return text(0) === 'RIFF' && text(8) === 'WEBP' ? 'image/webp' : null;
}
