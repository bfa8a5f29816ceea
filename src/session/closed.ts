import { limits } from '../limits.js';
import type { Decoded, Field, Part } from '../model/field.js';

/** Parts that are the content of a message, not its address or its envelope. */
const CONTENT: ReadonlySet<Part> = new Set<Part>(['body', 'ws', 'grpc', 'sse']);

/**
 * Whether nobody could look into the content of a message: it is encrypted, or lies behind a bound of decoding, and what stands in clear
 * beside that (a version, a time, a signature) is next to nothing of it.
 * @param size of the content on the wire, in bytes.
 */
export function isClosed(decoded: Decoded, size: number): boolean {
  const barred = [...decoded.opaque, ...decoded.limits].map(({ path }) => path);
  if (size === 0 || barred.length === 0) return false;
  const fields = decoded.idle === undefined ? decoded.fields : decoded.idle.whole().fields;
  const clear = fields.filter((field) => CONTENT.has(field.part) && !barred.some((path) => liesBehind(field, path)));
  return clear.reduce((sum, { value }) => sum + value.length, 0) < size * limits.closedClear;
}

/** A field behind the place that barred the way, or the one that the encrypted bytes were taken from (`body.$.data` of `body.$.data|base64`). */
function liesBehind({ path }: Field, barred: string): boolean {
  const source = path.replace(/\.text$/, '');
  return path === barred || (path.startsWith(barred) && /^[.|[$]/.test(path.slice(barred.length))) || barred.startsWith(`${source}|`);
}
