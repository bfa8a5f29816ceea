import type { Decoder } from '../decoder.js';

/**
 * One-byte XOR, the commonest home-made "encryption". No key is tried: if the plain text is a JSON object or array, its first
 * byte gives the key and its second refutes it; the same with the three bytes of a gzip header.
 */
function keyOf(bytes: Uint8Array): number {
  const a = bytes[0]!;
  const b = bytes[1]!;
  const c = bytes[2]!;
  const object = a ^ 0x7b;
  if (object !== 0 && (b ^ object) === 0x22) return object;
  const array = a ^ 0x5b;
  if (array !== 0 && (b ^ array) === 0x7b && (c ^ array) === 0x22) return array;
  const gzip = a ^ 0x1f;
  return gzip !== 0 && (b ^ gzip) === 0x8b && (c ^ gzip) === 8 ? gzip : 0;
}

export const decoder: Decoder = {
  id: 'xor',
  says: { zh: '每个字节与同一个字节异或', en: 'each byte XOR the same one' },
  saysStep(step) {
    const key = /^xor-([0-9a-f]{2})$/.exec(step)?.[1];
    return key === undefined ? null : { zh: `每个字节与 0x${key} 异或`, en: `each byte XOR 0x${key}` };
  },
  order: 96,
  guess: (bytes) => bytes.length >= 12 && keyOf(bytes) !== 0,
  open(source) {
    const { bytes } = source;
    const key = bytes.length < 12 ? 0 : keyOf(bytes);
    if (key === 0) return null;
    const plain = Buffer.allocUnsafe(bytes.length);
    for (let i = 0; i < bytes.length; i++) plain[i] = bytes[i]! ^ key;
    return { child: { bytes: plain, step: `xor-${key.toString(16).padStart(2, '0')}`, sure: false, structured: true } };
  },
};
