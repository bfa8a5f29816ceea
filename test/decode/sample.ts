import { createHash } from 'node:crypto';
import type { Decoder } from '../../src/decode/decoder.js';
import { decodeBytes, decodeRequest, linkProto } from '../../src/decode/index.js';
import type { Headers, RequestMessage, ResponseMessage, StreamMessage } from '../../src/model/exchange.js';
import type { Decoded, Field } from '../../src/model/field.js';
import type { ProtoSchema } from '../../src/model/proto.js';

function body(content: Uint8Array | string) {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return { bytes, size: bytes.length, sha256: '', truncated: false };
}

export function request(options: {
  url?: string;
  headers?: Headers;
  type?: string;
  body?: Uint8Array | string;
  truncated?: boolean;
}): RequestMessage {
  const url = options.url ?? 'https://api.example.com/';
  return {
    method: 'POST',
    target: url.slice(url.indexOf('/', 8)),
    url,
    httpVersion: '1.1',
    headers: [...(options.type === undefined ? [] : [['Content-Type', options.type] as const]), ...(options.headers ?? [])],
    trailers: [],
    body: { ...body(options.body ?? ''), truncated: options.truncated ?? false },
  };
}

export function response(content: Uint8Array | string, headers: Headers = []): ResponseMessage {
  return { status: 200, statusText: 'OK', httpVersion: '1.1', headers, trailers: [], body: body(content) };
}

export function streamMessage(kind: StreamMessage['kind'], content: Uint8Array | string, index = 0): StreamMessage {
  return { index, direction: 'request', kind, text: typeof content === 'string', at: 0, body: body(content) };
}

/** `path -> value` of every field. */
export function values(decoded: Decoded): Record<string, string> {
  return Object.fromEntries(decoded.fields.map((field) => [field.path, field.value]));
}

export function fieldAt(decoded: Decoded, path: string): Field {
  const field = decoded.fields.find((candidate) => candidate.path === path);
  if (field === undefined) throw new Error(`no field ${path} among ${decoded.fields.map((candidate) => candidate.path).join(', ')}`);
  return field;
}

/** A zstd frame of raw blocks (RFC 8878 section 3.1.1), written by hand: window descriptor, no checksum. */
export function zstdRaw(content: Buffer, windowByte = 0x38): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, windowByte]), header, content]);
}

/** Fields of a body with this content type, `path -> value`. */
export function opened(content: Uint8Array | string, type?: string): Record<string, string> {
  return values(decodeRequest(request(type === undefined ? { body: content } : { type, body: content }))) as Record<string, string>;
}

/** The same for one value inside a JSON body, paths without the `body.$.v` in front. */
export function inside(value: Uint8Array | string, encoding: BufferEncoding = 'base64'): Record<string, string> {
  const text = typeof value === 'string' ? value : Buffer.from(value).toString(encoding);
  const found = values(decodeRequest(request({ body: JSON.stringify({ v: text }) })));
  return Object.fromEntries(Object.entries(found).map(([path, content]) => [path.replace(/^body\.\$\.v/, ''), content]));
}

/** A definition that stands in one file; `others` are those that it imports. */
export function schemaOf(
  text: string,
  file = 'a.proto',
  root: string | null = null,
  others: Readonly<Record<string, string>> = {},
): ProtoSchema {
  const find = (path: string) => (others[path] === undefined ? null : { path, file: path, text: others[path] });
  return linkProto([{ path: file, file, text }], root, find);
}

const LENGTHS = [8, 9, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 256];

/** Those of so many random bodies, equal each time, that a guessing decoder takes for its format; in hex. */
export function takenFor(decoder: Decoder, count: number): string[] {
  const pool = createHash('shake256', { outputLength: 1 << 20 })
    .update(decoder.id)
    .digest();
  const taken: string[] = [];
  for (let round = 0, at = 0; round < count; round++) {
    const length = LENGTHS[round % LENGTHS.length]!;
    // Another start for each round through the pool: no two bodies are the same.
    at = at + length < pool.length ? at + length : (round * 7) % 251;
    const bytes = pool.subarray(at, at + length);
    if (decoder.guess?.(bytes, { base: true, truncated: false }) !== true) continue;
    if (decodeBytes(bytes, 'body').fields.some(({ steps }) => steps.includes(decoder.id))) taken.push(bytes.toString('hex'));
  }
  return taken;
}

/** The same fields below a path. */
export function under(path: string, fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${path}${name}`, value]));
}

/** Bounds that a body reached, each once. */
export function limitsOf(body: Uint8Array): string[] {
  return [...new Set(decodeRequest(request({ body })).limits.map(({ limit }) => limit))];
}
