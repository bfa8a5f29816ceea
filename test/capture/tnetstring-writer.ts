/** Typed netstrings as mitmproxy writes them: floats have a point, tuples are lists. */
export function tnetstring(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from('0:~');
  if (typeof value === 'boolean') return framed(Buffer.from(String(value)), '!');
  if (typeof value === 'number') return framed(Buffer.from(String(value)), Number.isInteger(value) ? '#' : '^');
  if (typeof value === 'string') return framed(Buffer.from(value, 'utf8'), ';');
  if (value instanceof Uint8Array) return framed(value, ',');
  if (Array.isArray(value)) return framed(Buffer.concat(value.map(tnetstring)), ']');
  return framed(Buffer.concat(Object.entries(value).flatMap(([key, one]) => [tnetstring(key), tnetstring(one)])), '}');
}

function framed(payload: Uint8Array, type: string): Buffer {
  return Buffer.concat([Buffer.from(`${payload.length}:`), payload, Buffer.from(type)]);
}
