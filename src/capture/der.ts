/**
 * The little of DER (X.690) that a leaf certificate needs. Written out because node-forge signs in JavaScript (25 ms a
 * certificate, on the thread that relays) and cannot encode elliptic-curve public keys; this takes a third of a millisecond.
 */

export interface Element {
  readonly tag: number;
  /** Tag, length and content. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** One element: tag, length, content. Content up to 65,535 bytes, far above any leaf certificate. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length > 0xffff) throw new RangeError(`DER element of ${body.length} bytes`);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(body.length), body]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => element(0x30, ...content);
export const setOf = (content: Uint8Array): Buffer => element(0x31, content);
export const octets = (content: Uint8Array): Buffer => element(0x04, content);
export const utf8 = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));

/** BIT STRING with no unused bits, unless told. */
export const bits = (content: Uint8Array, unused = 0): Buffer => element(0x03, Buffer.from([unused]), content);

/** @param bytes big-endian magnitude; a leading zero is added where the first bit is set, so that it stays positive. */
export function unsignedInteger(bytes: Uint8Array): Buffer {
  const first = bytes[0] ?? 0;
  return element(0x02, first & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** @param dotted for example `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

/** RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
}

/** Splits the content of a constructed element. Only for DER that this program or OpenSSL has made. */
export function children(content: Buffer): readonly Element[] {
  const result: Element[] = [];
  let at = 0;
  while (at < content.length) {
    const tag = content[at] ?? 0;
    let length = content[at + 1] ?? 0;
    let header = 2;
    if (length & 0x80) {
      const size = length & 0x7f;
      length = content.readUIntBE(at + 2, size);
      header += size;
    }
    result.push({ tag, whole: content.subarray(at, at + header + length), content: content.subarray(at + header, at + header + length) });
    at += header + length;
  }
  return result;
}

/** The n-th child of a constructed element. */
export function child(content: Buffer, index: number): Element {
  const found = children(content)[index];
  if (found === undefined) throw new RangeError(`DER: no element ${index}`);
  return found;
}

/**
 * PEM without a blank last line: where the base64 length is a multiple of 64, a pattern that ends each line with a newline
 * leaves one, and OpenSSL then refuses the whole chain (about one certificate in five).
 */
export function pem(label: string, der: Uint8Array): string {
  const text = Buffer.from(der).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 64) lines.push(text.slice(at, at + 64));
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
