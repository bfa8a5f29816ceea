import type { Warnings } from '../warnings.js';

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: '1.0' | '1.1';
}

export interface StatusLine {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: '1.0' | '1.1';
}

const REQUEST = /^([\w!#$%&'*+.^`|~-]{1,64})[ \t]+(\S(?:.*\S)?)[ \t]+HTTP\/(\d+(?:\.\d+)?)[ \t\r]*$/s;
const STATUS = /^HTTP\/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t](.*))?$/s;

/** Null: not an HTTP/1 request line. Spaces inside the target, which sloppy clients send, are kept in it (`space-in-target`). */
export function parseRequestLine(line: string, warnings: Warnings): RequestLine | null {
  const match = REQUEST.exec(line);
  if (match === null) return null;
  const [, method = '', target = '', version = ''] = match;
  if (/\s/.test(target)) warnings.add('space-in-target', target);
  return { method, target, httpVersion: versionOf(version, warnings) };
}

/** Null: not an HTTP/1 status line. */
export function parseStatusLine(line: string, warnings: Warnings): StatusLine | null {
  const match = STATUS.exec(line);
  if (match === null) return null;
  const [, version = '', status = '', statusText = ''] = match;
  const code = Number(status);
  if (code < 100 || code > 599) warnings.add('invalid-status', status);
  return { status: code, statusText: statusText.replace(/\r$/, ''), httpVersion: versionOf(version, warnings) };
}

/** Whether these first bytes can begin a request line; true as long as nothing speaks against it. */
export function mayBeRequestLine(text: string): boolean {
  const line = text.replace(/^(?:\r?\n)+/, '');
  const end = line.indexOf('\n');
  if (end !== -1) return REQUEST.test(line.slice(0, end).replace(/\r$/, ''));
  return /^[\w!#$%&'*+.^`|~-]{0,64}(?:[ \t]|$)/.test(line);
}

function versionOf(version: string, warnings: Warnings): '1.0' | '1.1' {
  if (version === '1.0') return '1.0';
  if (version !== '1.1') warnings.add('invalid-version', `HTTP/${version}`);
  return '1.1';
}
