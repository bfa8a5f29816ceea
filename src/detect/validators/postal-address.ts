import type { Passed, Validator } from '../validator.js';
import { validator as chinese } from './chinese-address.js';

/** 221B Baker Street, 12 rue de la Paix, Hauptstr. 5: a number and a word for a way, in either order. */
const WAY =
  /\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|lane|ln|drive|dr|court|ct|square|sq|way|place|pl|terrace|highway|hwy|parkway|pkwy|rue|allée|calle|avenida|via|viale|piazza|rua|platz|weg|gasse|jalan|jl)\b\.?|(?:straße|strasse|str\.|straat|gatan|vägen)/i;
const NUMBER = /(?:^|[ ,#])\d{1,5}[A-Za-z]?(?=$|[ ,./-])/;
/** A part of an address alone (`address.city`): capitalised words. A country code or a postcode passes below. */
const PART = /^\p{Lu}[\p{L}.'’-]*(?: [\p{L}.'’-]+){0,5}$/u;
const CODE = /^(?:[A-Z]{2,3}|(?=[A-Z0-9 -]*\d)[A-Z0-9][A-Z0-9 -]{2,9})$/;

export const validator: Validator = {
  source: 'GB/T 2260 and 民政部 标准地名地址 for Chinese addresses; UPU S42 for the order of number, way and place elsewhere',
  fits: (shape) => chinese.fits(shape) || (shape.han === 0 && shape.length >= 2 && shape.length <= 200 && !shape.at && !shape.colon),
  // A part of an address is no clue; a whole one abroad has a number, a word for a way, and something between them.
  alone(shape) {
    if (chinese.fits(shape)) return true;
    const parted = shape.other > 0 || shape.dot || shape.comma || shape.dash;
    return shape.digits > 0 && shape.letters + shape.hexLetters >= 2 && shape.length >= 8 && parted;
  },
  prose: false,
  check(value): Passed | null {
    const native = chinese.check(value);
    if (native) return native;
    const text = value.trim();
    if (/[\u3400-\u9fff]/.test(text)) return null;
    if (text.length >= 8 && WAY.test(text) && NUMBER.test(text) && /^[\p{L}\d .,'’#/()-]+$/u.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 0.05,
        note: { zh: '含门牌号与道路名的外文地址', en: 'a number and a word for a street' },
      };
    if (!PART.test(text) && !CODE.test(text)) return null;
    if (/^(?:home|work|default|none|null|unknown|true|false|main|other|test)$/i.test(text)) return null;
    return {
      normalised: text.toLowerCase(),
      placeholder: false,
      passRate: 0.6,
      note: { zh: '地址组成部分样式的文字', en: 'text like a part of an address' },
    };
  },
};
