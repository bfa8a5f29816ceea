import type { Decoder } from '../decoder.js';
import { base64Alphabet, fromBase64 } from '../radix.js';

/** As the public script of JD's risk control spells it; without padding, and with a stroke behind the last character. */
const TABLE = base64Alphabet('23IL<N01c7KvwZO56RSTAfghiFyzWJqVabGH4PQdopUrsCuX*xeBjkltDEmn89.-');

/** `{"`, percent-encoded, in that alphabet: eight characters that nothing else begins with. */
const OBJECT = '7TJI7Tce';

/** Base64 in the alphabet of JD's device fingerprint (`TDEncrypt`) around percent-encoded JSON; known by how every such object begins. */
export const decoder: Decoder = {
  id: 'tdbase64',
  says: { zh: '京东设备指纹所用字母表的 Base64', en: "base64 in the alphabet of JD's device fingerprint" },
  order: 38,
  begins: OBJECT,
  open(source) {
    const text = source.text?.trim() ?? '';
    if (TABLE === null || !text.startsWith(OBJECT) || !text.endsWith('/')) return null;
    const bytes = fromBase64(text.slice(0, -1), TABLE);
    // The object ends as well, with its brace.
    if (bytes === null || bytes.at(-3) !== 0x25 || bytes.at(-2) !== 0x37 || bytes.at(-1) !== 0x44) return null;
    return { child: { bytes, sure: false, structured: true } };
  },
};
