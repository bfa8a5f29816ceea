import type { Passed, Validator } from '../validator.js';

const PAIRED = /^[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\1){4}[0-9A-F]{2}$/;
/** The ether_ntoa(3) of Apple's and the BSDs' libraries leaves out the zero before a single digit: `8:0:27:a:3f:bf`. */
const BARE = /^(?=.*[A-F])(?=.*[0-9A-F]{2})[0-9A-F]{1,2}(?::[0-9A-F]{1,2}){5}$/;
const DOTTED = /^[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}$/;

export const validator: Validator = {
  source: 'IEEE 802 (EUI-48); Android 6 returns 02:00:00:00:00:00 for its own address',
  fits: (shape) =>
    shape.length >= 12 &&
    shape.length <= 17 &&
    shape.letters === 0 &&
    shape.han === 0 &&
    !shape.at &&
    (shape.digits + shape.hexLetters >= 12 || shape.colon),
  // Twelve digits without separators pass too often to be a clue, and what lacks zeros is written like a time.
  alone: ({ length, colon, dash, dot }) => (length === 17 || length === 14) && (colon || dash || dot),
  prose: false,
  check(value): Passed | null {
    const written = value.trim().toUpperCase();
    const isBare = written.length < 17 && BARE.test(written);
    const text = isBare ? written.replace(/(?<![0-9A-F])[0-9A-F](?![0-9A-F])/g, '0$&') : written;
    const separated = PAIRED.test(text) || DOTTED.test(text);
    if (!separated && !/^[0-9A-F]{12}$/.test(text)) return null;
    const hex = text.replace(/[:.-]/g, '');
    const placeholder = hex === '020000000000' || /^(.)\1{11}$/.test(hex);
    const first = Number.parseInt(hex.slice(0, 2), 16);
    // The group bit set: an address of a group, never of one device or router.
    if (!placeholder && (first & 1) === 1) return null;
    // Twelve decimal digits are a number, not an address.
    if (!separated && /^\d+$/.test(hex) && !placeholder) return null;
    const local = (first & 2) === 2;
    return {
      normalised: hex,
      placeholder,
      passRate: isBare ? 1e-3 : separated ? 1e-6 : 0.5,
      note: placeholder
        ? { zh: '系统返回的占位 MAC 地址', en: 'placeholder MAC address returned by the system' }
        : local
          ? { zh: 'MAC 地址（本地管理位为 1，多为随机化地址）', en: 'MAC address (locally administered, usually a randomised one)' }
          : { zh: 'MAC 地址（全球唯一位）', en: 'MAC address (globally unique bit)' },
    };
  },
};
