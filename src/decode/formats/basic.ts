import { isName } from '../control.js';
import type { Decoder } from '../decoder.js';
import { named } from '../path.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

const KEY = /^[\x21-\x7e]{16,200}$/;

/** HTTP Basic credentials (RFC 7617): user name and password, encoded and not protected. */
export const decoder: Decoder = {
  id: 'basic',
  says: { zh: 'HTTP Basic 凭据：Base64 解开后为“用户名:密码”', en: 'HTTP Basic credentials: base64 of user:password' },
  order: 34,
  shapes: SHAPE.words,
  open(source) {
    const { text, work, root, keys } = source;
    if (text === null || text.slice(0, 6).toLowerCase() !== 'basic ') return null;
    const bytes = fromBase64(text.slice(6).trim());
    if (bytes === null) return null;
    const pair = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const colon = pair.indexOf(':');
    if (!isName(pair)) return null;
    const place = { kind: 'string', group: work.group() } as const;
    const user = { ...place, path: `${root}.user`, keys: named(keys, 'user') };
    // An app's key goes without a password, and some leave out the colon as well.
    if (colon < 0)
      return keys[keys.length - 1]?.toLowerCase() === 'authorization' && KEY.test(pair) ? { leaves: [{ ...user, value: pair }] } : null;
    return {
      leaves: [
        { ...user, value: pair.slice(0, colon) },
        { ...place, path: `${root}.password`, keys: named(keys, 'password'), value: pair.slice(colon + 1) },
      ],
    };
  },
};
