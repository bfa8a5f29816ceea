import type { Decoder, Leaf } from '../decoder.js';
import { SHAPE } from '../shape.js';
import { YamlReader } from '../yaml.js';

/** What a document says of itself (YAML 1.2.2, 6.8 and 9.1). */
const MARK = /^(?:%YAML \d|---(?:\r?\n| [!&{[\w"']))/;
/** A name at the beginning of the text, and somewhere one that has what stands below it for a value: among all that has colons, next to nothing has both. */
const BEGINS =
  /^(?:#[^\n]{0,200}\r?\n|[ \t]*\r?\n){0,20}(?:- {1,8})?(?:"[^"\n]{1,64}"|'[^'\n]{1,64}'|[A-Za-z_$\u4e00-\u9fff][\w$.\-\u4e00-\u9fff]{0,63}) ?:(?:\s|$)/;
const NESTED = /[\w"'\u4e00-\u9fff] ?:[ \t]*\r?\n(?: *- \S| +["'A-Za-z_$\u4e00-\u9fff])/;
/** A name with its value on one line. Speech of several people and blocks of Python have names with something below them, and none of these. */
const PAIR = /^[ \t]*(?:- +)*(?:"[^"\n]{1,64}"|'[^'\n]{1,64}'|[\w$.\-\u4e00-\u9fff]{1,64}) ?:[ \t]+[^\s#]/gm;
/** Names that programs give; those of prose have blanks and signs. */
const NAME = /^[A-Za-z_$\u4e00-\u9fff][\w$.\-/\u4e00-\u9fff]{0,63}$/;
const isNamed = (names: readonly string[]) => names.length > 0 && names.every((name) => NAME.test(name));
const LEAST_NAMES = 3;
/** Behind the mark of a document. */
const LEAST_MARKED = 2;
const LEAST_PAIRS = 3;

function hasPairs(text: string): boolean {
  PAIR.lastIndex = 0;
  for (let pairs = 0; pairs < LEAST_PAIRS; pairs++) if (!PAIR.test(text)) return false;
  return true;
}

/**
 * YAML, with the names of all objects that a value stands in. Without its content type it must begin as such a document, or consist of names only, some of
 * which have others below them; what is flat is a listing.
 */
export const decoder: Decoder = {
  id: 'yaml',
  says: { zh: 'YAML（1.2）；# 为各处注释，按先后逐行列出', en: 'YAML (1.2); # is what its comments say, one below another' },
  order: 65,
  shapes: SHAPE.listed,
  begins: ['---', '%YAML'],
  mime: (mime) => /^(?:application|text)\/(?:x-|vnd\.)?yaml$|\+yaml$/.test(mime),
  open(source) {
    const { text, declared, root, keys, work, truncated } = source;
    if (text === null) return null;
    const isMarked = MARK.test(text.slice(0, 16));
    if (!declared && !isMarked && !(BEGINS.test(text) && NESTED.test(text) && hasPairs(text))) return null;
    const reader = new YamlReader(text, work);
    reader.read({ path: root, keys, group: 0 });
    const { leaves, names, nested, continued, brokenAt } = reader;
    if (names === 0 || leaves.length === 0) return null;
    const isWhole = brokenAt < 0 || truncated;
    const { comments } = reader;
    const all: Leaf[] =
      comments === '' ? leaves : [...leaves, { path: `${root}#`, keys, value: comments, kind: 'string', group: work.group() }];
    if (declared) return brokenAt < 0 ? { leaves: all } : { leaves: all, rest: brokenAt };
    if (!isWhole || names < (isMarked ? LEAST_MARKED : LEAST_NAMES) || (!isMarked && (nested === 0 || continued > 0))) return null;
    return leaves.every((leaf) => isNamed(leaf.keys.slice(keys.length))) ? { leaves: all } : null;
  },
};
