import type { Decoder } from '../decoder.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

/**
 * Base64 as Tencent Cloud writes signatures of users (`base64url.js` of its published TLS SDKs): `*` for `+`, `-` for `/` and `_` for the padding. Inside is JSON
 * with the user's identifier, compressed.
 */
export const decoder: Decoder = {
  id: 'base64star',
  says: { zh: 'Base64，以 * 代 +、- 代 /、_ 代 =', en: 'base64 with * for +, - for / and _ for =' },
  order: 42,
  shapes: SHAPE.unbroken,
  open({ text }) {
    if (text === null || !/^[A-Za-z0-9*-]+_{0,2}$/.test(text) || !text.includes('*')) return null;
    const bytes = fromBase64(text.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='));
    return bytes === null ? null : { child: { bytes, sure: false } };
  },
};
