import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import { leafName } from './keys.js';

/** Corners of what a map shows, and of an area that somebody drew on it. */
const CORNER =
  /^(?:ne|nw|se|sw|(?:north|south)(?:east|west)|(?:top|bottom|left|right)(?:left|right|top|bottom)|(?:geo)?fences?|polygons?|boundary|boundaries|borders?|outline)$/;

/** Whether a half of a position stands in an object that is called a corner or an area. @param keys names on the way to the half. */
export function isCorner(keys: readonly string[]): boolean {
  return CORNER.test(leafName(keys.slice(0, -1)));
}

/** `coordinates[0][12]`: a corner of a polygon (RFC 7946 section 3.1.6); a line has one list less, and batches of fixes go by other names. */
const IN_RING = /^(.*)coordinates(?:\[\d{1,6}\]){2,3}$/i;

/** Whether a pair of numbers is one of an area. @param path of the pair. @param lines see `linesAmong`. */
export function isInRing(path: string, lines: ReadonlySet<string>): boolean {
  const geometry = IN_RING.exec(path)?.[1];
  return geometry !== undefined && !lines.has(geometry);
}

/** Where the geometries stand that are lines of several parts (RFC 7946 section 3.1.5), as a way is that was interrupted; written as polygons are. */
export function linesAmong(fields: readonly Field[]): ReadonlySet<string> {
  return new Set(fields.flatMap(({ value, path }) => (value === 'MultiLineString' && path.endsWith('type') ? [path.slice(0, -4)] : [])));
}

export const ringLine: TraceLine = {
  rule: 'corner-of-area',
  text: {
    zh: '是一块区域边界上的一点（多边形、地图视野），不是某人所在的位置',
    en: 'a corner of an area (a polygon, or what a map shows), and no place where somebody is',
  },
};
