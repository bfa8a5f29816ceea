import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import { isBook, isEntryName, isPlainNumber } from '../address-book.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { shapeOf } from '../shape.js';
import { validator as chineseName } from '../validators/chinese-name.js';

/**
 * An address book whose entries have no names for their parts: `{ "13912345678": "张小明" }`, `{ "张小明": "13912345678" }`,
 * `[["张小明", "13912345678"]]`, `张小明:13912345678,…`, or numbers in a row. The field has to be called after the book.
 */
const PAIRS = 2;
/** Numbers without anybody's name: two may be those that one person can be reached at. */
const NUMBERS = 3;
const SHOWN = 5;
const PARTS = /[,;|:=\s，；：、]+/;
/** What somebody is reached by, where one person has several. */
const LABEL = /^(?:电话|手机|手机号|座机|传真|办公|家庭|tel|phone|mobile|fax|office|home|work)$/i;
/** Words in a text that are looked at. */
const MOST_WORDS = 64;
const SHORTEST_TEXT = 23;
const LONGEST_ELEMENT = 4;

interface Book {
  readonly first: Field;
  readonly path: string;
  readonly entries: readonly string[];
  readonly fields: readonly Field[];
}

export const composite: Composite = {
  named: (keys) => isBook(keys[keys.length - 1]) || isBook(keys[keys.length - 2]),
  triggers: (field, named) =>
    named && field.kind === 'string' && (entryOf(field) !== null || isPlainNumber(field.value) || field.value.length >= SHORTEST_TEXT),
  find(scope) {
    const books = [...mapped(scope), ...scope.lists.flatMap(listed), ...scope.decoded.fields.flatMap(written)];
    return books.map((book) => finding(scope, book));
  },
};

/** An entry that goes by its number or by its name, as words; null: it is none. */
function entryOf({ keys, kind, value }: Field): { readonly words: string; readonly by: 'number' | 'name' } | null {
  const own = keys[keys.length - 1] ?? '';
  if (kind !== 'string' || !isBook(keys[keys.length - 2])) return null;
  if (isPlainNumber(own) && isEntryName(value)) return { words: `${own} ${value}`, by: 'number' };
  const isName = chineseName.fits(shapeOf(own)) && chineseName.check(own) !== null;
  return isName && isPlainNumber(value) ? { words: `${own} ${value}`, by: 'name' } : null;
}

function mapped({ decoded }: CompositeScope): Book[] {
  const books = new Map<string, { fields: Field[]; entries: string[]; byNumber: boolean }>();
  for (const field of decoded.fields) {
    const entry = entryOf(field);
    if (entry === null) continue;
    const own = field.path.lastIndexOf(field.keys[field.keys.length - 1] ?? '');
    const path = field.path.slice(0, own).replace(/(?:\.|\[")$/, '');
    const book = books.get(path) ?? { fields: [], entries: [], byNumber: false };
    book.fields.push(field);
    book.entries.push(entry.words);
    book.byNumber ||= entry.by === 'number';
    books.set(path, book);
  }
  return [...books].flatMap(([path, { fields, entries, byNumber }]) => {
    // `contacts: { 张小明: … }` may be whom one person is reached by.
    if (entries.length < PAIRS && !byNumber) return [];
    return [{ first: fields[0] as Field, path, entries, fields }];
  });
}

function listed({ path, keys, elements }: FieldList): Book[] {
  const own = keys[keys.length - 1];
  if (!isBook(own)) return [];
  // Members with names of their own are read as records.
  const bare = elements.filter(
    (element) =>
      element.length <= LONGEST_ELEMENT && element.every((field) => field.keys === keys || field.keys[field.keys.length - 1] === own),
  );
  const pairs = bare.filter(
    (element) =>
      element.some(({ value }) => isPlainNumber(value)) && element.some(({ value }) => isEntryName(value) && !isPlainNumber(value)),
  );
  const numbers = bare.filter((element) => element.length === 1 && isPlainNumber(element[0]?.value ?? ''));
  const taken = pairs.length >= PAIRS ? pairs : numbers.length >= NUMBERS && numbers.length === elements.length ? numbers : [];
  const first = taken[0]?.[0];
  if (first === undefined) return [];
  return [{ first, path, entries: taken.map((element) => element.map(({ value }) => value).join(' ')), fields: taken.flat() }];
}

function written(field: Field): Book[] {
  const { kind, value, path, keys, opened } = field;
  if (kind !== 'string' || opened === true || value.length < SHORTEST_TEXT || !isBook(keys[keys.length - 1])) return [];
  const words = value
    .slice(0, limits.fieldText)
    .split(PARTS, MOST_WORDS)
    .filter((word) => word !== '');
  const numbers = words.filter(isPlainNumber);
  const names = words.filter((word) => isEntryName(word) && !/\d/.test(word) && !LABEL.test(word));
  const isPaired = numbers.length >= PAIRS && names.length >= numbers.length && names.length + numbers.length >= words.length;
  const isRow = numbers.length >= NUMBERS && numbers.length === words.length;
  return isPaired || isRow ? [{ first: field, path, entries: words, fields: [field] }] : [];
}

function finding({ decoded }: CompositeScope, { first, path, entries, fields }: Book): CompositeFinding {
  const candidate = readAsOne(decoded, first, {
    dataType: 'contacts',
    grade: fields.length >= PAIRS ? 'strong' : 'probable',
    value: entries.slice(0, SHOWN).join('; '),
    path,
    trace: [
      {
        rule: 'contact-book',
        text: {
          zh: '名为通讯录，其中有人名与号码，或一串号码',
          en: 'called after the address book, with names and numbers or a row of numbers',
        },
      },
    ],
    passRate: 1e-6,
  });
  // The number that an entry goes by is a field of its own (the step "name" of the decoder), and part of the book.
  return { candidate, absorbs: fields.flatMap((field) => [field.path, `${field.path}|name`]) };
}
