import type { Field } from '../../model/field.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { type KeyDictionary, type KeyMatch, leafName } from '../keys.js';

/** Types of values that are sent as lists too: what was looked at, with its time. */
const LISTED = new Set(['browsing_history']);
/**
 * Lists whose name alone says what they hold (friends, favourites, calendar, contacts): one piece of evidence for the list. What
 * their elements must look like before the name counts is said by the composites of their own; this one takes the rest.
 */
const OWN_COMPOSITES = new Set(['contacts', 'call_log', 'sms', 'wifi_list', 'location_track', 'photo_video', 'photo_exif_gps']);

/** Columns of a list of the same name that is of something else: a doctor's schedule has places left, a team's roster the numbers of its players. */
const OTHERWISE: ReadonlyMap<string, RegExp> = new Map([
  ['calendar', /^(?:left|remain|remaining|have|surplus|available)(?:count|num|number)?$|price$|fee$|^(?:dept|doctor)/],
  ['im_contact_list', /^(?:number|jersey(?:no|num|number)?|position|goals)$/],
]);

/** Whether the rows of a list say that it is none of the type. */
function isOtherwise(type: string, elements: ReadonlyArray<readonly Field[]>): boolean {
  const columns = OTHERWISE.get(type);
  return columns !== undefined && elements.every((element) => element.some(({ keys }) => columns.test(leafName(keys))));
}

/** The container that a list of this name is. */
function containerOf(keys: readonly string[], dictionary: KeyDictionary): KeyMatch | undefined {
  return dictionary
    .lookup(keys)
    .find(
      ({ type, weak, reach }) =>
        (type.detectable === 'container' || LISTED.has(type.id)) &&
        !OWN_COMPOSITES.has(type.id) &&
        !weak &&
        reach === 'full' &&
        type.detect.withKey !== null,
    );
}

export const composite: Composite = {
  named: (keys, dictionary) => keys.some((_, index) => containerOf(keys.slice(0, index + 1), dictionary) !== undefined),
  triggers: (_, named) => named,
  find({ lists, decoded, dictionary }) {
    const found: CompositeFinding[] = [];
    for (const list of lists) {
      const first = list.elements[0]?.[0] as Field;
      if (list.elements.every((element) => element.every((field) => field.value.trim() === ''))) continue;
      const match = containerOf(list.keys, dictionary);
      if (!match || isOtherwise(match.type.id, list.elements)) continue;
      const count = list.elements.length;
      const candidate = readAsOne(decoded, first, {
        dataType: match.type.id,
        grade: 'probable',
        value: firstOf(list.elements, ' ', '; '),
        path: list.path,
        trace: [
          {
            rule: 'named-list',
            text: { zh: `名为“${match.key}”的列表，${count} 项`, en: `a list named "${match.key}" with ${count} elements` },
          },
        ],
        passRate: 1,
        keyLength: match.key.length,
      });
      found.push({ candidate, absorbs: [] });
    }
    return found;
  },
};
