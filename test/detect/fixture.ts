import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { decodeRequest } from '../../src/decode/index.js';
import type { RequestMessage } from '../../src/model/exchange.js';
import type { Decoded, Field } from '../../src/model/field.js';
import type { DataType } from '../../src/model/rulebook.js';
import { dataType } from '../../src/rulebook/schema/data-type.js';

const folder = fileURLToPath(new URL('../../rules/data-types/', import.meta.url));

export const dataTypes: readonly DataType[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => dataType.parse(parse(readFileSync(join(folder, file), 'utf8'))));

export function typeOf(id: string): DataType {
  const type = dataTypes.find((each) => each.id === id);
  if (type === undefined) throw new Error(`no data type ${id}`);
  return type;
}

/** A request as the proxy would have it. */
export function request(parts: {
  url?: string;
  headers?: ReadonlyArray<readonly [string, string]>;
  body?: string;
  contentType?: string;
}): RequestMessage {
  const bytes = new TextEncoder().encode(parts.body ?? '');
  const url = parts.url ?? 'https://api.example.com/v1/report';
  return {
    method: parts.body === undefined ? 'GET' : 'POST',
    target: url.replace(/^https?:\/\/[^/]+/, ''),
    url,
    httpVersion: '1.1',
    headers: [
      ...(parts.headers ?? []),
      ...(parts.body === undefined ? [] : [['content-type', parts.contentType ?? 'application/json'] as const]),
    ],
    trailers: [],
    body: { bytes, size: bytes.length, sha256: '', truncated: false },
  };
}

/** A JSON request that holds one value below dotted names: `device.id` -> `{"device":{"id":…}}`. */
export function underKey(key: string, value: string): Decoded {
  let json = JSON.stringify(value);
  for (const name of key.split('.').reverse()) json = `{${JSON.stringify(name)}:${json}}`;
  return decodeRequest(request({ body: json }));
}

/** Fields made by hand, for tests that must not depend on the decoders. */
export function decodedOf(
  fields: ReadonlyArray<Partial<Field> & { readonly path: string; readonly value: string }>,
  direction: Decoded['direction'] = 'request',
): Decoded {
  return {
    direction,
    message: null,
    layers: [],
    opaque: [],
    limits: [],
    fields: fields.map((field) => ({ part: 'body', keys: [], kind: 'string', steps: ['json'], group: 0, ...field })),
  };
}
