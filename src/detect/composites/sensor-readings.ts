import type { Field } from '../../model/field.js';
import { readAsOne, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords, phraseOf } from '../keys.js';

/**
 * Readings of the motion sensors: two to four numbers in a row, or under x, y and z, where a name above them or a word beside them is a
 * sensor's (android.hardware.Sensor string types, CoreMotion). From enough of them a single phone is known again, and what its owner does.
 */
const SENSOR =
  /^(?:sensors?|accelerometers?|accelero|accel|acceleration|gyros?|gyroscopes?|magnetometers?|magnetic|barometer|linear ?acceleration|rotation ?vector|motion ?sensors?)$/;
/** `sensorEventInfoList`; a kit for analytics calls what it sends `sensorsData`. */
const SENSOR_EVENTS = /^sensors? (?:events?|readings?|values?|samples?)(?: (?:infos?|data|values?|lists?|records?)){0,2}$/;
/** Names of other things too, without the axes: pictures are laid out by gravity. */
const SHORT = /^(?:acc|gyr|mag|grav|gravity|magnet)$/;
const SENSOR_WORD =
  /^(?:android\.sensor\.)?(?:(?:[a-z0-9]{1,12} )?(?:accelerometer|gyroscope|magnetometer|magnetic[ _]field|gravity|linear[ _]acceleration|rotation[ _]vector))(?:[ _]uncalibrated)?$/i;
/** The last letters of those words, asked for before all of them. */
const ENDS = new Set('redynREDYN');
const AXES: readonly string[][] = [
  ['x', 'y', 'z'],
  ['alpha', 'beta', 'gamma'],
];
const AXIS_NAMES = new Set(AXES.flat());
/** `gravity`, and the longest of them as Android writes it with what a maker puts before it. */
const SHORTEST_WORD = 7;
const LONGEST_WORD = 48;
const MOST_AXES = 4;
const FRACTION = /^-?\d{1,4}\.\d{1,18}(?:e-?\d{1,2})?$/i;
const NUMBER = /^-?\d{1,4}(?:\.\d{1,18})?(?:e-?\d{1,2})?$/i;
const NAMES_ABOVE = 4;
/** What a sensor is made or set to, and no reading of it. */
const CALIBRATION = /^(?:bias|noise|scale|offset|drift|variance|covariance|calibration|matrix|range|resolution)$/;

export const composite: Composite = {
  named: (keys) => isUnderSensor(keys, AXIS_NAMES.has((keys[keys.length - 1] ?? '').toLowerCase())) || axisOf(keys) !== null,
  triggers: ({ kind, value }, named) => (kind === 'string' && isSensorWord(value)) || (named && FRACTION.test(value)),
  find(scope) {
    const found: CompositeFinding[] = [];
    const words = placesOfWords(scope.decoded.fields);
    // What a vendor's interface says of each number needs no saying together.
    const told = surePaths(scope.candidates, 'sensor_data');
    for (const { path, keys, elements } of scope.lists) {
      const readings = elements.flatMap((element) => (element.length === 1 ? element : []));
      if (readings.length !== elements.length || !areReadings(readings) || readings.some((field) => told.has(field.path))) continue;
      if (isUnderSensor(keys) || words.some((place) => path.startsWith(place))) found.push(finding(scope, readings, path));
    }
    for (const fields of scope.groups.values()) {
      for (const readings of prefixedAxesOf(fields))
        if (areReadings(readings)) found.push(finding(scope, readings, readings[0]?.path ?? ''));
      const readings = axesOf(fields);
      const first = readings[0];
      if (first === undefined || !areReadings(readings)) continue;
      const object = first.path.slice(0, first.path.lastIndexOf('.'));
      if (isUnderSensor(first.keys.slice(0, -1), true) || words.some((place) => first.path.startsWith(place)))
        found.push(finding(scope, readings, object));
    }
    return found;
  },
};

function isUnderSensor(keys: readonly string[], axes = false): boolean {
  if (CALIBRATION.test(phraseOf(keys[keys.length - 1] ?? ''))) return false;
  return keys.slice(-NAMES_ABOVE).some((key) => {
    const name = phraseOf(key);
    return SENSOR.test(name) || SENSOR_EVENTS.test(name) || (axes && SHORT.test(name));
  });
}

function isSensorWord(value: string): boolean {
  return value.length >= SHORTEST_WORD && value.length <= LONGEST_WORD && ENDS.has(value[value.length - 1]!) && SENSOR_WORD.test(value);
}

/** Paths of the objects that a word such as ACCELEROMETER stands in. */
function placesOfWords(fields: readonly Field[]): readonly string[] {
  const places: string[] = [];
  for (const { kind, value, path } of fields)
    if (kind === 'string' && isSensorWord(value)) places.push(path.slice(0, path.lastIndexOf('.') + 1));
  return places;
}

function areReadings(fields: readonly Field[]): boolean {
  if (fields.length < 2 || fields.length > MOST_AXES) return false;
  return fields.every(({ value }) => NUMBER.test(value)) && fields.some(({ value }) => FRACTION.test(value));
}

function axesOf(fields: readonly Field[]): readonly Field[] {
  for (const axes of AXES) {
    const readings = axes.flatMap((axis) => fields.find(({ keys }) => (keys[keys.length - 1] ?? '').toLowerCase() === axis) ?? []);
    if (readings.length === axes.length) return readings;
  }
  return [];
}

/** `accX`, `gyro_y`: the sensor with its axis. */
function axisOf(keys: readonly string[]): { readonly sensor: string; readonly axis: string } | null {
  const words = leafWords(keys);
  const axis = words[words.length - 1] ?? '';
  const sensor = words.slice(0, -1).join(' ');
  return (axis === 'x' || axis === 'y' || axis === 'z') && (SENSOR.test(sensor) || SHORT.test(sensor)) ? { sensor, axis } : null;
}

function prefixedAxesOf(fields: readonly Field[]): ReadonlyArray<readonly Field[]> {
  const sensors = new Map<string, Map<string, Field>>();
  for (const field of fields) {
    const named = axisOf(field.keys);
    if (named === null) continue;
    const axes = sensors.get(named.sensor) ?? new Map();
    axes.set(named.axis, field);
    sensors.set(named.sensor, axes);
  }
  return [...sensors.values()].flatMap((axes) => (axes.size === 3 ? [[...axes.values()]] : []));
}

function finding({ decoded }: CompositeScope, readings: readonly Field[], path: string): CompositeFinding {
  const candidate = readAsOne(decoded, readings[0] as Field, {
    dataType: 'sensor_data',
    grade: 'probable',
    value: readings.map(({ value }) => value).join(','),
    path,
    trace: [
      {
        rule: 'sensor-readings',
        text: { zh: `传感器名称下的 ${readings.length} 个读数`, en: `${readings.length} readings under the name of a sensor` },
      },
    ],
    passRate: 1e-3,
  });
  return { candidate, absorbs: readings.map((field) => field.path) };
}
