import type { Category, Check, DataType, Family, ServiceData } from '../model/rulebook.js';
import type { Bilingual } from '../model/text.js';
import type { Rule } from './folder.js';

/** What rules may refer to. */
export interface Known {
  readonly families: ReadonlySet<string>;
  readonly dataTypes: ReadonlyMap<string, DataType>;
  readonly categories: ReadonlySet<string>;
}
type Path = PropertyKey[];

const noType = (id: string): Bilingual => ({ zh: `没有个人信息类型“${id}”`, en: `no data type "${id}"` });
const noFamily = (id: string): Bilingual => ({ zh: `没有族“${id}”`, en: `no family "${id}"` });
const otherName = (stem: string): Bilingual => ({ zh: `文件名为 ${stem}.yaml，与此不符`, en: `the file is called ${stem}.yaml` });

/** @throws RuleError at the second of two equal ids. */
export function checkUnique(
  rules: ReadonlyArray<{ readonly rule: Rule<unknown>; readonly id: string; readonly path: readonly PropertyKey[] }>,
): void {
  const seen = new Map<string, string>();
  for (const { rule, id, path } of rules) {
    const before = seen.get(id);
    if (before !== undefined)
      throw rule.document.problem({ path, message: { zh: `“${id}”已在 ${before} 中定义`, en: `"${id}" is already defined in ${before}` } });
    seen.set(id, rule.document.file);
  }
}

function refuse(rule: Rule<unknown>, path: Path, message: Bilingual): never {
  throw rule.document.problem({ path, message });
}

function checkTypes(rule: Rule<unknown>, path: Path, ids: readonly string[], known: Known): void {
  for (const [index, id] of ids.entries()) if (!known.dataTypes.has(id)) refuse(rule, [...path, index], noType(id));
}

/** @throws RuleError where the file has another name than the type, or there is no such family. */
export function checkDataType(rule: Rule<DataType>, known: Known): void {
  if (rule.value.id !== rule.stem) refuse(rule, ['id'], otherName(rule.stem));
  if (!known.families.has(rule.value.family)) refuse(rule, ['family'], noFamily(rule.value.family));
}

/** A field of an endpoint may name a data type only of this rulebook. */
export function checkEndpoint(
  rule: Rule<{ readonly endpoints: ReadonlyArray<{ readonly fields: ReadonlyArray<{ readonly type: string | null }> }> }>,
  known: Known,
): void {
  for (const [index, endpoint] of rule.value.endpoints.entries())
    for (const [at, field] of endpoint.fields.entries())
      if (field.type !== null && !known.dataTypes.has(field.type))
        refuse(rule, ['endpoints', index, 'fields', at, 'type'], noType(field.type));
}

/** Roles bridge only within their family: a bridge across families would let a list allow what it does not name. */
export function checkFamily(rule: Rule<unknown>, family: Family, path: readonly PropertyKey[], known: Known): void {
  const at = path.slice(0, -1);
  for (const [index, set] of (family.roles ?? []).entries()) {
    checkTypes(rule, [...at, 'roles', index], set, known);
    for (const [place, id] of set.entries())
      if (known.dataTypes.get(id)?.family !== family.id)
        refuse(rule, [...at, 'roles', index, place], {
          zh: `“${id}”不属于族“${family.id}”`,
          en: `"${id}" is not of family "${family.id}"`,
        });
  }
  for (const [from, to] of Object.entries(family.follows ?? {}))
    for (const id of [from, to]) if (!known.dataTypes.has(id)) refuse(rule, [...at, 'follows', from], noType(id));
}

/** @throws RuleError where the file has another name than the check, or a type or family of its scope is unknown. */
export function checkCheck(rule: Rule<Check>, known: Known): void {
  if (rule.value.id !== rule.stem) refuse(rule, ['id'], otherName(rule.stem));
  const scope = rule.value.scope ?? {};
  checkTypes(rule, ['scope', 'dataTypes'], scope.dataTypes ?? [], known);
  checkTypes(rule, ['scope', 'exceptDataTypes'], scope.exceptDataTypes ?? [], known);
  checkTypes(rule, ['scope', 'alsoTechnical'], scope.alsoTechnical ?? [], known);
  for (const [index, id] of (scope.families ?? []).entries())
    if (!known.families.has(id)) refuse(rule, ['scope', 'families', index], noFamily(id));
}

/** @throws RuleError where an item names a data type that there is not. */
export function checkCategory(rule: Rule<Category>, known: Known): void {
  for (const [index, item] of (rule.value.items ?? []).entries()) {
    checkTypes(rule, ['items', index, 'fields'], item.fields, known);
    checkTypes(rule, ['items', index, 'container', 'fields'], item.container?.fields ?? [], known);
  }
}

/** @throws RuleError where an entry names a data type or category that there is not. */
export function checkServiceData(rule: Rule<{ readonly serviceData: readonly ServiceData[] }>, known: Known): void {
  for (const [index, entry] of rule.value.serviceData.entries()) {
    if (!known.dataTypes.has(entry.field)) refuse(rule, ['serviceData', index, 'field'], noType(entry.field));
    for (const [place, id] of (entry.categories ?? []).entries())
      if (!known.categories.has(id))
        refuse(rule, ['serviceData', index, 'categories', place], { zh: `没有 App 类型“${id}”`, en: `no category "${id}"` });
  }
}
