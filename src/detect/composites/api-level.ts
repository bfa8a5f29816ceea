import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `sdkVersion: 18` beside Android 4.3: a program has editions as well, and only a level of the system's interface agrees with the release
 * that stands in the same object.
 */
const NAME =
  /^(?:(?:android|os|system|sys|device|dev|phone|mobile|build|client|share|ugshareos)?(?:sdk|api)(?:version|ver|level|int|code)?(?:code|int)?|(?:android|os|system|sys)(?:version|ver)(?:code|int|num|number|level)|versionsdk(?:int)?)$/;
const LEVEL = /^(?:1[6-9]|2\d|3[0-6])$/;
const RELEASE = /^(?:android[ _/-]?)?v?(\d{1,2})(?:\.(\d))?(?:\.\d{1,2})?$/i;
/** Android developer documentation, "Codenames, tags, and build numbers": from release 9 on the first number alone counts. */
const LEVELS: ReadonlyMap<string, readonly number[]> = new Map([
  ['4.1', [16]],
  ['4.2', [17]],
  ['4.3', [18]],
  ['4.4', [19, 20]],
  ['5.0', [21]],
  ['5.1', [22]],
  ['6.0', [23]],
  ['7.0', [24]],
  ['7.1', [25]],
  ['8.0', [26]],
  ['8.1', [27]],
  ['9', [28]],
  ['10', [29]],
  ['11', [30]],
  ['12', [31, 32]],
  ['13', [33]],
  ['14', [34]],
  ['15', [35]],
  ['16', [36]],
]);

export const composite: Composite = {
  spares: true,
  named: (keys) => NAME.test(leafName(keys)),
  triggers: ({ value }, named) => named && LEVEL.test(value),
  find({ candidates, decoded, groups }) {
    const sure = surePaths(candidates, 'os_version');
    if (sure.size === 0) return [];
    return [...groups.values()].flatMap((fields): CompositeFinding[] => {
      const levels = new Set(fields.flatMap(({ path, value }) => (sure.has(path) ? levelsOf(value) : [])));
      if (levels.size === 0) return [];
      return fields.flatMap((field): CompositeFinding[] =>
        NAME.test(leafName(field.keys)) && LEVEL.test(field.value) && !sure.has(field.path) && levels.has(Number(field.value))
          ? [{ candidate: readTogether(decoded, field, 'os_version', line), absorbs: [] }]
          : [],
      );
    });
  },
};

/** The levels of the interface that a release of Android has. */
function levelsOf(release: string): readonly number[] {
  const [, major = '', minor = '0'] = RELEASE.exec(release.trim()) ?? [];
  return LEVELS.get(major) ?? LEVELS.get(`${major}.${minor}`) ?? [];
}

const line = {
  rule: 'api-level',
  text: {
    zh: '与同一对象内安卓版本相符的系统接口级别（API level）',
    en: 'the level of the system’s interface that belongs to the release of Android in the same object',
  },
} as const;
