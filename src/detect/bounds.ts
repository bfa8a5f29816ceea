import { limits } from '../limits.js';
import type { Decoded, LimitHit } from '../model/field.js';
import type { Evidence } from '../model/finding.js';

/** Rules in a trace that tell of a bound: the hits beyond it are not listed. */
const TOLD: Readonly<Record<string, string>> = { 'limit-embedded-hits': 'embeddedHits', 'limit-known-evidence': 'knownEvidence' };
const STREAM = /^(?:ws|grpc|sse)\[/;

/**
 * Bounds that the detectors reached in one message: text of which only the beginning was looked through, arrays nested deeper than lists are
 * followed, hits that are not listed. Known values are searched in all of it whatever this says.
 */
export function boundsReached({ fields, idle }: Pick<Decoded, 'fields' | 'idle'>, evidence: readonly Evidence[]): LimitHit[] {
  const hits = new Map<string, LimitHit>();
  const hit = (path: string, limit: string) => {
    if (!hits.has(limit)) hits.set(limit, { path, limit });
  };
  let group = -1;
  let arrays = '';
  for (const field of idle?.isDeep === true ? idle.whole().fields : fields) {
    if (field.value.length > limits.fieldText && field.opened !== true && field.kind === 'string') hit(field.path, 'fieldText');
    // Who read the document has counted its arrays.
    if (idle?.isDeep === false && field.steps === idle.steps) continue;
    // Most fields of one object lie in the same arrays; what stands in a list of its own is of the object's group too.
    const end = field.path.lastIndexOf(']') + 1;
    if (field.group === group && end === arrays.length && field.path.startsWith(arrays)) continue;
    group = field.group;
    arrays = field.path.slice(0, end);
    if (positionsIn(field.path) > limits.listDepth) hit(field.path, 'listDepth');
  }
  for (const { path, trace } of evidence)
    for (const { rule } of trace) {
      const limit = TOLD[rule];
      if (limit !== undefined) hit(path, limit);
    }
  return [...hits.values()];
}

/** Arrays that a place lies in; the position of a stream message is none. */
function positionsIn(path: string): number {
  let count = 0;
  for (let at = path.indexOf(']'); at >= 0 && count <= limits.listDepth + 1; at = path.indexOf(']', at + 1)) {
    const before = path.charCodeAt(at - 1);
    if (before >= 48 && before <= 57) count++;
  }
  return count > limits.listDepth && STREAM.test(path) ? count - 1 : count;
}
