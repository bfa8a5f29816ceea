/**
 * Heads of plain HTTP/1.x messages as raw lines, and how long the body behind them is. Here, unlike inside TLS, something must
 * be read on the path: the next request on the same connection may be for another origin. So framing is strict where servers
 * differ (RFC 9112 sections 6.1, 6.3 and 11.2): what two servers could read differently is refused, not repaired.
 */
import { limits } from '../limits.js';

export interface HeaderLine {
  /** Lower case. */
  readonly name: string;
  /** Without the white space around it. */
  readonly value: string;
  /** The whole line as it came, without CRLF. */
  readonly raw: string;
}

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly lines: readonly HeaderLine[];
}

export interface ResponseHead {
  readonly status: number;
  readonly version: '1.0' | '1.1';
  readonly lines: readonly HeaderLine[];
}

export type HeadProblem = { readonly code: 'OVR_HTTP_HEAD' | 'OVR_HTTP_AMBIGUOUS'; readonly detail: string };

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether reading gave a problem in place of what was asked for. */
export function isProblem(value: object): value is HeadProblem {
  return 'code' in value;
}

function malformed(detail: string): HeadProblem {
  return { code: 'OVR_HTTP_HEAD', detail };
}

/** Length of the head with its empty line, or -1 while it is incomplete. Leading empty lines (RFC 9112 section 2.2) are the caller's. */
export function headLength(bytes: Buffer): number {
  const at = bytes.indexOf('\r\n\r\n');
  return at < 0 ? -1 : at + 4;
}

function readLines(text: string): readonly HeaderLine[] | HeadProblem {
  const raws = text === '' ? [] : text.split('\r\n');
  if (raws.length > limits.httpHeaderCount) return malformed(`more than ${limits.httpHeaderCount} header lines (httpHeaderCount)`);
  const lines: HeaderLine[] = [];
  for (const raw of raws) {
    const colon = raw.indexOf(':');
    const name = raw.slice(0, Math.max(0, colon));
    // A space before the colon, a folded line and bare CR or LF are each read differently somewhere (RFC 9112 sections 5.1, 5.2 and 2.2).
    if (colon < 1 || !TOKEN.test(name)) return malformed('header name');
    if (/[\r\n\0]/.test(raw)) return malformed('control byte in a header');
    lines.push({ name: name.toLowerCase(), value: raw.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, ''), raw });
  }
  return lines;
}

/** @param bytes one whole head, with its empty line. */
export function readRequestHead(bytes: Buffer): RequestHead | HeadProblem {
  const text = bytes.toString('latin1', 0, bytes.length - 4);
  const end = text.indexOf('\r\n');
  const first = end < 0 ? text : text.slice(0, end);
  const match = /^([^ ]+) ([^ ]+) HTTP\/1\.([01])$/.exec(first);
  const [, method = '', target = '', minor = ''] = match ?? [];
  if (match === null || !TOKEN.test(method) || /[\0-\x20\x7f]/.test(target)) return malformed('request line');
  const lines = readLines(end < 0 ? '' : text.slice(end + 2));
  return isProblem(lines) ? lines : { method, target, version: minor === '0' ? '1.0' : '1.1', lines };
}

/** @param bytes one whole head, with its empty line. */
export function readResponseHead(bytes: Buffer): ResponseHead | HeadProblem {
  const text = bytes.toString('latin1', 0, bytes.length - 4);
  const end = text.indexOf('\r\n');
  const first = end < 0 ? text : text.slice(0, end);
  const match = /^HTTP\/1\.([01]) ([1-9]\d{2})(?: .*)?$/.exec(first);
  if (match === null) return malformed('status line');
  const lines = readLines(end < 0 ? '' : text.slice(end + 2));
  return isProblem(lines) ? lines : { status: Number(match[2]), version: match[1] === '0' ? '1.0' : '1.1', lines };
}

/** All values of a header field, in the order of the lines. @param name in lower case, as the lines have it. */
export function values(lines: readonly HeaderLine[], name: string): readonly string[] {
  return lines.filter((line) => line.name === name).map((line) => line.value);
}

/** The comma-separated members of a header, lower case. */
export function members(lines: readonly HeaderLine[], name: string): readonly string[] {
  return values(lines, name)
    .flatMap((value) => value.split(','))
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
}

function ambiguous(detail: string): HeadProblem {
  return { code: 'OVR_HTTP_AMBIGUOUS', detail };
}

function declaredFraming(lines: readonly HeaderLine[], version: '1.0' | '1.1'): Framing | null | HeadProblem {
  const lengths = values(lines, 'content-length');
  const codings = values(lines, 'transfer-encoding');
  if (codings.length > 0) {
    if (lengths.length > 0) return ambiguous('Transfer-Encoding with Content-Length');
    if (version === '1.0') return ambiguous('Transfer-Encoding on HTTP/1.0');
    const all = members(lines, 'transfer-encoding');
    if (codings.length > 1 || all.at(-1) !== 'chunked' || all.filter((coding) => coding === 'chunked').length !== 1)
      return ambiguous('Transfer-Encoding');
    return { kind: 'chunked' };
  }
  const [length] = lengths;
  if (length === undefined) return null;
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) return ambiguous('Content-Length');
  return { kind: 'length', length: Number(length) };
}

/** RFC 9112 section 6.3, for a request. */
export function requestFraming(head: RequestHead): Framing | HeadProblem {
  if (values(head.lines, 'host').length > 1) return ambiguous('more than one Host');
  return declaredFraming(head.lines, head.version) ?? { kind: 'none' };
}

/** RFC 9112 section 6.3, for a response to `method`. */
export function responseFraming(head: ResponseHead, method: string): Framing | HeadProblem {
  if (method === 'HEAD' || head.status === 204 || head.status === 304 || head.status < 200) return { kind: 'none' };
  return declaredFraming(head.lines, head.version) ?? { kind: 'until-close' };
}
