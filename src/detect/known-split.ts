import type { Field } from '../model/field.js';
import type { CanonicalValue } from './forms/canonical.js';

/** A known value in several leaves, one behind the other. */
export interface SplitHit {
  readonly value: number;
  /** The value as it reads. */
  readonly text: string;
  /** The first of the leaves. */
  readonly field: Field;
  readonly parts: number;
}

/** Values that apps send in parts: `phone1=138&phone2=0013&phone3=8000`. */
export interface SplitTable {
  /** Whether a text could be the first part of one. */
  begins(text: string): boolean;
  /** Whether a number of this form (first digit, length) could, and which amounts do. */
  mayBegin(text: string): boolean;
  readonly amounts: ReadonlySet<number>;
  /**
   * Values of which leaves that follow on each other in one object, list, query or path are the parts.
   * @param starts leaves of which `begins` is true. @param around all leaves of their groups, in order; asked only where there are any.
   */
  find(starts: readonly Field[], around: (groups: ReadonlySet<number>) => readonly Field[]): readonly SplitHit[];
}

/** Characters of the shortest value: of less, two counters that stand side by side are one by chance. */
const SHORTEST = 8;
/** Words are made of words: `moon` beside `light` in a list of tags is nobody's `moonlight`. */
const WORD = /^\p{Script=Latin}+$/u;
/** Characters of a first part: shorter ones are had by every tenth counter. */
const SHORTEST_PART = 3;
/** Digits of a first part, so that times are asked nothing. */
const LONGEST_NUMBER = 8;
/** Parts of one value; more are no parts but characters. */
const MOST_PARTS = 8;
const FILTER_BITS = 12;

function filterBit(text: string): number {
  const three = text.charCodeAt(0) | (text.charCodeAt(1) << 8) | (text.charCodeAt(2) << 16);
  return Math.imul(three, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

/** First digit and length of a number. */
function formOf(digits: string): number {
  return digits.length * 16 + digits.charCodeAt(0) - 0x30;
}

/** @param values in the order of the persona; hits name them by index. */
export function buildSplitTable(values: readonly CanonicalValue[]): SplitTable {
  const filter = new Uint8Array(2 ** FILTER_BITS);
  const wholes = new Map<string, number>();
  const beginnings = new Set<string>();
  const forms = new Set<number>();
  const amounts = new Set<number>();
  let longest = 0;
  values.forEach(({ texts, digits }, value) => {
    const plain = texts.filter(({ form }) => form === 'plain').map(({ text }) => text);
    for (const text of digits === null ? plain : [...plain, digits]) {
      if (text.length < SHORTEST || WORD.test(text) || wholes.has(text)) continue;
      wholes.set(text, value);
      for (let size = SHORTEST_PART; size < text.length; size++) {
        const part = text.slice(0, size);
        beginnings.add(part);
        filter[filterBit(part)] = 1;
        longest = Math.max(longest, size);
        if (size > LONGEST_NUMBER || !/^[1-9]\d*$/.test(part)) continue;
        forms.add(formOf(part));
        amounts.add(Number(part));
      }
    }
  });
  const begins = (text: string) =>
    text.length >= SHORTEST_PART && text.length <= longest && filter[filterBit(text)] === 1 && beginnings.has(text);
  return {
    begins,
    amounts,
    mayBegin: (text) => forms.has(formOf(text)),
    find(starts, around) {
      if (starts.length === 0) return [];
      const groups = new Set(starts.map(({ group }) => group));
      const siblings = new Map<number, Field[]>();
      for (const field of around(groups)) {
        if (!groups.has(field.group)) continue;
        const known = siblings.get(field.group);
        if (known === undefined) siblings.set(field.group, [field]);
        else known.push(field);
      }
      const hits: SplitHit[] = [];
      for (const list of siblings.values())
        for (let first = 0; first + 1 < list.length; first++) {
          if (!begins(list[first]!.value)) continue;
          let text = list[first]!.value;
          for (let next = first + 1; next < list.length && next - first < MOST_PARTS; next++) {
            text += list[next]!.value;
            const value = wholes.get(text);
            if (value !== undefined) hits.push({ value, text, field: list[first]!, parts: next - first + 1 });
            if (!beginnings.has(text)) break;
          }
        }
      return hits;
    },
  };
}
