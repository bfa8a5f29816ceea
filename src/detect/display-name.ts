import type { Field } from '../model/field.js';
import { leafName } from './keys.js';

/** What a person has and no device: whose a `display name` is, what stands beside it says. */
export const OF_PERSON: ReadonlySet<string> = new Set(['gender', 'birth_date', 'email', 'avatar', 'password']);
/** Where an app describes itself, the name that it displays is its own. */
const OF_APP = /^(?:app|application|package|bundle|channel|product)(?:name|id|key)$|^package$/;

/** Whether a displayed name is a person's. @param kinds types that are sure in the same object. @param neighbours all fields of it. */
export function isPersons(kinds: ReadonlySet<string>, neighbours: readonly Field[]): boolean {
  return [...kinds].some((kind) => OF_PERSON.has(kind)) && !neighbours.some(({ keys }) => OF_APP.test(leafName(keys)));
}
