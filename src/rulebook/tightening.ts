import type { Category, Item } from '../model/rulebook.js';
import { byText } from '../model/text.js';
import type { Rule } from './folder.js';

type CategoryRule = Rule<Category>;

/**
 * A user's own pack may add categories and tighten lists. Widening an official list is refused: the tool would call necessary
 * what the law does not.
 * @returns the categories of both, in order of their numbers; what the user's pack wrote is marked with its `policy`.
 * @throws RuleError at the key that widens.
 */
export function tightened(
  base: readonly CategoryRule[],
  own: readonly CategoryRule[],
  packs: { readonly own: string; readonly base: string },
): readonly CategoryRule[] {
  const rules = new Map(base.map((rule) => [rule.value.id, rule]));
  for (const rule of own) {
    const before = rules.get(rule.value.id)?.value;
    if (before === undefined) {
      const holder = base.find((other) => other.value.no === rule.value.no)?.value;
      if (holder !== undefined)
        throw rule.document.problem({
          path: ['no'],
          message: {
            zh: `在 ${packs.base} 中 ${rule.value.no} 是“${holder.id}”；新的 App 类型须用新的编号`,
            en: `${rule.value.no} is "${holder.id}" in ${packs.base}; a new category takes a new number`,
          },
        });
    } else checkTightened(rule, before, packs.base);
    const narrowed = narrowedFrom(before, rule.value);
    const policy = { pack: packs.own, removed: removedFrom(before, rule.value), ...(narrowed.length === 0 ? {} : { narrowed }) };
    rules.set(rule.value.id, { ...rule, value: { ...rule.value, policy } });
  }
  return [...rules.values()].sort((a, b) => a.value.no - b.value.no);
}

/** What the published list has and the tightened one has not, over all packs in between; null where no published list stands behind it. */
function removedFrom(before: Category | undefined, after: Category): readonly string[] | null {
  if (before === undefined || before.policy?.removed === null) return null;
  const kept = new Set(after.items?.flatMap((item) => item.fields));
  const listed = (before.items ?? []).flatMap((item) => item.fields);
  return [...new Set([...(before.policy?.removed ?? []), ...listed])].filter((field) => !kept.has(field)).sort(byText);
}

/** What the published list has without a condition and the tightened one under one only, over all packs in between. */
function narrowedFrom(before: Category | undefined, after: Category): readonly string[] {
  if (before === undefined || before.policy?.removed === null) return [];
  const free = freeOf(before.items);
  const kept = freeOf(after.items);
  const listed = new Set(after.items?.flatMap((item) => item.fields));
  return [...new Set([...(before.policy?.narrowed ?? []), ...free])].filter((field) => listed.has(field) && !kept.has(field)).sort(byText);
}

/** Data types that are listed without a condition. */
function freeOf(items: readonly Item[] | null): ReadonlySet<string> {
  return new Set(
    (items ?? []).flatMap((item) =>
      item.condition === null ? item.fields.filter((field) => item.fieldConditions[field] === undefined) : [],
    ),
  );
}

function fieldsOf(items: readonly Item[] | null): readonly string[] {
  return (items ?? []).flatMap((item) => [...item.fields, ...(item.container?.fields ?? [])]);
}

function checkTightened(rule: Rule<Category>, before: Category, base: string): void {
  if (rule.value.no !== before.no)
    throw rule.document.problem({
      path: ['no'],
      message: { zh: `“${before.id}”在 ${base} 中的编号是 ${before.no}`, en: `"${before.id}" is number ${before.no} in ${base}` },
    });
  if (before.items === null) return;
  const listed = new Set(fieldsOf(before.items));
  const always = freeOf(before.items);
  for (const [index, item] of (rule.value.items ?? []).entries())
    for (const field of [...item.fields, ...(item.container?.fields ?? [])]) {
      if (!listed.has(field))
        throw rule.document.problem({
          path: ['items', index, 'fields'],
          message: {
            zh: `“${field}”不在 ${base} 的清单上；继承的规则包只能收紧`,
            en: `"${field}" is not on the list of ${base}; a pack that extends may only tighten`,
          },
        });
      const free = item.condition === null && item.fieldConditions[field] === undefined && item.fields.includes(field);
      if (free && !always.has(field))
        throw rule.document.problem({
          path: ['items', index, 'fields'],
          message: {
            zh: `“${field}”在 ${base} 中附有条件，条件不能去掉`,
            en: `"${field}" is listed under a condition in ${base}; the condition must stay`,
          },
        });
    }
}
