/**
 * Reads the ClientHello (RFC 8446 section 4.1.2) without answering it, so that the origin can be asked first with the client's
 * own offer. The bytes come from anyone on the network: every length is checked, nothing is trusted, nothing throws.
 */
import { limits } from '../limits.js';

export interface ClientHello {
  /** Server name (RFC 6066), or null where the client sent none. Lower case. */
  readonly serverName: string | null;
  /** ALPN offer in the client's order (RFC 7301); empty where there is none. GREASE values (RFC 8701) are kept: they are part of the offer. */
  readonly protocols: readonly string[];
}

export type HelloReading =
  | { readonly state: 'more' }
  | { readonly state: 'not-tls' }
  | { readonly state: 'hello'; readonly hello: ClientHello };

const MORE: HelloReading = { state: 'more' };
const NOT_TLS: HelloReading = { state: 'not-tls' };

const HANDSHAKE = 0x16;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const ALPN = 16;
/** RFC 8446 section 5.1: a plaintext record holds at most 2^14 bytes. */
const RECORD_MAX = 16_384;

/** The handshake message, joined over the records it spans (post-quantum key shares make it span several). */
function joinRecords(bytes: Buffer): Buffer | 'more' | 'not-tls' {
  const parts: Buffer[] = [];
  let have = 0;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== HANDSHAKE) return 'not-tls';
    if (at + 2 <= bytes.length && at + 1 < bytes.length && bytes[at + 1] !== 3) return 'not-tls';
    if (at + 5 > bytes.length) return 'more';
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > RECORD_MAX) return 'not-tls';
    const part = bytes.subarray(at + 5, at + 5 + length);
    parts.push(part);
    have += part.length;
    const first = parts[0];
    if (first !== undefined && first[0] !== undefined && first[0] !== CLIENT_HELLO) return 'not-tls';
    if (have >= 4) {
      const message = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
      const total = 4 + message.readUIntBE(1, 3);
      if (total > limits.clientHello) return 'not-tls';
      if (message.length >= total) return message.subarray(4, total);
    }
    at += 5 + length;
  }
  return 'more';
}

/** A cursor that answers null at the end instead of throwing. */
class Cursor {
  #at = 0;
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }
  take(length: number): Buffer | null {
    if (this.#at + length > this.#bytes.length) return null;
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }
  number(size: 1 | 2): number | null {
    return this.take(size)?.readUIntBE(0, size) ?? null;
  }
  /** A vector with a length of `size` bytes before it. */
  vector(size: 1 | 2): Buffer | null {
    const length = this.number(size);
    return length === null ? null : this.take(length);
  }
}

function readServerName(extension: Buffer): string | null {
  const names = new Cursor(extension).vector(2);
  if (names === null) return null;
  const cursor = new Cursor(names);
  const type = cursor.number(1);
  const name = cursor.vector(2);
  return type !== 0 || name === null || name.length === 0 ? null : name.toString('latin1').toLowerCase();
}

function readProtocols(extension: Buffer): readonly string[] {
  const all = new Cursor(extension).vector(2);
  if (all === null) return [];
  const cursor = new Cursor(all);
  const protocols: string[] = [];
  while (!cursor.done) {
    const name = cursor.vector(1);
    if (name === null || name.length === 0) return [];
    protocols.push(name.toString('latin1'));
  }
  return protocols;
}

/**
 * @param bytes everything the client has sent so far.
 * @returns `more` while the hello is incomplete, `not-tls` where these bytes can never become one.
 */
export function readClientHello(bytes: Buffer): HelloReading {
  if (bytes.length === 0) return MORE;
  const message = joinRecords(bytes);
  if (message === 'more') return bytes.length > limits.clientHello ? NOT_TLS : MORE;
  if (message === 'not-tls') return NOT_TLS;
  const cursor = new Cursor(message);
  const fixed = cursor.take(2 + 32);
  const sessionId = cursor.vector(1);
  const suites = cursor.vector(2);
  const compression = cursor.vector(1);
  if (fixed === null || sessionId === null || suites === null || compression === null) return NOT_TLS;
  if (cursor.done) return { state: 'hello', hello: { serverName: null, protocols: [] } };
  const block = cursor.vector(2);
  if (block === null) return NOT_TLS;
  const extensions = new Cursor(block);
  let serverName: string | null = null;
  let protocols: readonly string[] = [];
  while (!extensions.done) {
    const type = extensions.number(2);
    const content = extensions.vector(2);
    if (type === null || content === null) return NOT_TLS;
    if (type === SERVER_NAME) serverName = readServerName(content);
    if (type === ALPN) protocols = readProtocols(content);
  }
  return { state: 'hello', hello: { serverName, protocols } };
}
