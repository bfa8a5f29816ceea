import type { Client, Failure } from './exchange.js';
import type { Reach } from './session.js';
import type { Bilingual } from './text.js';

/**
 * What the capture room copies out of a connection. Plain data, so that it can be posted to the analysis thread with its
 * buffers transferred. `up` is phone to origin.
 */
export type TapEvent = TapOpen | TapBytes | TapGap | TapClose;

export interface TapOpen {
  readonly type: 'open';
  readonly connection: string;
  readonly at: number;
  readonly client: Client;
  /** What the phone asked for: CONNECT or SOCKS target, or the authority of a plain request. */
  readonly host: string;
  readonly port: number;
  readonly serverAddress: string | null;
  /** What flows in `bytes`: `tls` = decrypted application bytes, `http` = plain HTTP, `tunnel` = bytes that were not decrypted. */
  readonly layer: 'tls' | 'http' | 'tunnel';
  readonly sni: string | null;
  /** Negotiated with both sides: `h2`, `http/1.1`, or null when none was. */
  readonly alpn: string | null;
  readonly reach: Reach;
  readonly cause: { readonly code: string; readonly text: Bilingual } | null;
}

export interface TapBytes {
  readonly type: 'bytes';
  readonly connection: string;
  readonly at: number;
  readonly direction: 'up' | 'down';
  readonly bytes: Uint8Array;
}

/** From here on this direction was relayed but not copied: the analysis could not keep up. */
export interface TapGap {
  readonly type: 'gap';
  readonly connection: string;
  readonly at: number;
  readonly direction: 'up' | 'down';
  readonly missed: number;
}

export interface TapClose {
  readonly type: 'close';
  readonly connection: string;
  readonly at: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly failure: Failure | null;
}
