/**
 * Pictures inside a captured body, for the page to show on demand.
 *
 * Danger: the bytes are a stranger's, and a browser is about to take them apart. Fences: the kind is told by the bytes and never by
 * what the sender called them; only raster kinds that run no script (no SVG); width and height are read here, and what would
 * unfold to more than `limits.viewPixels` is not shown; the page gets them inside its JSON, never from an address of their own.
 */
import { limits } from '../../limits.js';

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

export interface Picture {
  readonly type: (typeof PICTURE_TYPES)[number];
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Size of a JPEG: the first frame header (ITU T.81 B.2.2; SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(bytes: Uint8Array, view: DataView): readonly [number, number] | null {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // A fill byte before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Size of a WebP by the kind of its first chunk (RFC 9649 section 2). */
function webpSize(bytes: Uint8Array, view: DataView): readonly [number, number] | null {
  if (bytes.length < 30) return null;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8 ':
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [(view.getUint32(24, true) & 0xff_ffff) + 1, (view.getUint32(26, true) >>> 8) + 1];
    default:
      return null;
  }
}

function isTooLarge({ width, height }: Picture): boolean {
  return width * height > limits.viewPixels;
}

/** null for anything that is not a picture of these kinds. */
function recognised(bytes: Uint8Array): Picture | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const made = (type: Picture['type'], size: readonly [number, number] | null): Picture | null => {
    const [width, height] = size ?? [0, 0];
    return width * height === 0 ? null : { type, width, height, bytes };
  };
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' && ascii(bytes, 12, 4) === 'IHDR')
    return made('image/png', [view.getUint32(16), view.getUint32(20)]);
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return made('image/gif', [view.getUint16(6, true), view.getUint16(8, true)]);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return made('image/jpeg', jpegSize(bytes, view));
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return made('image/webp', webpSize(bytes, view));
  return null;
}

/** What parts a multipart body (RFC 2046 section 5.1.1); undefined for another content type. */
export function boundaryOf(contentType: string): string | undefined {
  return /multipart\/[^;]+;.*?boundary="?([^";,]+)/i.exec(contentType)?.[1];
}

/**
 * @returns the body itself, or the parts of a multipart body (RFC 2046 section 5.1) that are pictures: the first `limits.viewPictures`, and how many more
 * there are, those that are too large among them.
 */
export function picturesIn(bytes: Uint8Array, contentType: string): { readonly pictures: readonly Picture[]; readonly more: number } {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) {
    const picture = recognised(bytes);
    if (picture === null) return { pictures: [], more: 0 };
    return isTooLarge(picture) ? { pictures: [], more: 1 } : { pictures: [picture], more: 0 };
  }
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = `--${boundary}`;
  const found: Picture[] = [];
  let more = 0;
  for (let at = whole.indexOf(mark); at >= 0; ) {
    const next = whole.indexOf(mark, at + mark.length);
    const blank = whole.indexOf('\r\n\r\n', at);
    const end = next < 0 ? whole.length : next - 2;
    const picture = blank < 0 || blank + 4 >= end ? null : recognised(whole.subarray(blank + 4, end));
    if (picture !== null && found.length < limits.viewPictures && !isTooLarge(picture)) found.push(picture);
    else if (picture !== null) more += 1;
    at = next;
  }
  return { pictures: found, more };
}
