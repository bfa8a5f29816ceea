import type { Decoder } from '../decoder.js';
import { readPairs } from '../pairs.js';
import { SHAPE } from '../shape.js';

/** An address as a value (Referer, deep link, tracking link): its query holds fields of its own. */
export const decoder: Decoder = {
  id: 'url',
  says: { zh: '作为值的网址，读取其查询参数', en: 'an address as a value: the parameters of its query' },
  order: 32,
  shapes: SHAPE.address,
  open(source) {
    const { text, work } = source;
    if (text === null || source.base || !/^[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\//.test(text.slice(0, 40)) || /[\s<>"]/.test(text)) return null;
    const question = text.indexOf('?');
    if (question < 0 || !text.includes('=', question)) return null;
    const leaves = readPairs(text.slice(question + 1), { root: `${source.root}.query`, keys: source.keys }, work).map((leaf) => ({
      ...leaf,
      start: (leaf.start ?? 0) + question + 1,
      end: (leaf.end ?? 0) + question + 1,
    }));
    return leaves.length > 0 ? { leaves } : null;
  },
};
