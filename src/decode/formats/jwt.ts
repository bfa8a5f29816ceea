import type { Decoder, Leaf, Ready, Source } from '../decoder.js';
import { placeOf, readJson } from '../json.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

/** Parts of a signed token (RFC 7515 section 3.1), and of an encrypted one (RFC 7516 section 3.1). */
const SIGNED = 3;
const ENCRYPTED = 5;

/** JSON in one part of the token. @returns null where it is something else. */
function jsonOf(bytes: Uint8Array, name: string, source: Source): Ready | null {
  const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const read = readJson(json, 0, placeOf(source, `${source.root}.${name}`));
  // What stands behind it would be lost.
  return read?.complete === true && read.end >= json.length ? { fields: read.fields, spans: [], idle: null } : null;
}

/**
 * JSON Web Token (RFC 7519): header and claims. What is signed may be something else too: a deflated claim set (`zip: DEF`), a token in a token. The
 * signature proves nothing to us and is not looked at; of an encrypted token there is the header, and a cipher text that nobody can read here.
 */
export const decoder: Decoder = {
  id: 'jwt',
  says: {
    zh: 'JWT：以点分段，header 与 payload 各为 Base64 编码的 JSON',
    en: 'JWT: parts between dots; header and payload are JSON in base64',
  },
  order: 28,
  shapes: SHAPE.dotted | SHAPE.words,
  open(source) {
    const { text, root, keys, work } = source;
    if (text === null) return null;
    const space = text.slice(0, 16).lastIndexOf(' ');
    const token = text.slice(space + 1);
    if (!token.startsWith('ey') || !/^(?:[A-Za-z]{1,12} )?$/.test(text.slice(0, space + 1))) return null;
    const parts = token.split('.', ENCRYPTED + 1);
    if (parts.length !== SIGNED && parts.length !== ENCRYPTED) return null;
    const [head = null, payload = null, , sealed = null] = parts.map((part) => fromBase64(part));
    const header = head === null || payload === null ? null : jsonOf(head, 'header', source);
    if (header === null || payload === null) return null;
    const leafOf = (name: string, bytes: Uint8Array): Leaf => ({
      path: `${root}.${name}`,
      keys,
      value: '',
      kind: 'binary',
      bytes,
      group: work.group(),
      frame: true,
    });
    if (parts.length === ENCRYPTED)
      return sealed === null || sealed.length === 0 ? { ready: header } : { ready: header, leaves: [leafOf('ciphertext', sealed)] };
    const claims = jsonOf(payload, 'payload', source);
    if (claims !== null) return { ready: { fields: [...header.fields, ...claims.fields], spans: [], idle: null } };
    // Without an algorithm (RFC 7515 section 4.1.1) it is three words with dots, the first of which happens to be JSON.
    if (!header.fields.some(({ path }) => path === `${root}.header.alg`)) return null;
    return payload.length === 0 ? { ready: header } : { ready: header, leaves: [leafOf('payload', payload)] };
  },
};
