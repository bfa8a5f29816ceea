import type { Field } from '../model/field.js';
import { member } from './path.js';

/** The step that takes a name for the value it is. */
export const NAME_STEP = 'name';

/** Shortest of them: `a@b.cn`. */
const SHORTEST = 6;
/**
 * An address of mail, a mobile number, and what has as many digits as an IMEI (15) or a resident's number (18) by itself. What is said of a property
 * stands under a name like an address (OData JSON Format 4.01, section 4.6: `members@odata.bind`, `name@Org.Example.Term`).
 */
const VALUE =
  /^[\w.%+-]{1,64}@(?!odata\.)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}$|^(?:\+?86)?1[3-9]\d{9}$|^\d{15}$|^\d{17}[\dXx]$/;

/** Whether a name in a document is a value by itself, as in address books that are kept by number: `{"13900000000": "张三"}`. */
export function isValueName(name: string): boolean {
  return name.length >= SHORTEST && VALUE.test(name);
}

/**
 * The names on the way to a field that are values, as fields of their own: their path ends at the name, with one more step.
 * @param seen paths of those that were given before.
 */
export function namesAsFields({ path, part, keys, steps, group }: Field, seen: Set<string>): readonly Field[] {
  const found: Field[] = [];
  for (const [index, value] of keys.entries()) {
    if (!isValueName(value)) continue;
    const segment = member('', value);
    const at = path.indexOf(segment);
    const own = `${at < 0 ? path : path.slice(0, at + segment.length)}|${NAME_STEP}`;
    if (seen.has(own)) continue;
    seen.add(own);
    found.push({ path: own, part, keys: keys.slice(0, index), value, kind: 'string', steps: [...steps, NAME_STEP], group });
  }
  return found;
}
