import type { Decoder, Leaf } from '../decoder.js';
import { named, Repeats } from '../path.js';
import { isTelling, isTyped, readRecord } from '../records.js';
import { SHAPE } from '../shape.js';

/** A text by itself needs two pairs and the name of a type; what was cut out of a sentence was looked at there. */
const LEAST_PAIRS = 2;
/** A pair alone, `imei=860…`, which others take for a form cut short. */
const SINGLE = /^[A-Za-z_][\w.-]{1,39}=[^\s=&,;|]{6,200}$/;
/** How a dictionary describes itself in Foundation: `{`, and a line for each pair. */
const DESCRIBED = /^\{\s{0,8}\n\s{0,64}[^\s=:"]{1,64} = /;
/** Pairs as in a query, which have escapes of their own. */
const FORM = /^[^\s({[]+&/;

/**
 * An object as programs print it: `User(phone=…, name=…)` (Kotlin, Lombok), `Info{imei='…'}`, `Device [mac=…]` (Java), `User(phone: "…")` (Swift), and pairs in the
 * line of a log.
 */
export const decoder: Decoder = {
  id: 'record',
  says: { zh: '程序打印的对象或日志行中的 名=值', en: 'name=value in an object as programs print it, or in the line of a log' },
  // Before forms and properties, which would take the bracket of a record for a part of a value.
  order: 43,
  shapes: SHAPE.pairs | SHAPE.call | SHAPE.listed,
  open(source) {
    const text = source.text?.trimEnd() ?? '';
    const isToken = source.steps.at(-2) === 'token';
    if (isToken && FORM.test(text)) return null;
    const isObject = isTyped(text) || DESCRIBED.test(text);
    if (!isToken && !isObject && (source.part !== 'body' || !SINGLE.test(text))) return null;
    const read = readRecord(text);
    if (read === null) return null;
    if (!isToken && (isObject ? read.pairs.length < LEAST_PAIRS : !isTelling(read.pairs[0]!.value))) return null;
    // Whose data it is, the name of its type says as that of an object would: `Shop(phone=…)`.
    const around = read.type === '' ? source.keys : named(source.keys, read.type);
    const groups: number[] = [];
    const repeats = new Repeats();
    const most = source.work.fieldsLeft + 1;
    const leaves = read.pairs.slice(0, most).map(({ names, value, start, record }): Leaf => {
      groups[record] ??= source.work.group();
      return {
        path: repeats.path(source.root, names.join('.')),
        keys: names.reduce(named, around),
        value,
        kind: 'string',
        group: groups[record],
        start,
        end: start + value.length,
      };
    });
    return { leaves };
  },
};
