import { isName } from '../control.js';
import type { Decoder } from '../decoder.js';
import { named } from '../path.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

/** HTTP Basic credentials (RFC 7617): user name and password, encoded and not protected. */
export const decoder: Decoder = {
  id: 'basic',
  order: 34,
  shapes: SHAPE.words,
  open(source) {
    const { text, work, root, keys } = source;
    if (text === null || text.slice(0, 6).toLowerCase() !== 'basic ') return null;
    const bytes = fromBase64(text.slice(6).trim());
    if (bytes === null) return null;
    const pair = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    const colon = pair.indexOf(':');
    if (colon < 0 || !isName(pair)) return null;
    const group = work.group();
    const place = { kind: 'string', group } as const;
    return {
      leaves: [
        { ...place, path: `${root}.user`, keys: named(keys, 'user'), value: pair.slice(0, colon) },
        { ...place, path: `${root}.password`, keys: named(keys, 'password'), value: pair.slice(colon + 1) },
      ],
    };
  },
};
