/**
 * One request with its response or failure, as it stood on the wire. The proxy and the HAR import both make exactly this, so
 * that everything behind it cannot tell (and need not know) where an exchange came from.
 */

export type Direction = 'request' | 'response';

/** In wire order, names in wire case, duplicates kept. Values are text decoded as latin1 (RFC 9110 section 5.5). */
export type Headers = ReadonlyArray<readonly [name: string, value: string]>;

export interface Body {
  /** The bytes kept: transfer framing (chunked, DATA frames) removed, content-encoding still applied. At most `limits.bodyKept`. */
  readonly bytes: Uint8Array;
  /** Full length in bytes, also where `bytes` holds only the beginning. */
  readonly size: number;
  /** SHA-256 (hex) over the full length; '' where not all of it was seen. */
  readonly sha256: string;
  readonly truncated: boolean;
}

export interface RequestMessage {
  readonly method: string;
  /** As on the wire: origin form, absolute form, authority form or `*`. */
  readonly target: string;
  /** Absolute: `https://host[:port]/path?query`; WebSocket upgrades keep http(s). */
  readonly url: string;
  readonly httpVersion: '1.0' | '1.1' | '2' | '3';
  readonly headers: Headers;
  readonly trailers: Headers;
  readonly body: Body;
}

export interface ResponseMessage {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: '1.0' | '1.1' | '2' | '3';
  readonly headers: Headers;
  readonly trailers: Headers;
  readonly body: Body;
}

/** One WebSocket message (fragments joined, permessage-deflate undone), gRPC message (frame removed, inflated) or SSE event. */
export interface StreamMessage {
  /** Counts from 0 within the exchange, both directions together, in the order seen. */
  readonly index: number;
  readonly direction: Direction;
  readonly kind: 'ws' | 'grpc' | 'sse';
  readonly text: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly body: Body;
}

/** The phone's end of a connection. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Who sent something, as far as the proxy sees it. */
export interface Client extends Peer {
  /** SOCKS or proxy user name, used as a device or app label. */
  readonly user: string | null;
  /** The app behind the connection, where the phone's own table of sockets names it (adb). */
  readonly app?: PhoneApp;
}

/** Who opened a connection, as an Android phone knows it. */
export interface PhoneApp {
  readonly uid: number;
  /** Package names that share this user id; empty where the phone did not name any. */
  readonly packages: readonly string[];
  /** Below 10000: Android itself, no installed app (Process.FIRST_APPLICATION_UID). */
  readonly system: boolean;
}

/**
 * How it is known which app sent something: the phone's table of sockets, the SOCKS or proxy user name, the Referer of a mini program,
 * the package that a WebView names, the user agent.
 */
export const ATTRIBUTION_BASES = ['adb', 'user', 'referer', 'header', 'agent'] as const;
export type AttributionBasis = (typeof ATTRIBUTION_BASES)[number];

/** Which app sent something: `main` is the app under test. */
export interface Attribution {
  readonly id: string;
  readonly by: AttributionBasis;
}

/** All that is known of the sender of a request; a connection that was not read has no headers and no URL. */
export interface Sender {
  readonly headers: Headers;
  readonly url: string;
  readonly client: Client | null;
}

/** Warning of each message of an exchange whose analysis failed: of the analysis, not of the bytes. */
export const ANALYSIS_FAILED = 'analysis-failed';

/** Something that is wrong or ambiguous with the bytes but did not stop the reading. */
export interface Warning {
  /** Stable, kebab-case: `duplicate-content-length`, `host-mismatch`, ... */
  readonly code: string;
  readonly detail: string;
}

export interface Failure {
  /** Stable, kebab-case: `upstream-refused`, `upstream-certificate`, `client-left`, `cut-short`, ... */
  readonly code: string;
  readonly detail: string;
}

export interface Exchange {
  /** The index in the HAR, or the number within the session, both from 0. */
  readonly seq: number;
  readonly source: 'proxy' | 'har';
  /** Which connection carried it; null for a HAR. */
  readonly connection: string | null;
  readonly client: Client | null;
  readonly serverAddress: string | null;
  /** True when the phone sent it inside TLS. */
  readonly secure: boolean;
  /** Milliseconds since the epoch: first byte of the request, last byte of the request, first and last byte of the response. */
  readonly startedAt: number;
  readonly requestEndedAt: number | null;
  readonly responseStartedAt: number | null;
  readonly endedAt: number | null;
  readonly request: RequestMessage;
  readonly response: ResponseMessage | null;
  readonly messages: readonly StreamMessage[];
  readonly failure: Failure | null;
  readonly warnings: readonly Warning[];
}

export const EMPTY_BODY: Body = {
  bytes: new Uint8Array(0),
  size: 0,
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  truncated: false,
};
