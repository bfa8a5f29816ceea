import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * Positions in metres of the Mercator projection, as Baidu's maps (bd09mc) and web maps (EPSG:3857) count them, under the names of degrees
 * or of axes (`lat=4115513.69&lng=1.2642806444422E7`, `loc_x`, `loc_y`), or as one text with the east first: `point=(12958175.51,4825923.77)`.
 * The box is that of China, 73 to 135 degrees east and 3.5 to 54 degrees north.
 */
const PLACE = '(?:loc|location|gps|geo|lbs|pos|position|point|pt|coord|coordinate|map|mapcenter|center|user|my|cur|current)';
const LAT = new RegExp(`^(.*?)(?:lat|latitude)$|^(${PLACE})y$`);
const LNG = new RegExp(`^(.*?)(?:lng|lon|longitude)$|^(${PLACE})x$`);
/** Names of one text with both. */
const BOTH = new RegExp(`^(?:(?:user|my|cur|current|start|end)?${PLACE}|xy|mc|bd09mc|mercator)s?$`);
const PAIR = /^[([]?(\d{7,8}\.\d{1,12}), ?(\d{6,7}\.\d{1,12})[)\]]?$/;
const METRES = /^\d(?:\d{5,7}(?:\.\d{1,12})?|\.\d{4,16}E[67])$/i;
const NORTH = [389_000, 7_170_000] as const;
const EAST = [8_120_000, 15_040_000] as const;
const LONGEST = 24;
const SHORTEST_PAIR = 17;
const LONGEST_PAIR = 48;

export const composite: Composite = {
  named: (keys) => LAT.test(leafName(keys)) || BOTH.test(leafName(keys)),
  triggers: ({ value }, named) => named && (isMetres(value) || isPair(value)),
  find(scope) {
    const found: CompositeFinding[] = [];
    for (const fields of scope.groups.values()) {
      // By what stands before them: a query may repeat the names without end.
      const easts = new Map<string, Field>();
      for (const field of fields) {
        const stem = isMetres(field.value) && lies(field.value, EAST) ? stemOf(field, LNG) : undefined;
        if (stem !== undefined && !easts.has(stem)) easts.set(stem, field);
      }
      if (easts.size === 0) continue;
      for (const lat of fields) {
        const stem = isMetres(lat.value) && lies(lat.value, NORTH) ? stemOf(lat, LAT) : undefined;
        const lng = stem === undefined ? undefined : easts.get(stem);
        if (lng !== undefined) found.push(finding(scope, lat, lng));
      }
    }
    for (const field of scope.decoded.fields) {
      if (!BOTH.test(leafName(field.keys)) || !isPair(field.value)) continue;
      const [, east = '', north = ''] = PAIR.exec(field.value) ?? [];
      if (lies(east, EAST) && lies(north, NORTH)) found.push(inText(scope, field));
    }
    return found;
  },
};

/** What stands before the half of a position that a name speaks of. */
function stemOf({ keys }: Field, half: RegExp): string | undefined {
  const hit = half.exec(leafName(keys));
  return hit?.[1] ?? hit?.[2];
}

function isMetres(value: string): boolean {
  return value.length >= 6 && value.length <= LONGEST && METRES.test(value);
}

function isPair(value: string): boolean {
  return value.length >= SHORTEST_PAIR && value.length <= LONGEST_PAIR && PAIR.test(value);
}

function lies(value: string, [least, most]: readonly [number, number]): boolean {
  return Number(value) >= least && Number(value) <= most;
}

function inText({ decoded }: CompositeScope, field: Field): CompositeFinding {
  const candidate = readAsOne(decoded, field, {
    dataType: 'location_precise',
    grade: 'probable',
    value: field.value,
    trace: [
      {
        rule: 'coordinate-metres',
        text: {
          zh: '一段文本内墨卡托投影的米制坐标，位于中国范围内',
          en: 'metres of the Mercator projection within China, in one text',
        },
      },
    ],
    passRate: 1e-3,
  });
  return { candidate, absorbs: [field.path] };
}

function finding({ decoded }: CompositeScope, lat: Field, lng: Field): CompositeFinding {
  const candidate = readAsOne(decoded, lat, {
    dataType: 'location_precise',
    grade: 'probable',
    value: `${lat.value},${lng.value}`,
    trace: [
      {
        rule: 'coordinate-metres',
        text: {
          zh: `墨卡托投影的米制坐标，位于中国范围内，另一半在 ${lng.path}`,
          en: `metres of the Mercator projection within China, the other half at ${lng.path}`,
        },
      },
    ],
    passRate: 1e-3,
  });
  return { candidate, absorbs: [lat.path, lng.path] };
}
