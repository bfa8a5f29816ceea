import type { Decoder } from '../decoder.js';

/** What was added to each byte, if they are a JSON object or array of objects; 0: nothing, or they are none. */
function addend(bytes: Uint8Array): number {
  const object = (bytes[0]! - 0x7b) & 0xff;
  if (object !== 0 && ((bytes[1]! - object) & 0xff) === 0x22) return object;
  const array = (bytes[0]! - 0x5b) & 0xff;
  return array !== 0 && ((bytes[1]! - array) & 0xff) === 0x7b && ((bytes[2]! - array) & 0xff) === 0x22 ? array : 0;
}

/** A number added to each byte, the sister of the one-byte XOR. No number is tried: the first byte of a document gives it and the second refutes it. */
export const decoder: Decoder = {
  id: 'added',
  says: { zh: '每个字节减去同一个数', en: 'the same number taken from each byte' },
  saysStep(step) {
    const number = /^added-(\d+)$/.exec(step)?.[1];
    return number === undefined ? null : { zh: `每个字节减 ${number}`, en: `${number} taken from each byte` };
  },
  order: 97,
  guess: (bytes) => bytes.length >= 12 && addend(bytes) !== 0,
  open({ bytes }) {
    const number = bytes.length < 12 ? 0 : addend(bytes);
    if (number === 0) return null;
    const plain = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) plain[at] = bytes[at]! - number;
    return { child: { bytes: plain, step: `added-${number}`, sure: false, structured: true } };
  },
};
