import type { Field } from '../model/field.js';

/** Whether a field is what a cookie itself holds, percent-decoded (some sites encode twice) or not, and nothing that was opened inside of it. */
export function isWholeCookie({ part, path }: Pick<Field, 'part' | 'path'>): boolean {
  return part === 'cookie' && !/\|(?!percent(?:\||$))/.test(path);
}
