import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * Positions in metres of the Mercator projection, as Baidu's maps (bd09mc) and web maps (EPSG:3857) count them, under the names of degrees:
 * `lat=4115513.69&lng=1.2642806444422E7`. The box is that of China, 73 to 135 degrees east and 3.5 to 54 degrees north.
 */
const LAT = /^(.*?)(?:lat|latitude)$/;
const LNG = /^(.*?)(?:lng|lon|longitude)$/;
const METRES = /^\d(?:\d{5,7}(?:\.\d{1,12})?|\.\d{4,16}E[67])$/i;
const NORTH = [389_000, 7_170_000] as const;
const EAST = [8_120_000, 15_040_000] as const;
const LONGEST = 24;

export const composite: Composite = {
  named: (keys) => LAT.test(leafName(keys)),
  stirs: ({ value }, named) => named && isMetres(value),
  find(scope) {
    const found: CompositeFinding[] = [];
    for (const fields of scope.groups.values()) {
      for (const lat of fields) {
        const stem = isMetres(lat.value) && lies(lat, NORTH) ? LAT.exec(leafName(lat.keys))?.[1] : undefined;
        if (stem === undefined) continue;
        const lng = fields.find((field) => isMetres(field.value) && LNG.exec(leafName(field.keys))?.[1] === stem && lies(field, EAST));
        if (lng !== undefined) found.push(finding(scope, lat, lng));
      }
    }
    return found;
  },
};

function isMetres(value: string): boolean {
  return value.length >= 6 && value.length <= LONGEST && METRES.test(value);
}

function lies({ value }: Field, [least, most]: readonly [number, number]): boolean {
  return Number(value) >= least && Number(value) <= most;
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
