import { limits } from '../limits.js';
import type { Leaf, Source } from './decoder.js';
import { named } from './path.js';

/** Properties of an XMP packet, by the names that its writers use for them: `exif:` and `aux:` of Adobe's specification, part 2. */
const PROPERTIES = [
  'exif:GPSLatitude',
  'exif:GPSLongitude',
  'aux:SerialNumber',
  'exifEX:BodySerialNumber',
  'exifEX:CameraOwnerName',
] as const;
const PACKET = 'http://ns.adobe.com/';
/** A name, `="` or `>`, and a value. */
const AROUND = 160;

/** `31,13.8249600N` or `31,13,49.5N`: degrees, minutes, seconds and the side (XMP part 2, GPSCoordinate). null: no coordinate. */
function degreesOf(text: string): string | null {
  const parts = /^(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])$/.exec(text.trim());
  if (parts === null) return null;
  const degrees = Number(parts[1]) + Number(parts[2]) / 60 + Number(parts[3] ?? 0) / 3600;
  const sign = parts[4] === 'S' || parts[4] === 'W' ? '-' : '';
  return degrees === 0 ? null : `${sign}${degrees.toFixed(7).replace(/0+$/, '')}`;
}

/**
 * Position and device from an XMP packet that stands uncompressed in an image, found by name: as an attribute (`exif:GPSLatitude="..."`) or an element.
 * The packet is not read as XML: it may stand in pieces, and nothing else of it is wanted.
 */
export function xmpLeaves(source: Source, bytes: Buffer): Leaf[] {
  const leaves: Leaf[] = [];
  if (!bytes.includes(PACKET, 0, 'latin1')) return leaves;
  const group = source.work.group();
  for (const property of PROPERTIES) {
    const at = bytes.indexOf(property, 0, 'latin1');
    if (at < 0) continue;
    const after = bytes.toString('utf8', at + property.length, Math.min(at + property.length + AROUND, bytes.length));
    const text = /^\s*=\s*["']([^"'<>]{1,120})["']|^>([^<>]{1,120})</.exec(after);
    const found = (text?.[1] ?? text?.[2] ?? '').trim().slice(0, limits.decodeKey);
    const name = property.slice(property.indexOf(':') + 1).replace(/^SerialNumber$/, 'BodySerialNumber');
    const position = name.startsWith('GPS');
    const value = position ? degreesOf(found) : found;
    if (value === null || value === '') continue;
    leaves.push({
      path: `${source.root}.${name}`,
      keys: named(source.keys, name),
      value,
      kind: position ? 'number' : 'string',
      group,
      closed: true,
    });
  }
  return leaves;
}
