import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';
import { isOfPremises } from '../premises.js';
import { validator as coordinate } from '../validators/coordinate.js';
import { isInChina, isPairText, validator as pairText } from '../validators/coordinates.js';

/** Three or more points with their times in one array: whereabouts over time, not one position (GB/T 45574-2025: 行踪轨迹). */
const TIME = /^(?:ts|t|at|utc)$|(?:time|timestamp|date|时间)$/;
/** When a shop is open. */
const HOURS = /^(?:open|close|business|opening|closing|shop|store|start|end|first|last|on|off|auto|remain|remaining|delay|countdown)/;
/** When a record was made: of points as of everything else. Beside what a shop or a post is called it is when that was put in. */
const RECORDED = /^(?:create|creation|update|publish|release|modify|modified|post|add|insert|gmt|reg|register)/;
const TOLD = /(?:name|title|content|price|phone|tel|distance|score)$/;
/** Where a parcel or a shop is. */
const ELSEWHERE = /^(?:receiver|consignee|recipient|addressee|sender)/;
/** Where a line calls: a timetable, and nobody’s way. */
const CALLS = /^(?:stops?|stations?|stopovers?|halts?|stopl|zhandian|站点|站)$/;
const LAT = /(?:lat|latitude|纬度)$/;
const POINTS = 3;
/** Names under which points need no names of their own: `guiji: "120.02514,30.24183;…"`, `gpsList: [[120.02514, 30.24183, 1763784012], …]`. */
const TRACK = /(?:^guiji|轨迹|^tracks?|^trackpoints?|^trajectory|^gpslist|^gpstrack|^gpspoints)$/;
const MOMENT = /^\d{10}(?:\d{3})?$/;

export const composite: Composite = {
  named: (keys) => LAT.test(leafName(keys)) || TRACK.test(leafName(keys)),
  triggers: ({ kind, value, path }, named) =>
    ((named || (kind === 'string' && isPairText(value))) && path.includes('[')) || (named && isPoints(value)),
  find({ lists, decoded }) {
    const found: CompositeFinding[] = [];
    for (const list of lists) {
      if (list.elements.length < POINTS || CALLS.test(leafName(list.keys))) continue;
      let timed = 0;
      const absorbs: string[] = [];
      for (const element of list.elements) {
        const names = element.map((field) => leafName(field.keys));
        const bare = isBarePoint(element);
        const placed = bare || element.some(isLatitude) || element.some(isWritten);
        if (bare || (placed && names.some((name) => isMoment(name, names)))) timed++;
        if (placed) for (const field of element) if (/^-?\d+\.\d+/.test(field.value)) absorbs.push(field.path);
      }
      const first = list.elements[0]?.[0];
      // Of many pairs of numbers some lie in China.
      if (timed < POINTS || timed * 2 < list.elements.length || first === undefined) continue;
      const points = list.elements.length;
      const candidate = readAsOne(decoded, first, {
        dataType: 'location_track',
        grade: 'probable',
        value: absorbs.length > 0 ? firstOf(list.elements, ',', ';') : first.value,
        path: list.path,
        trace: [{ rule: 'timed-points', text: { zh: `${points} 个带时间的坐标点`, en: `${points} points with their times` } }],
        passRate: 1e-3,
      });
      found.push({ candidate, absorbs });
    }
    for (const field of decoded.fields) {
      if (!TRACK.test(leafName(field.keys)) || !isPoints(field.value)) continue;
      const points = pointsOf(field.value).length;
      const candidate = readAsOne(decoded, field, {
        dataType: 'location_track',
        grade: 'probable',
        value: field.value,
        trace: [
          {
            rule: 'written-points',
            text: { zh: `名为轨迹的文本，${points} 个坐标点`, en: `a text named as a track, with ${points} points` },
          },
        ],
        passRate: 1e-3,
      });
      found.push({ candidate, absorbs: [field.path] });
    }
    return found;
  },
};

/** Whether a name says when somebody was there. @param names of all that stands beside it. */
function isMoment(name: string, names: readonly string[]): boolean {
  if (!TIME.test(name) || HOURS.test(name)) return false;
  return !RECORDED.test(name) || !names.some((other) => TOLD.test(other));
}

/** `latitude: 0` is of whatever does not know where it stands. */
function isLatitude({ keys, value }: Field): boolean {
  const name = leafName(keys);
  return LAT.test(name) && !ELSEWHERE.test(name) && !isOfPremises(keys) && coordinate.check(value) !== null && Number(value) !== 0;
}

/** `pos: "121.473701,31.230416"`; touches of a screen are written so too, and lie elsewhere on the globe. */
function isWritten({ value }: Field): boolean {
  const [lat, lng] = pairText.check(value)?.normalised.split(',').map(Number) ?? [];
  return lat !== undefined && lng !== undefined && isInChina(lat, lng);
}

/** `[lng, lat, time]` without names. */
function isBarePoint([first, second, third, ...rest]: readonly Field[]): boolean {
  if (first === undefined || second === undefined || third === undefined || rest.length > 1) return false;
  return TRACK.test(leafName(first.keys)) && MOMENT.test(third.value) && isPairText(`${first.value},${second.value}`);
}

function pointsOf(text: string): readonly string[] {
  return text.split(/[;|]/).filter((point) => point !== '');
}

function isPoints(text: string): boolean {
  if (text.length > limits.fieldText || !/[;|]/.test(text)) return false;
  const points = pointsOf(text);
  return points.length >= POINTS && points.every((point) => isPairText(point.split(',', 2).join(',')));
}
