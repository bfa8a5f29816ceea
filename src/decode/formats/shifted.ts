import type { Decoder } from '../decoder.js';

/** `{"` with ROT47, and with each character so many code points further. */
const ROT47 = 'LQ';
const PLACES = [1, 2, 3, -1];
const BEGINS = PLACES.map((places) => String.fromCharCode(0x7b + places, 0x22 + places));

/** Each code unit changed. */
function changed(text: string, change: (unit: number) => number): string {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = change(text.charCodeAt(at));
  return Buffer.from(units.buffer).toString('utf16le');
}

/** A document of which each character became another by counting on: ROT47, or the next one of Unicode. No shift is tried: its first two characters give it. */
export const decoder: Decoder = {
  id: 'shifted',
  says: { zh: '每个字符的编码移动同样的位数', en: 'each character moved by the same number of places' },
  saysStep(step) {
    if (step === 'rot47') return { zh: 'ROT47：可见 ASCII 字符循环移 47 位', en: 'ROT47: visible ASCII turned by 47 places' };
    const [, minus, places] = /^shift-(minus-)?(\d+)$/.exec(step) ?? [];
    if (places === undefined) return null;
    return minus === undefined
      ? { zh: `每个字符的编码减 ${places}`, en: `${places} taken from the code of each character` }
      : { zh: `每个字符的编码加 ${places}`, en: `${places} added to the code of each character` };
  },
  order: 38,
  begins: [ROT47, ...BEGINS],
  open({ text }) {
    const encoded = text?.trim() ?? '';
    if (encoded.startsWith(ROT47) && encoded.endsWith('N')) {
      const plain = changed(encoded, (unit) => (unit > 0x20 && unit < 0x7f ? ((unit - 33 + 47) % 94) + 33 : unit));
      return { child: { text: plain, step: 'rot47', sure: false, structured: true } };
    }
    const places = PLACES[BEGINS.findIndex((begins) => encoded.startsWith(begins))];
    if (places === undefined) return null;
    const plain = changed(encoded, (unit) => unit - places);
    const step = places > 0 ? `shift-${places}` : `shift-minus-${-places}`;
    return { child: { text: plain, step, sure: false, structured: true } };
  },
};
