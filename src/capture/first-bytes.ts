/**
 * What is this tunnel for? Whoever speaks first decides: the phone's first bytes name the protocol, and an origin that speaks
 * before the phone is a server-first one. No timer has to guess, so a browser's spare tunnel that stays silent for a minute and
 * then begins TLS is still looked into.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import { type ClientHello, readClientHello } from './hello.js';

export type Beginning =
  | { readonly kind: 'tls'; readonly hello: ClientHello }
  | { readonly kind: 'http'; readonly alpn: 'h2' | null }
  | { readonly kind: 'raw' }
  | { readonly kind: 'server-first' }
  /** The phone left without a byte. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'hello-timeout' };

/** HTTP/2 with prior knowledge (RFC 9113 section 3.4). */
const H2_PREFACE = 'PRI * HTTP/2.0\r\n';
/** Of any 1.x, and parted by tabs too: servers answer such lines, and the bytes are passed on as they are. */
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\w-]+[ \t]+\S+[ \t]+HTTP\/1\.\d{1,2}[ \t]*\r?\n$/;
/** What may still become a request line. */
const REQUEST_LINE_BEGUN = /^[A-Za-z-]{1,32}(?:[ \t]+[\x21-\x7e\x80-\xff]*(?:[ \t]+H?T?T?P?\/?1?\.?\d{0,2}[ \t]*\r?)?)?$/;

/**
 * @param bytes all that the phone has sent.
 * @returns null: more bytes are needed to tell.
 */
export function classify(bytes: Buffer): Beginning | null {
  if (bytes.length === 0) return null;
  const reading = readClientHello(bytes);
  if (reading.state === 'hello') return { kind: 'tls', hello: reading.hello };
  if (reading.state === 'more') return null;
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, limits.httpHead));
  if (text.startsWith(H2_PREFACE)) return { kind: 'http', alpn: 'h2' };
  if (H2_PREFACE.startsWith(text)) return null;
  const line = /^[^\r\n]*\r?\n/.exec(text)?.[0];
  if (line !== undefined) return REQUEST_LINE.test(line) ? { kind: 'http', alpn: null } : { kind: 'raw' };
  return text.length < limits.httpHead && REQUEST_LINE_BEGUN.test(text) ? null : { kind: 'raw' };
}

/**
 * Waits for the beginning. Afterwards both sockets are paused and have no reader of ours.
 * @param early bytes that came before the phone was listened to.
 * @param origin a connection under way; its failure is left to whoever needs it, because the phone may yet say what it wanted.
 * @returns the beginning, and the bytes the phone sent for it.
 */
export function readBeginning(
  phone: Socket,
  early: Buffer,
  origin: Promise<Socket>,
): Promise<{ readonly beginning: Beginning; readonly bytes: Buffer }> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    let connected: Socket | null = null;
    let settled = false;
    let timer: NodeJS.Timeout | null = null;
    const settle = (beginning: Beginning): void => {
      if (settled) return;
      settled = true;
      if (timer !== null) clearTimeout(timer);
      phone.pause();
      phone.off('data', onData);
      phone.off('end', onGone);
      phone.off('close', onGone);
      connected?.pause();
      connected?.off('data', onOriginData);
      connected?.off('end', onOriginEnd);
      resolve({ beginning, bytes });
    };
    const onData = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      timer ??= setTimeout(() => settle(bytes[0] === 0x16 ? { kind: 'hello-timeout' } : { kind: 'raw' }), limits.clientHelloMs);
      const beginning = classify(bytes);
      if (beginning !== null) settle(beginning);
    };
    const onGone = (): void => settle(bytes.length === 0 ? { kind: 'gone' } : { kind: 'raw' });
    const onOriginData = (chunk: Buffer): void => {
      connected?.pause();
      connected?.unshift(chunk);
      settle({ kind: 'server-first' });
    };
    const onOriginEnd = (): void => settle({ kind: 'server-first' });
    origin.then(
      (socket) => {
        if (settled) return;
        connected = socket;
        socket.on('data', onOriginData);
        socket.on('end', onOriginEnd);
      },
      () => undefined,
    );
    phone.on('data', onData);
    phone.on('end', onGone);
    phone.on('close', onGone);
    if (early.length > 0) onData(early);
    if (!settled) phone.resume();
  });
}
