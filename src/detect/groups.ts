import type { Field } from '../model/field.js';

/**
 * Fields by the object (query, form, header list) that they stand in.
 * @returns group number -> its fields, in the order of the message.
 */
export function groupsOf(fields: readonly Field[]): Map<number, Field[]> {
  const groups = new Map<number, Field[]>();
  for (const field of fields) {
    const group = groups.get(field.group);
    if (group) group.push(field);
    else groups.set(field.group, [field]);
  }
  return groups;
}
