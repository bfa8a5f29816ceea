import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import type { RequestMessage } from '../../src/model/exchange.js';
import { loadRulebook } from '../../src/rulebook/load.js';

/**
 * Whole requests in the manner of SDKs, with the names that their published source or reference gives them: `requests/*.yaml`. Under
 * `finds` stands everything that is found, by data type; nothing else may be, so that a lost name fails and a false one does too.
 * Persons, devices and identifiers are invented.
 */
type Branch = readonly [number, number | string | readonly Branch[]];

const text = z.union([z.string(), z.number(), z.boolean()]);
const branch: z.ZodType<Branch> = z.lazy(() => z.tuple([z.number(), z.union([z.number(), z.string(), z.array(branch)])]));
const requests = z.array(
  z.strictObject({
    name: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    /** Added to the URL. */
    query: z.record(z.string(), text).default({}),
    /** At most one of these is the body. */
    json: z.json().optional(),
    form: z.record(z.string(), text).optional(),
    text: z.string().optional(),
    /** Field numbers and values; a list is a message. */
    protobuf: z.array(branch).optional(),
    gzip: z.boolean().default(false),
    /** Data type -> paths, and the form where the value is not plain. */
    finds: z.record(z.string(), z.string()),
  }),
);
type Request = z.infer<typeof requests>[number];

const folder = new URL('./requests/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const { dataTypes, endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../../rules/', import.meta.url)) });
const detector = createDetector({ dataTypes, endpoints });

function pairs(record: Readonly<Record<string, z.infer<typeof text>>>): string {
  return new URLSearchParams(Object.entries(record).map(([key, value]) => [key, String(value)] as [string, string])).toString();
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function message(fields: readonly Branch[]): Buffer {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)]);
      const bytes = typeof value === 'string' ? Buffer.from(value) : message(value);
      return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
    }),
  );
}

function bodyOf({ json, form, text: plain, protobuf }: Request): readonly [type: string, bytes: Buffer] | null {
  if (json !== undefined) return ['application/json', Buffer.from(JSON.stringify(json))];
  if (form !== undefined) return ['application/x-www-form-urlencoded', Buffer.from(pairs(form))];
  if (plain !== undefined) return ['text/plain', Buffer.from(plain)];
  return protobuf === undefined ? null : ['application/x-protobuf', message(protobuf)];
}

function messageOf(request: Request): RequestMessage {
  const query = pairs(request.query);
  const url = query === '' ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`;
  const [type, plain] = bodyOf(request) ?? [null, Buffer.alloc(0)];
  const bytes = new Uint8Array(request.gzip ? gzipSync(plain) : plain);
  return {
    method: type === null ? 'GET' : 'POST',
    target: url.replace(/^https?:\/\/[^/]+/, ''),
    url,
    httpVersion: '1.1',
    headers: [
      ...Object.entries(request.headers),
      ...(type === null ? [] : [['content-type', type] as const]),
      ...(request.gzip ? [['content-encoding', 'gzip'] as const] : []),
    ],
    trailers: [],
    body: { bytes, size: bytes.length, sha256: '', truncated: false },
  };
}

function found(request: Request): Record<string, string[]> {
  const { hostname, pathname } = new URL(request.url);
  const byType: Record<string, string[]> = {};
  for (const { grade, dataType, path, form } of detector.detect(decodeRequest(messageOf(request)), { host: hostname, path: pathname })) {
    if (grade === 'candidate') continue;
    const written = form === 'plain' || form === null ? path : `${path} as ${form}`;
    byType[dataType] = [...(byType[dataType] ?? []), written];
  }
  return byType;
}

describe.each(files)('requests/%s', (file) => {
  it.each(requests.parse(parse(readFileSync(new URL(file, folder), 'utf8'))).map((request) => [request.name, request] as const))(
    '%s',
    (_, request) => {
      const wanted = Object.entries(request.finds).map(([type, paths]) => [type, paths.split(/,\s+/).sort()] as const);
      const actual = Object.entries(found(request)).map(([type, paths]) => [type, paths.sort()] as const);
      expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(wanted));
    },
  );
});
