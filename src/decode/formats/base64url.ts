import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';
import { openBase64 } from './base64.js';

/** RFC 4648 section 5; told from base64 by the `-` or `_` in it. */
export const decoder: Decoder = {
  id: 'base64url',
  says: {
    zh: 'URL 安全字母表的 Base64（- 与 _），补位可缺',
    en: 'base64 in the URL-safe alphabet (- and _), with or without padding',
  },
  order: 41,
  shapes: SHAPE.base64,
  open(source) {
    const { text, truncated } = source;
    if (text === null || !(text.includes('-') || text.includes('_')) || text.includes('+') || text.includes('/')) return null;
    return openBase64(text, truncated);
  },
};
