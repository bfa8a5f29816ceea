import type { Field } from '../../model/field.js';
import type { TraceLine } from '../../model/finding.js';
import { readTogether } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { describesDevice } from '../corroboration.js';
import { isMachine } from '../device-models.js';
import { groupsOf } from '../groups.js';
import { leafName, leafWords } from '../keys.js';

/**
 * `width` and `height`, `dvw` and `dvh`, or `1080x2400` under any name: of a screen, a picture or an advertisement. In an object with other device data
 * they are the screen's, where both sides are as long as a panel's, no advertisement has that size and no picture is named.
 */
const OTHERS = 2;
/** `sw` and `sh`, `screenWidth`: what has a name for it is rarely anything else. */
const OTHERS_OF_SCREENS = 1;
/** Phones are held upright, and are from 16:9 up to 22:9; pictures and advertisements are seldom so tall. */
const UPRIGHT = 16 / 9 - 0.02;
const TALLEST = 22 / 9;
/** Names of lists of its numbers. */
const OF_LIST = /^(?:screen|device|display)?(?:resolution|reso|screensize|displaymetrics|metrics)$|^screen$/;
const MOST_LISTED = 8;
const COUNTED = /^\d{1,4}(?:\.\d{1,10})?$/;
const OF_SCREEN = /^(?:s|sc|scr|screen|disp|display|dvc|dev|device|phone)(?:width|wid|w|height|hei|hgt|h)$/;
/** The smallest panel of a phone still in use is 320 by 480, the largest of a tablet under 4,000. */
const SHORT_SIDE = 320;
const LONG_SIDE = 480;
const LONGEST_SIDE = 4_000;
/** IAB New Ad Portfolio: sizes of interstitials and billboards that would pass for a panel; previews of a link (Open Graph, 1.91:1). */
const SLOTS = new Set([
  '320x480',
  '480x320',
  '970x250',
  '768x1024',
  '1024x768',
  '1080x1080',
  '1200x627',
  '1200x628',
  '1200x630',
  '600x315',
  '1080x566',
]);
/** Four digits, a point and six more, as C prints a number. */
const LONGEST_WRITTEN = 11;
const SIDE = /^(\d{3,4})(?:\.0+)?$/;
const PAIR = /^(\d{3,4})(?: ?[xX×*] ?|[_:,|])(\d{3,4})$/;
/**
 * Panels are longer than wide, up to 21:9 and a little beyond. Other separators than a cross part much else (`wm=2468_1001` is the shop that
 * Weibo was got from), so that there the name has to speak of a screen or a size, or the shorter side
 * has to be as wide as phones are.
 */
const CROSS = /[xX×*]/;
const NAMED =
  /^(?:s|sc|scr|scrn|sr|ss|screen|disp|display|resolution|resolving|reso|res|rl|size|wh|hw|dm|pixel|pixels|px|panel|lcd|metrics|fbl)/;
/** Shorter sides of the panels and layouts of phones and tablets, in pixels and in points. */
const WIDTHS = new Set([
  320, 360, 375, 384, 390, 393, 411, 412, 414, 428, 480, 540, 600, 640, 720, 750, 768, 800, 828, 1080, 1125, 1170, 1179, 1200, 1206, 1220,
  1242, 1284, 1290, 1440, 1536, 1600,
]);
const LEAST_RATIO = 1.3;
const MOST_RATIO = 2.5;
/**
 * `width`, `scr_w`, `dvw`: what stands before the side names whose it is, and has to be the same for both. Before a single letter only
 * words for a screen count: `biw` is the window of a browser, `adw` an advertisement.
 */
const WIDTH =
  /^(.*?)(?:width|wid|horizontal(?:resolution|pixels?))$|^((?:s|sc|scr|screen|d|dv|dvc|dev|device|disp|display|u|p|px|r|res|phone)?)w$/;
const HEIGHT =
  /^(.*?)(?:height|hei|hgt|vertical(?:resolution|pixels?))$|^((?:s|sc|scr|screen|d|dv|dvc|dev|device|disp|display|u|p|px|r|res|phone)?)h$/;
const DRAWN = new Set(
  'img image images pic picture photo thumb thumbnail cover icon avatar video live banner ad ads slot format crop resize poster frame canvas page'.split(
    ' ',
  ),
);

export const composite: Composite = {
  spares: true,
  // All below a list of a screen's numbers: it is read whole.
  named: (keys) => WIDTH.test(leafName(keys)) || isOfList(keys),
  triggers: ({ value, path }, named) => isSide(value, named) || isPair(value) || (named && path.includes('[')),
  find(scope) {
    const found: CompositeFinding[] = [];
    if (scope.decoded.fields.some(({ keys }) => isOfList(keys)))
      for (const list of scope.lists) if (OF_LIST.test(leafName(list.keys))) found.push(...listed(scope, list));
    const asked = groupsToAsk(scope);
    if (asked.size === 0) return found;
    const sure = sureIn(asked, scope);
    for (const group of asked) if (sure.get(group) === undefined) asked.delete(group);
    if (asked.size === 0) return found;
    const around = scope.among(({ group }) => asked.has(group), isOfSides);
    const groups = groupsOf(around.filter(({ group, value }) => asked.has(group) && isOfSides(value)));
    for (const group of asked) {
      const fields = groups.get(group) ?? [];
      const { others, kinds, paths } = sure.get(group)!;
      const told = new Set(paths);
      const apart = apartIn(fields);
      for (const [sides, repeated] of [
        [apart, repeatsOf(apart, fields)],
        [pairsIn(fields), []],
      ] as const) {
        if (sides.length === 0) continue;
        const named = sides.every(({ keys }) => OF_SCREEN.test(leafName(keys)));
        const one = named || (isUpright(sides) && [...others].some((type) => isOnePhones(scope, type)));
        if (kinds.size < (one ? OTHERS_OF_SCREENS : OTHERS)) continue;
        for (const field of [...sides, ...repeated]) {
          if (told.has(field.path)) continue;
          told.add(field.path);
          found.push(finding(scope, field, kinds.size));
        }
      }
    }
    return found;
  },
};

const ofLists = new WeakMap<readonly string[], boolean>();

/** Whether anything on the way is called like a list of a screen's numbers; the lists of a message are put together only where it is. */
function isOfList(keys: readonly string[]): boolean {
  let is = ofLists.get(keys);
  if (is === undefined) {
    is = keys.some((key) => OF_LIST.test(leafName([key])));
    ofLists.set(keys, is);
  }
  return is;
}

/** `resolution: [3.0, 1080, 1920]`: two numbers in a row that are sides, and what else is counted there. */
function listed(scope: CompositeScope, { elements }: FieldList): CompositeFinding[] {
  const fields = elements.flatMap((element) => (element.length === 1 ? element : []));
  if (fields.length !== elements.length || fields.length > MOST_LISTED || !fields.every(({ value }) => COUNTED.test(value))) return [];
  const isPanelAt = (index: number) => isPanel(Number(fields[index]?.value), Number(fields[index + 1]?.value));
  if (!fields.some((_, index) => index + 1 < fields.length && isPanelAt(index))) return [];
  return fields.map((field) => ({ candidate: readTogether(scope.decoded, field, 'screen_info', listLine), absorbs: [] }));
}

const listLine: TraceLine = {
  rule: 'screen-sides',
  text: { zh: '屏幕名下的一组数，其中两个合乎屏幕尺寸', en: 'numbers under the name of a screen, two of them of a screen’s size' },
};

/** `iPhone13,2`. */
function isMachineName(value: string): boolean {
  return value.length <= 48 && value.includes(',') && isMachine(value);
}

function isSide(value: string, named: boolean): boolean {
  return named && value.length >= 3 && value.length <= LONGEST_WRITTEN && SIDE.test(value);
}

/** `1080x2400`; asked of every field, so lengths come first. */
function isPair(value: string): boolean {
  return value.length >= 7 && value.length <= 11 && PAIR.test(value);
}

function isOfSides(value: string): boolean {
  return isSide(value, true) || isPair(value);
}

function groupsToAsk({ decoded }: CompositeScope): Set<number> {
  const groups = new Set<number>();
  for (const { group, keys, value } of decoded.fields)
    if (isPair(value) || (isSide(value, true) && WIDTH.test(leafName(keys)))) groups.add(group);
  return groups;
}

/** What is sure in an object: types other than that of a screen, those of device data among them, and where anything is. */
interface Sure {
  readonly others: Set<string>;
  readonly kinds: Set<string>;
  readonly paths: string[];
}

/** `resolution: { w, h }`: such an object holds nothing else, and what describes the device stands beside it. @returns beginning of the paths there -> group. */
function objectsOfScreens(groups: ReadonlySet<number>, { decoded }: CompositeScope): Map<string, number> {
  const beside = new Map<string, number>();
  for (const { group, keys, path } of decoded.fields) {
    if (keys.length < 2 || !groups.has(group)) continue;
    const [object = '', own = ''] = keys.slice(-2);
    const end = `${object}.${own}`;
    if (OF_LIST.test(leafName([object])) && path.endsWith(`.${end}`)) beside.set(path.slice(0, -end.length), group);
  }
  return beside;
}

/** Of those groups in which something is sure of a device; without it sides do not count. */
function sureIn(groups: ReadonlySet<number>, scope: CompositeScope): Map<number, Sure> {
  const { decoded, candidates, groupOf, types } = scope;
  const beside = objectsOfScreens(groups, scope);
  const all = new Map<number, Sure>();
  const sureOf = (group: number) => {
    let sure = all.get(group);
    if (sure === undefined) {
      sure = { others: new Set(), kinds: new Set(), paths: [] };
      all.set(group, sure);
    }
    return sure;
  };
  for (let index = 0; index < candidates.length; index++) {
    const { grade, dataType, path } = candidates[index]!.evidence;
    const group = groupOf(index);
    if (grade === 'candidate') continue;
    const add = (to: number) => {
      const { others, kinds, paths } = sureOf(to);
      paths.push(path);
      if (dataType === 'screen_info') return;
      others.add(dataType);
      if (describesDevice(types.get(dataType))) kinds.add(dataType);
    };
    if (groups.has(group)) add(group);
    const inner = beside.size === 0 ? undefined : beside.get(path.slice(0, path.lastIndexOf('.') + 1));
    if (inner !== undefined && inner !== group) add(inner);
  }
  // What iOS calls a device says so under any name.
  for (const { group, value } of decoded.fields) {
    if (!isMachineName(value) || !groups.has(group)) continue;
    const { others, kinds } = sureOf(group);
    others.add('device_model');
    if (describesDevice(types.get('device_model'))) kinds.add('device_model');
  }
  for (const [group, { kinds }] of all) if (kinds.size === 0) all.delete(group);
  return all;
}

/** Width and height in fields of their own. */
function apartIn(fields: readonly Field[]): readonly Field[] {
  for (const width of fields) {
    const stem = isSide(width.value, true) ? stemOf(width, WIDTH) : null;
    if (stem === null) continue;
    const height = fields.find((field) => isSide(field.value, true) && stemOf(field, HEIGHT) === stem);
    if (height !== undefined && isPanel(Number(width.value), Number(height.value))) return [width, height];
  }
  return [];
}

/** Both in one field. */
function pairsIn(fields: readonly Field[]): readonly Field[] {
  return fields.filter((field) => {
    const pair = isPair(field.value) ? PAIR.exec(field.value) : null;
    if (pair === null || isDrawn(field)) return false;
    const [one, other] = [Number(pair[1]), Number(pair[2])];
    const ratio = Math.max(one, other) / Math.min(one, other);
    if (!isPanel(one, other)) return false;
    return CROSS.test(field.value) || (ratio >= LEAST_RATIO && ratio <= MOST_RATIO && (isNamed(field) || WIDTHS.has(Math.min(one, other))));
  });
}

/** `rp=1080_1920` beside `w=1080` and `h=1920`: the same once more, whatever its name. */
function repeatsOf([width, height]: readonly Field[], fields: readonly Field[]): readonly Field[] {
  if (width === undefined || height === undefined || isPair(width.value)) return [];
  const sides = [Number(width.value), Number(height.value)].sort((one, other) => one - other).join();
  return fields.filter((field) => {
    const pair = isPair(field.value) ? PAIR.exec(field.value) : null;
    const own = [Number(pair?.[1]), Number(pair?.[2])].sort((one, other) => one - other).join();
    return pair !== null && own === sides && !isDrawn(field);
  });
}

function isNamed({ keys }: Field): boolean {
  return leafWords(keys).some((word) => NAMED.test(word));
}

/** What tells one phone or one make of it; pages and programs name a system as well. */
function isOnePhones({ types }: CompositeScope, type: string): boolean {
  return type === 'device_model' || (types.get(type)?.family === 'device_id' && types.get(type)?.identifier !== null);
}

/** Width and height of a phone that is held upright, each in a field of its own. */
function isUpright(sides: readonly Field[]): boolean {
  const [width, height] = sides;
  if (width === undefined || height === undefined || sides.length !== 2 || isPair(width.value)) return false;
  const ratio = Number(height.value) / Number(width.value);
  return ratio >= UPRIGHT && ratio <= TALLEST;
}

/** What stands before the side in a field's name; null where the name is none or that of something drawn. */
function stemOf(field: Field, side: RegExp): string | null {
  const hit = side.exec(leafName(field.keys));
  return hit === null || isDrawn(field) ? null : (hit[1] ?? hit[2] ?? '');
}

function isDrawn({ keys }: Field): boolean {
  return leafWords(keys).some((word) => DRAWN.has(word.replace(/(?:width|height)$/, '')));
}

function isPanel(width: number, height: number): boolean {
  const long = Math.max(width, height);
  return Math.min(width, height) >= SHORT_SIDE && long >= LONG_SIDE && long <= LONGEST_SIDE && !SLOTS.has(`${width}x${height}`);
}

function finding({ decoded }: CompositeScope, field: Field, others: number): CompositeFinding {
  const candidate = readTogether(decoded, field, 'screen_info', {
    rule: 'screen-sides',
    text: {
      zh: `宽高合乎屏幕尺寸，同一对象内另有 ${others} 类设备特征`,
      en: `sides of a screen’s size, and the same object holds ${others} other kinds of device data`,
    },
  });
  return { candidate, absorbs: [] };
}
