import { limits } from '../../limits.js';
import type { Headers } from '../../model/exchange.js';
import { trimOws } from '../headers.js';
import { latin1 } from '../latin1.js';
import type { Warnings } from '../warnings.js';

/**
 * Where a head is ambiguous, parsers differ, and what the origin understood cannot be known from here. `usual` is the reading of the RFC
 * where it allows one; `other` is what a differing parser would see. Both are judged.
 */
export type Reading = 'usual' | 'other';

export interface Head {
  readonly startLine: string;
  /** All of them: the end of the body may be decided by the last. A head is bounded in bytes. */
  readonly headers: Headers;
}

/** The fields that go into the record. */
export function recorded(headers: Headers, warnings: Warnings): Headers {
  if (headers.length <= limits.httpHeaderCount) return headers;
  warnings.add('limit-httpHeaderCount', `${headers.length} fields, ${limits.httpHeaderCount} kept`);
  return headers.slice(0, limits.httpHeaderCount);
}

/** Codes of the faults on which the two readings part. */
const AMBIGUOUS = new Set(['bare-lf', 'bare-cr', 'obs-fold', 'space-before-colon']);

/** True when a head with these warnings must be read both ways. */
export function isAmbiguous(warnings: Warnings): boolean {
  return [...AMBIGUOUS].some((code) => warnings.has(code));
}

/**
 * Splits a request or response head (up to and with its empty line) into start line and fields.
 * @param warnings receives what is wrong with it (the cases of RFC 9112 sections 2.2, 5.1 and 5.2).
 */
export function parseHead(bytes: Uint8Array, reading: Reading, warnings: Warnings): Head {
  const lines = linesOf(latin1(bytes), reading, warnings);
  const startLine = lines.shift() ?? '';
  return { startLine, headers: parseFields(lines, reading, warnings) };
}

/** Field lines of a trailer section. */
export function parseTrailers(bytes: Uint8Array, warnings: Warnings): Headers {
  const lines = linesOf(latin1(bytes), 'usual', warnings).filter((line) => line !== '');
  return recorded(parseFields(lines, 'usual', warnings), warnings);
}

function linesOf(text: string, reading: Reading, warnings: Warnings): string[] {
  if (/(?:^|[^\r])\n/.test(text)) warnings.add('bare-lf', 'a line ends in LF alone');
  if (/\r(?!\n)/.test(text)) warnings.add('bare-cr', 'a CR without LF inside the head');
  // The start line is read alike in both: without it there is no message to compare.
  const first = text.search(/\r?\n/);
  if (first === -1) return [text];
  const rest = text.slice(first).replace(/^\r?\n/, '');
  const lines = rest.split(reading === 'usual' ? /\r?\n/ : /\r\n|\r/);
  const filled = lines.map((line) => (reading === 'other' ? line.replace(/\n+$/, '') : line)).filter((line) => line !== '');
  return [text.slice(0, first), ...filled];
}

function parseFields(lines: readonly string[], reading: Reading, warnings: Warnings): Headers {
  const fields: Array<readonly [string, string]> = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if (line.startsWith(' ') || line.startsWith('\t')) {
      warnings.add('obs-fold', `folded line ${trimOws(line)}`);
      if (reading === 'usual' && last !== undefined) {
        fields[fields.length - 1] = [last[0], `${last[1]} ${trimOws(line)}`];
        continue;
      }
    }
    const colon = line.indexOf(':');
    if (colon === -1) {
      warnings.add('header-without-colon', line);
      fields.push([line, '']);
      continue;
    }
    const raw = line.slice(0, colon);
    const name = reading === 'usual' ? trimOws(raw) : raw.replace(/^[ \t]+/, '');
    const value = trimOws(line.slice(colon + 1));
    if (/[ \t]/.test(raw.slice(-1))) warnings.add('space-before-colon', line);
    if (name === '') warnings.add('header-without-name', line);
    else if (/[^\w!#$%&'*+.^`|~-]/.test(name)) warnings.add('invalid-header-name', name);
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) warnings.add('control-in-header', name);
    fields.push([name, value]);
  }
  return fields;
}

/**
 * Length of the head that begins at 0, its empty line included; -1 while it is not complete. LF alone counts as a line end, as every
 * common server reads it (RFC 9112 section 2.2).
 * @param from position up to which an earlier call has looked.
 */
export function headLength(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0x0a, Math.max(0, from - 2));
  while (at !== -1) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
    at = bytes.indexOf(0x0a, at + 1);
  }
  return -1;
}
