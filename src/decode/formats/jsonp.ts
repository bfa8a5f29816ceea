import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** `callback({...})`: JSON in a function call, as old web interfaces still answer. */
export const decoder: Decoder = {
  id: 'jsonp',
  says: { zh: 'JSONP：函数调用括号里的 JSON', en: 'JSONP: the JSON in the brackets of the call' },
  order: 24,
  shapes: SHAPE.call,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    const open = text.slice(0, 256).indexOf('(');
    if (open < 1 || !/^\s*(?:\/\*\*\/\s*)?[\w$.[\]]{1,200}\s*$/.test(text.slice(0, open))) return null;
    const close = text.lastIndexOf(')');
    const inner = text.slice(open + 1, close);
    const first = inner.trimStart()[0];
    return first === '{' || first === '[' ? { child: { text: inner, sure: false, structured: true, start: open + 1, end: close } } : null;
  },
};
