import type { Decoder } from '../decoder.js';
import { charsetOf } from '../node.js';
import { readPairs } from '../pairs.js';
import { unescapePercent } from '../percent.js';
import { SHAPE } from '../shape.js';

/** Names that a form has: identifiers with the brackets and dots of PHP and Java. Prose with a `=` in it has none. */
const NAME = /^[A-Za-z_$\u4e00-\u9fff%][\w$.\-[\]%\u4e00-\u9fff]{0,127}$/;

/** The customer part of UnionPay, `{certifTp=01&phoneNo=…}`: at least two pairs, and a brace around them. */
const BRACED = /^\{[A-Za-z]\w{0,40}=[^&{}"]{0,400}(?:&[A-Za-z]\w{0,40}=[^&{}"]{0,400}){1,40}\}$/;
/** Prose has an `a=b` in it, or two; so many with an & between each are a form, whatever signs its values forgot to escape. */
const MANY = 5;
const MANY_INSIDE = 8;
/** A parameter without a value, as switches are sent and as a log cuts off the last one; beside so many pairs it takes nothing from the form. */
const SWITCH = /^[A-Za-z_]\w{0,31}$/;
const MOST_SWITCHES = 2;
/** A document of JSON, from its second character on: `{uid}` is a place to be filled. */
const DOCUMENT = /^(?:\{\s*["}]|\[\s*["[{\]\d-])/;

/** `application/x-www-form-urlencoded` (WHATWG URL section 5), declared or recognised. */
export const decoder: Decoder = {
  id: 'form',
  says: { zh: '表单：以 & 分隔的 名=值，各自百分号解码', en: 'form: name=value between &, each percent-decoded' },
  order: 44,
  shapes: SHAPE.pairs,
  mark: { whole: '.form', nested: '|form' },
  mime: (mime) => mime === 'application/x-www-form-urlencoded',
  open(source) {
    const { text, declared, base, work } = source;
    if (text === null || !text.includes('=')) return null;
    // Hits that are queued are kept as the queries that they would have been: `?idsite=1&rec=1`.
    const lead = !declared && text.startsWith('?') ? 1 : 0;
    const bare = lead === 0 ? text : text.slice(lead);
    const first = text.trimStart().charCodeAt(0);
    const braced = declared ? null : BRACED.exec(text);
    if (braced !== null) {
      const inner = readPairs(text.slice(1, -1), source, work);
      return { leaves: inner.map((leaf) => ({ ...leaf, start: (leaf.start ?? 0) + 1, end: (leaf.end ?? 0) + 1 })) };
    }
    if (declared) {
      // JSON under the wrong content type is commoner than a form whose first name is a brace.
      if (first === 0x7b || first === 0x5b || first === 0x3c) return null;
    } else {
      const pairs = bare.trim().split('&', 65);
      const named = pairs.filter((pair) => NAME.test(pair.slice(0, Math.max(0, pair.indexOf('=')))));
      const switches = named.length < MANY ? 0 : Math.min(MOST_SWITCHES, pairs.filter((pair) => SWITCH.test(pair)).length);
      // The segment of an address has lost its percent signs before, and a space in it is part of a value; so it is among many pairs, which
      // some apps write without escapes and without saying what they are.
      const isPlain = source.part === 'url' || named.length >= (base ? MANY : MANY_INSIDE);
      const prose = isPlain ? /[\t\n\r<>"{}]/ : /[\s<>"{}]/;
      if (named.length + switches < Math.min(pairs.length, 64) * 0.9) return null;
      if (prose.test(text.trim()) && prose.test(withoutDocuments(pairs))) return null;
      if (pairs.length < 2 && !(base && /^[A-Za-z_]\w{1,31}=[^=]+$/.test(text.trim())) && !holdsDocument(bare)) return null;
    }
    const leaves = readPairs(bare.trimEnd(), source, work, declared ? charsetOf(source.contentType) : '');
    if (leaves.length === 0) return null;
    return {
      leaves: lead === 0 ? leaves : leaves.map((leaf) => ({ ...leaf, start: lead + (leaf.start ?? 0), end: lead + (leaf.end ?? 0) })),
    };
  },
};

/** One pair alone is a form where its value is a document from end to end, as it stands or percent-encoded: `p=%7B%22os%22%3A…`. */
function holdsDocument(pair: string): boolean {
  const value = pair.slice(pair.indexOf('=') + 1).trim();
  return isDocument(/^%(?:7B|5B)/i.test(value) ? unescapePercent(value, true).text : value);
}

/** What is left of the pairs where values that are JSON from end to end are taken out: `method=get&adparam={"mod":"A1"}`, which no prose holds. */
function withoutDocuments(pairs: readonly string[]): string {
  return pairs.map((pair) => (isDocument(pair.slice(pair.indexOf('=') + 1)) ? '' : pair)).join('&');
}

function isDocument(value: string): boolean {
  if (!DOCUMENT.test(value)) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
