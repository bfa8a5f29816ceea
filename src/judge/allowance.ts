import type { Category, Condition, DataType, Family, Item } from '../model/rulebook.js';

/** How a data type came to stand on a list. */
export type Way =
  /** The item names the type itself. */
  | 'itself'
  /** The item names another type that the wire cannot tell from this one (facts, pitfall 7). */
  | 'role'
  /** The item names a type that carries this one along (photo GPS where location is listed, pitfall 8). */
  | 'follows'
  /** All of it stood inside a form that the item names as a whole (résumé, pitfall 11). */
  | 'container';

export interface Listing {
  readonly category: Category;
  readonly item: Item;
  readonly way: Way;
  /** The data type that the item names; for a container, the container's first field. */
  readonly member: string;
  /** Conditions of the item and of the field: all must hold. */
  readonly conditions: readonly Condition[];
  /** holds: no condition, or each answered yes or shown by what was sent. open: one is unanswered. fails: one is answered no. */
  readonly state: 'holds' | 'open' | 'fails';
}

/** Why an item that names the type does not cover what was seen. */
export interface Obstacle {
  readonly category: Category;
  readonly item: Item;
  /** positioned: a position where the item means what the user chose; outside: elsewhere than inside the named form, too; apart: elsewhere only. */
  readonly kind: 'positioned' | 'outside' | 'apart';
}

export interface Allowance {
  /** Best first: holds before open before fails, the type itself before a bridge. */
  readonly listings: readonly Listing[];
  readonly obstacles: readonly Obstacle[];
}

/** What the evidence says that decides between items. */
export interface Seen {
  /** Some value was a position in numbers. */
  readonly positioned: boolean;
  /** Some of it is none of what the pack means by the service itself. */
  readonly beyondService: boolean;
  /** Whether all of it, some of it or none stood inside the container of this item. */
  readonly inside: (item: Item) => 'all' | 'some' | 'none';
}

export const SEEN_NOTHING: Seen = { positioned: false, beyondService: false, inside: () => 'none' };

const STATES: readonly Listing['state'][] = ['holds', 'open', 'fails'];
const WAYS: readonly Way[] = ['itself', 'role', 'follows', 'container'];

/**
 * Looks a data type up on the lists of the chosen categories. Categories are looked at one by one; nothing is merged.
 * @param context answers of the tester, condition id -> yes or no.
 */
export function allowanceOf(
  dataType: DataType,
  families: readonly Family[],
  categories: readonly Category[],
  context: Readonly<Record<string, boolean>>,
  seen: Seen = SEEN_NOTHING,
): Allowance {
  const listings: Listing[] = [];
  const obstacles: Obstacle[] = [];
  const members = membersOf(dataType, families);
  for (const category of categories)
    for (const item of category.items ?? []) {
      for (const [member, way] of members) {
        if (!item.fields.includes(member)) continue;
        if (isPositioned(dataType, item, seen)) obstacles.push({ category, item, kind: 'positioned' });
        else listings.push(listing(category, item, way, member, context));
      }
      if (item.container?.fields.includes(dataType.id) && !item.fields.includes(dataType.id)) {
        const inside = seen.inside(item);
        if (inside === 'all') listings.push(listing(category, item, 'container', item.fields[0] ?? dataType.id, context));
        else obstacles.push({ category, item, kind: inside === 'some' ? 'outside' : 'apart' });
      }
    }
  // Sorting is stable: within one state and way, the order of the text stays.
  listings.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || WAYS.indexOf(a.way) - WAYS.indexOf(b.way));
  return { listings, obstacles };
}

/** The types that stand for this one on a list, and how. */
export function membersOf(dataType: DataType, families: readonly Family[]): ReadonlyArray<readonly [string, Way]> {
  const family = families.find((one) => one.id === dataType.family);
  const roles = (family?.roles ?? []).filter((set) => set.includes(dataType.id)).flat();
  const carrier = family?.follows?.[dataType.id];
  return [
    [dataType.id, 'itself'],
    ...[...new Set(roles)].filter((id) => id !== dataType.id).map((id): [string, Way] => [id, 'role']),
    ...(carrier === undefined ? [] : [[carrier, 'follows'] as [string, Way]]),
  ];
}

/**
 * 出发地 as a list of ticketing means it is a station the user picked; a coordinate is device positioning, which that list does
 * not have (facts, pitfall 8). Items whose source is also the device take both.
 */
function isPositioned(dataType: DataType, item: Item, seen: Seen): boolean {
  return dataType.family === 'trip' && item.source === 'user' && seen.positioned;
}

function listing(category: Category, item: Item, way: Way, member: string, context: Readonly<Record<string, boolean>>): Listing {
  const own = item.fieldConditions[member];
  const conditions = [...(item.condition === null ? [] : [item.condition]), ...(own === undefined ? [] : [own])];
  const answers = conditions.map(({ id, basis }) => context[id] ?? (basis === 'sent' ? true : undefined));
  const state = answers.includes(false) ? 'fails' : answers.includes(undefined) ? 'open' : 'holds';
  return { category, item, way, member, conditions, state };
}
