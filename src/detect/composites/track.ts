import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';
import { isPairText, validator as pairText } from '../validators/coordinates.js';

/** Three or more points with their times in one array: whereabouts over time, not one position (GB/T 45574-2025: 行踪轨迹). */
const TIME = /^(?:ts|t|at|utc)$|(?:time|timestamp|date|时间)$/;
const LAT = /(?:lat|latitude|纬度)$/;
const POINTS = 3;

export const composite: Composite = {
  named: (keys) => LAT.test(leafName(keys)),
  stirs: ({ kind, value, path }, named) => (named || (kind === 'string' && isPairText(value))) && path.includes('['),
  find({ lists, decoded, types }) {
    if (!types.has('location_track')) return [];
    const found: CompositeFinding[] = [];
    for (const list of lists) {
      if (list.elements.length < POINTS) continue;
      let timed = 0;
      const absorbs: string[] = [];
      for (const element of list.elements) {
        const names = element.map((field) => leafName(field.keys));
        const placed = names.some((name) => LAT.test(name)) || element.some((field) => pairText.check(field.value) !== null);
        if (placed && names.some((name) => TIME.test(name))) timed++;
        if (placed) for (const field of element) if (/^-?\d+\.\d+/.test(field.value)) absorbs.push(field.path);
      }
      const first = list.elements[0]?.[0];
      if (timed < POINTS || first === undefined) continue;
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
    return found;
  },
};
