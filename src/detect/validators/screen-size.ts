import type { Passed, Validator } from '../validator.js';

export const validator: Validator = {
  source: 'phone and tablet panels: 240 to 8,000 pixels a side, 80 to 1,000 dpi, density 0.5 to 6',
  fits: (shape) => shape.digits <= 20 && shape.length <= 40 && shape.han === 0,
  check(value): Passed | null {
    const text = value.trim().replace(/^[([{"]+|[)\]}"]+$/g, '');
    const sides =
      /^(\d{2,4})(?:\.0+)?(?:px|dp)?\s*[xX×*,;|_/:-]\s*(\d{2,4})(?:\.0+)?(?:px|dp)?(?:\s*[xX×*,;|_/:@-]\s*\d{1,3}(?:\.\d{1,8})?)?$/.exec(
        text,
      );
    if (sides) {
      const inside = [Number(sides[1]), Number(sides[2])].every((side) => side >= 120 && side <= 8_000);
      return inside
        ? { normalised: text, placeholder: false, passRate: 1e-3, note: { zh: '屏幕宽 × 高', en: 'screen width and height' } }
        : null;
    }
    // Android's buckets of density (DisplayMetrics).
    if (/^(?:l|m|tv|h|xh|xxh|xxxh)dpi$/i.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '屏幕密度档位', en: 'density bucket of the screen' },
      };
    const one = /^((?:0|[1-9]\d{0,3})(?:\.\d{1,17})?)(?:dpi|ppi|px|dp)?$/i.exec(text);
    if (!one) return null;
    const number = Number(one[1]);
    if (number > 8_000 || number === 0) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 0.5,
      note: { zh: '屏幕尺寸、方向或密度的单个数值', en: 'a single number: side, orientation, dpi or density' },
    };
  },
};
