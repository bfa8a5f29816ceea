import type { Field } from '../../model/field.js';
import type { Decoder } from '../decoder.js';
import { placeOf, readJson } from '../json.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

/** JSON Web Token (RFC 7519): header and claims. The signature proves nothing to us and is not looked at; an encrypted token (RFC 7516) shows its header. */
export const decoder: Decoder = {
  id: 'jwt',
  order: 28,
  shapes: SHAPE.dotted | SHAPE.words,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    const space = text.slice(0, 16).lastIndexOf(' ');
    const token = text.slice(space + 1);
    if (!token.startsWith('ey') || !/^(?:[A-Za-z]{1,12} )?$/.test(text.slice(0, space + 1))) return null;
    const [head, claims, ...more] = token.split('.', 6);
    if (head === undefined || claims === undefined || (more.length !== 1 && more.length !== 3)) return null;
    const fields: Field[] = [];
    for (const [name, part] of [
      ['header', head],
      ['payload', claims],
    ] as const) {
      const bytes = fromBase64(part);
      if (bytes === null) return null;
      if (name === 'payload' && more.length === 3) break;
      const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      const read = readJson(json, 0, placeOf(source, `${source.root}.${name}`));
      if (read === null || !read.complete) return null;
      fields.push(...read.fields);
    }
    return { ready: { fields, spans: [], idle: null } };
  },
};
