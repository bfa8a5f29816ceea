import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import type { Grade } from '../../model/finding.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName, leafPhrase, phraseOf } from '../keys.js';
import { namesOffer } from '../offers.js';
import { areClasses, areSettings, isPackageName, mayHoldPackages, validator as packageText } from '../validators/package-list.js';

/**
 * Three or more package names in one array or one text are a list of apps. A stack trace, a permission list and an ad request's
 * list of blocked apps (OpenRTB `bapp`) hold such names too and are none.
 */
const APPS =
  /(?:apps?|app ?lists?|applists?|packages?|package ?names?|pkgs?|pkg ?lists?|installs?|installed|install ?list|softs?|softwares?|inventory|applications?|应用列表|已装应用)$/;
const RUNNING = /(?:running|process|processes|task|tasks|top ?activity|foreground)/;
const NOT_APPS =
  /(?:bapp|badv|permission|stack|trace|exception|crash|class|activity|component|provider|sdk|plugin|module|dependency|log|feature|scheme|white|black|deny|allow)/;
const OF_STORE = /^(?:rank|ranking|downloads?|downloadnum|downloadurl|apkurl|pos|position|developer|screenshots?)$/;
const ENOUGH = 3;
/** As many are enough with the moment that each was installed or brought up to date, which only the phone knows. */
const ENOUGH_DATED = 2;
const DATED = /(?:^| )(?:first |last )?(?:install|installed|installation|update|updated) ?(?:time|date|at|ts|timestamp)$/;

export const composite: Composite = {
  named: (keys) => isMapped(keys),
  triggers: ({ kind, value, path }, named) =>
    named || (kind === 'string' && value.includes('.') && (isPackageName(value) ? path.includes('[') : mayListPackages(value))),
  spares: true,
  find(scope) {
    const found: CompositeFinding[] = [];
    // Every package name in an array triggers, so that none of them is a leaf that nobody wanted; how long the array is, those tell as well.
    for (const list of holdsEnough(scope.decoded.fields) ? scope.whole.lists : []) {
      const packages = new Map<string, Field>();
      // A list within the element is a list of its own.
      for (const element of list.elements)
        for (const field of element)
          if (field.kind === 'string' && isPackageName(field.value) && !field.path.slice(list.path.length + 1).includes('['))
            packages.set(field.value, field);
      if (packages.size < ENOUGH_DATED || packages.size < list.elements.length * 0.6) continue;
      if (areClasses([...packages.keys()]) || areSettings([...packages.keys()])) continue;
      const name = list.keys.map(phraseOf).join(' ');
      if (NOT_APPS.test(name)) continue;
      const isCatalogue = list.elements.some((element) => element.some(({ keys }) => namesOffer(keys) || OF_STORE.test(leafName(keys))));
      const first = [...packages.values()][0] as Field;
      const member = list.elements[0]?.length === 1 ? '' : leafPhrase(first.keys);
      const named = APPS.test(name) || /^(?:pkg|package|package ?name|pkg ?name|bundle ?id|app ?id|p|pn)$/.test(member);
      if (packages.size < ENOUGH && !(named && list.elements.every(isDated))) continue;
      found.push(
        listOf(
          scope,
          first,
          list.path,
          [...packages.keys()],
          gradeOf(scope, isCatalogue, named || RUNNING.test(name) ? 'strong' : 'probable'),
          RUNNING.test(name),
          [...packages.values()].map((field) => field.path),
        ),
      );
    }
    for (const [path, fields] of mapsOf(scope.whole.decoded.fields))
      if (fields.length >= ENOUGH) {
        const names = fields.map(({ keys }) => keys[keys.length - 1] ?? '');
        found.push(listOf(scope, fields[0] as Field, path, names, gradeOf(scope, false, 'strong'), false, []));
      }
    for (const field of scope.decoded.fields) {
      if (field.kind !== 'string' || field.opened || !mayListPackages(field.value)) continue;
      const passed = packageText.check(field.value.slice(0, limits.fieldText));
      if (!passed) continue;
      const name = field.keys.map(phraseOf).join(' ');
      if (NOT_APPS.test(name)) continue;
      const named = APPS.test(name) || RUNNING.test(name);
      found.push(
        listOf(
          scope,
          field,
          field.path,
          passed.normalised.split(','),
          gradeOf(scope, false, named ? 'strong' : 'candidate'),
          RUNNING.test(name),
          [field.path],
          field.value,
        ),
      );
    }
    return found;
  },
};

/** `{ installedApps: { "com.example.a": "8.0.1" } }`: the app's version or title under its package. */
function isMapped(keys: readonly string[]): boolean {
  const own = keys[keys.length - 1] ?? '';
  if (!own.includes('.') || !isPackageName(own)) return false;
  const name = phraseOf(keys[keys.length - 2] ?? '');
  return APPS.test(name) && !NOT_APPS.test(name) && !RUNNING.test(name);
}

function mapsOf(fields: readonly Field[]): ReadonlyMap<string, readonly Field[]> {
  const maps = new Map<string, Field[]>();
  for (const field of fields) {
    if (!isMapped(field.keys)) continue;
    const path = field.path.slice(0, field.path.lastIndexOf('["'));
    const map = maps.get(path);
    if (map) map.push(field);
    else maps.set(path, [field]);
  }
  return maps;
}

function isDated(element: readonly Field[]): boolean {
  return element.some(({ keys, value }) => value.trim() !== '' && DATED.test(leafPhrase(keys)));
}

/** What a server hands out are packages to look for; what a shop of apps shows is known by its ratings, its downloads and its places. */
function gradeOf({ decoded }: CompositeScope, isCatalogue: boolean, grade: Grade): Grade {
  return decoded.direction === 'response' || isCatalogue ? 'candidate' : grade;
}

/** Whether a message has package names enough for a list of them. */
function holdsEnough(fields: readonly Field[]): boolean {
  const names = new Set<string>();
  for (const { kind, value, path } of fields) {
    if (kind === 'string' && value.includes('.') && isPackageName(value) && path.includes('[')) names.add(value);
    if (names.size >= ENOUGH_DATED) return true;
  }
  return false;
}

/** Three names with a point each and two separators between them. */
function mayListPackages(value: string): boolean {
  if (value.length < 20) return false;
  let points = 0;
  let separators = 0;
  const end = Math.min(value.length, limits.fieldText);
  for (let index = 0; index < end && (points < ENOUGH || separators < ENOUGH - 1); index++) {
    const code = value.charCodeAt(index);
    if (code === 0x2e) points++;
    else if (code <= 0x20 || code === 0x2c || code === 0x3b || code === 0x7c || code === 0x23 || code === 0x26 || code >= 0x80)
      separators++;
  }
  return points >= ENOUGH && separators >= ENOUGH - 1 && mayHoldPackages(value);
}

function listOf(
  scope: CompositeScope,
  at: Field,
  path: string,
  names: readonly string[],
  grade: Grade,
  running: boolean,
  absorbs: readonly string[],
  value = names.slice(0, 50).join(','),
): CompositeFinding {
  const candidate = readAsOne(scope.decoded, at, {
    dataType: running ? 'running_processes' : 'installed_apps',
    grade,
    value,
    path,
    trace: [{ rule: 'package-list', text: { zh: `${names.length} 个不同的应用包名`, en: `${names.length} different package names` } }],
    passRate: 1e-6,
  });
  return { candidate, absorbs };
}
