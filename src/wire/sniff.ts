import type { TapOpen } from '../model/tap.js';
import { mayBeRequestLine } from './http1/start-line.js';
import { latin1 } from './latin1.js';

/** RFC 9113 section 3.4. */
export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/**
 * What the first bytes from the phone are. Everything but `http1`, `http2` and `more` is the reason why the connection is not read:
 * `tls-not-decrypted`, `mqtt`, `unknown-protocol`, `http2-preface` (h2 was agreed on, something else came).
 */
export function sniff(open: TapOpen, up: Uint8Array): 'http1' | 'http2' | 'more' | string {
  if (up.length === 0) return 'more';
  const text = latin1(up.subarray(0, 512));
  if (PREFACE.startsWith(text.slice(0, PREFACE.length))) return up.length >= PREFACE.length ? 'http2' : 'more';
  if (open.alpn === 'h2') return 'http2-preface';
  // TLS record: handshake, version 3.x.
  if (up[0] === 0x16 && (up.length === 1 || up[1] === 3)) return up.length === 1 ? 'more' : 'tls-not-decrypted';
  if (up[0] === 0x10)
    return up.length < 10 && !/MQ(?:TT|Isdp)/.test(text) ? 'more' : /MQ(?:TT|Isdp)/.test(text) ? 'mqtt' : 'unknown-protocol';
  if (/^(?:\r?\n)*\r?$/.test(text)) return 'more';
  if (!mayBeRequestLine(text)) return 'unknown-protocol';
  // Enough for a method and the beginning of a target: a line protocol that looks alike is found out by the HTTP/1 reader.
  return /^(?:\r?\n)*\S+[ \t]+\S/.test(text) ? 'http1' : text.length > 80 ? 'unknown-protocol' : 'more';
}
