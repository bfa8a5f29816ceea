import { limits } from '../limits.js';
import { type Decoded, type Field, OPAQUE_SHAPE, type Part } from '../model/field.js';

/** Parts that are the content of a message, not its address or its envelope. */
const CONTENT: ReadonlySet<Part> = new Set<Part>(['body', 'ws', 'grpc', 'sse']);

/**
 * Whether nobody could look into the content of a message: it is encrypted, or lies behind a bound of decoding, and what stands in clear
 * beside that (a version, a time, a signature) is next to nothing of it.
 * @param size of the content on the wire, in bytes.
 */
export function isClosed(decoded: Decoded, size: number): boolean {
  // Words in clear were searched, whatever the format around them.
  const opaque = decoded.opaque.filter(({ shape }) => !shape.includes(OPAQUE_SHAPE.readableText));
  const paths = [...opaque, ...decoded.limits].map(({ path }) => path);
  if (size === 0 || paths.length === 0) return false;
  const barred = new Set(paths);
  const sources = new Set(paths.flatMap(sourcesOf));
  const least = size * limits.closedClear;
  const isOpen = (fields: readonly Field[]) => {
    let clear = 0;
    for (const { part, path, value } of fields) {
      if (!CONTENT.has(part) || sources.has(path.replace(TEXT, '')) || liesBehind(path, barred)) continue;
      clear += value.length;
      if (clear >= least) return true;
    }
    return false;
  };
  return !isOpen(decoded.fields) && (decoded.idle === undefined || !isOpen(decoded.idle.whole().fields));
}

/** The field of a whole text. */
const TEXT = /\.text$/;

/** The fields that what barred the way was taken from: `body.$.data` of `body.$.data|base64`. */
function sourcesOf(path: string): string[] {
  const sources: string[] = [];
  for (let at = path.indexOf('|'); at >= 0; at = path.indexOf('|', at + 1)) sources.push(path.slice(0, at));
  return sources;
}

/** Whether a field is, or stands behind, a place that barred the way. */
function liesBehind(path: string, barred: ReadonlySet<string>): boolean {
  for (let at = 1; at < path.length; at++) if (isStep(path.charCodeAt(at)) && barred.has(path.slice(0, at))) return true;
  return barred.has(path);
}

/** `.`, `|`, `[` and `$` begin a further step of a path. */
function isStep(code: number): boolean {
  return code === 0x2e || code === 0x7c || code === 0x5b || code === 0x24;
}
