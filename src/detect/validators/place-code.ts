import type { Passed, Validator } from '../validator.js';

/** Codes of cities, airports and stations: three capitals. An expression of a rule file ignores case and would take `app` and `web`. */
export const validator: Validator = {
  source: 'IATA resolution 763 (location identifiers of three letters); telegraph codes of Chinese railway stations (SHH, BJP)',
  fits: (shape) => shape.length === 3 && shape.letters + shape.hexLetters === 3,
  check(value): Passed | null {
    if (!/^[A-Z]{3}$/.test(value)) return null;
    return {
      normalised: value,
      placeholder: false,
      // Words of three letters in one case only, of which one in two is in capitals.
      passRate: 0.5,
      note: { zh: '三位大写城市、机场或车站代码', en: 'code of a city, an airport or a station: three capitals' },
    };
  },
};
