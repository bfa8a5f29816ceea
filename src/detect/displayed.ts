import type { Field } from '../model/field.js';
import { leafName } from './keys.js';

/** `display name`: of a person, of a device, of an app. What stands beside it says whose. */

/** What a person has and no device. */
export const DISPLAYED: ReadonlySet<string> = new Set(['gender', 'birth_date', 'email', 'avatar', 'password']);
/** Where an app describes itself, the name that it displays is its own. */
const OF_APP = /^(?:app|application|package|bundle|channel|product)(?:name|id|key)$|^package$/;

/** Whether a displayed name is a person's. @param kinds types that are sure in the same object. @param neighbours all fields of it. */
export function isPersons(kinds: ReadonlySet<string>, neighbours: readonly Field[]): boolean {
  return [...kinds].some((kind) => DISPLAYED.has(kind)) && !neighbours.some(({ keys }) => OF_APP.test(leafName(keys)));
}
