import { inflate } from '../inflate.js';
import type { Work } from '../work.js';
import { isDictionary, nameOf, type PdfDictionary, type PdfValue } from './syntax.js';

/** What setting up an inflater costs, in bytes read. */
const INFLATER = 4_096;

/** What a stream holds. @see unfilter */
export interface Unfiltered {
  readonly bytes: Buffer;
  /** False where it is damaged or goes on behind a bound. */
  readonly isWhole: boolean;
}

/** Names of filters, with the short forms of pictures within a page (ISO 32000-1, tables 6 and 94). */
const FILTERS: Readonly<Record<string, (bytes: Buffer, parameters: PdfDictionary | null, work: Work, path: string) => Unfiltered | null>> =
  {
    FlateDecode: unflate,
    Fl: unflate,
    ASCIIHexDecode: (bytes) => ({ bytes: fromHex(bytes), isWhole: true }),
    AHx: (bytes) => ({ bytes: fromHex(bytes), isWhole: true }),
    ASCII85Decode: (bytes) => ({ bytes: fromAscii85(bytes), isWhole: true }),
    A85: (bytes) => ({ bytes: fromAscii85(bytes), isWhole: true }),
  };

function fromHex(bytes: Buffer): Buffer {
  const digits = (bytes.toString('latin1').split('>', 1)[0] ?? '').replace(/[^0-9A-Fa-f]/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

/** Five characters from `!` to `u` are four bytes, `z` is four zeros, `~>` the end (7.4.3). */
function fromAscii85(bytes: Buffer): Buffer {
  const out = Buffer.alloc(4 * bytes.length + 4);
  let length = 0;
  const digits: number[] = [];
  const put = (count: number) => {
    let value = 0;
    for (let i = 0; i < 5; i++) value = value * 85 + (digits[i] ?? 84);
    for (let i = 0; i < count; i++) out[length++] = Math.floor(value / 256 ** (3 - i)) & 0xff;
    digits.length = 0;
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits.length === 0) length += 4;
    else if (byte >= 0x21 && byte <= 0x75) {
      digits.push(byte - 0x21);
      if (digits.length === 5) put(4);
    }
  }
  if (digits.length > 1) put(digits.length - 1);
  return out.subarray(0, length);
}

/** A stream in the zlib format; of one that is damaged or was cut, what there is of it. */
function unflate(bytes: Buffer, parameters: PdfDictionary | null, work: Work, path: string): Unfiltered | null {
  const most = work.inflatable(bytes.length);
  if (!work.read(INFLATER + bytes.length, path)) return null;
  const whole = inflate('deflate', bytes, most, false);
  const inflated = whole ?? inflate('deflate', bytes, most, true) ?? inflate('rawdeflate', bytes.subarray(2), most, true);
  if (inflated === null || !work.read(inflated.bytes.length * (inflated.cut ? 4 : 1), path)) return null;
  if (inflated.cut) work.hit(path, work.inflatableBy(bytes.length));
  if (!work.decoded(inflated.bytes.length, path)) return null;
  const out = Buffer.from(inflated.bytes.buffer, inflated.bytes.byteOffset, inflated.bytes.byteLength);
  const plain = parameters === null ? out : unpredict(out, parameters);
  return plain === null ? null : { bytes: plain, isWhole: whole !== null && !inflated.cut };
}

function numberOf(value: PdfValue | undefined, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? Math.floor(value) : otherwise;
}

/** Undoes the predictors of PNG, which tables of objects have (7.4.4.4). null: one that only pictures have. */
function unpredict(bytes: Buffer, parameters: PdfDictionary): Buffer | null {
  const predictor = numberOf(parameters.get('Predictor'), 1);
  if (predictor === 1) return bytes;
  if (predictor < 10) return null;
  const bits = numberOf(parameters.get('Colors'), 1) * numberOf(parameters.get('BitsPerComponent'), 8);
  const step = Math.max(1, bits >> 3);
  const width = Math.ceil((bits * numberOf(parameters.get('Columns'), 1)) / 8);
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += width + 1) {
    const kind = bytes[at]!;
    const above = length - width;
    const end = Math.min(width, bytes.length - at - 1);
    for (let i = 0; i < end; i++) {
      const left = i >= step ? out[length + i - step]! : 0;
      const up = above >= 0 ? out[above + i]! : 0;
      const corner = above >= 0 && i >= step ? out[above + i - step]! : 0;
      out[length + i] = bytes[at + 1 + i]! + predicted(kind, left, up, corner);
    }
    length += end;
  }
  return out.subarray(0, length);
}

/** PNG specification, section 9.2. */
function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/**
 * Undoes the filters of a stream, at most four of them.
 * @param resolve what a reference in the dictionary stands for.
 * @returns the bytes; null where one of the filters is not read here, or the bytes are not what it says.
 */
export function unfilter(
  dictionary: PdfDictionary,
  raw: Buffer,
  resolve: (value: PdfValue | undefined) => PdfValue,
  work: Work,
  path: string,
): Unfiltered | null {
  const listed = resolve(dictionary.get('Filter') ?? dictionary.get('F'));
  const filters = Array.isArray(listed) ? listed.map(resolve) : listed === null ? [] : [listed];
  const given = resolve(dictionary.get('DecodeParms') ?? dictionary.get('DP'));
  const parameters = Array.isArray(given) ? given.map(resolve) : [given];
  if (filters.length > 4) return null;
  let found: Unfiltered = { bytes: raw, isWhole: true };
  for (const [index, filter] of filters.entries()) {
    const own = parameters[index];
    const next = FILTERS[nameOf(filter)]?.(found.bytes, isDictionary(own) ? own : null, work, path) ?? null;
    if (next === null) return null;
    found = { bytes: next.bytes, isWhole: found.isWhole && next.isWhole };
  }
  return found;
}
