import type { Passed, Validator } from '../validator.js';

const PAIR = /^[([{]?\s*(-?\d{1,3}\.\d{1,15})\s*[,;|/_ ]\s*(-?\d{1,3}\.\d{1,15})(?:\s*[,;|_ ]\s*-?\d{1,6}(?:\.\d+)?){0,2}\s*[)\]}]?$/;

/** Degrees from 0,0 in which there is nothing but the Gulf of Guinea: Ghana begins at 4.7 N, Annobón lies at 5.6 E. */
const SEA = 4.3;
/** Baidu's SDK answers 4.9E-324 where it has no fix. */
const NO_FIX = 1e-6;

/** Whether two numbers so near to 0,0 are points of a picture (`center: 0.5,0.5`) rather than a place where somebody is; 0,0 itself is a missing fix. */
export function isPicturePoint(first: number, second: number): boolean {
  return Math.abs(first) < SEA && Math.abs(second) < SEA && !isNoFix(first, second);
}

/** What systems and maps answer that know no place. */
export function isNoFix(first: number, second: number): boolean {
  return (Math.abs(first) < NO_FIX && Math.abs(second) < NO_FIX) || (first === -1 && second === -1);
}

/** The box around China, within which a pair of bare numbers is hardly anything else. */
export function isInChina(lat: number, lng: number): boolean {
  return lat >= 3 && lat <= 54 && lng >= 73 && lng <= 136;
}

/** Which of two numbers is the latitude: the one that fits mainland China's box in one order only; else ISO 6709 order (latitude first). */
export function orderPair(first: number, second: number): { lat: number; lng: number } | null {
  if (Math.abs(first) > 90) return Math.abs(second) <= 90 && Math.abs(first) <= 180 ? { lat: second, lng: first } : null;
  if (Math.abs(second) > 180) return null;
  if (isInChina(second, first) && !isInChina(first, second)) return { lat: second, lng: first };
  return { lat: first, lng: second };
}

/** Whether a text is a pair of coordinates; of most texts the first character and a point tell that they are none. */
export function isPairText(text: string): boolean {
  if (text.length < 7) return false;
  const first = text.charCodeAt(0);
  if ((first >= 0x3a && first !== 0x5b && first !== 0x7b && first < 0x80) || text.indexOf('.') < 0) return false;
  return PAIR.test(text.trim());
}

export const validator: Validator = {
  source: 'ISO 6709 ranges; "lng,lat" is the order of AMap and Tencent, "lat,lng" that of Android and Baidu; China is 3-54 N, 73-136 E',
  fits: (shape) =>
    shape.dot &&
    shape.digits >= 4 &&
    shape.letters === 0 &&
    shape.hexLetters === 0 &&
    shape.han === 0 &&
    shape.length >= 7 &&
    shape.length <= 60,
  check(value): Passed | null {
    const parts = PAIR.exec(value.trim());
    if (!parts) return null;
    const pair = orderPair(Number(parts[1]), Number(parts[2]));
    if (!pair || isPicturePoint(pair.lat, pair.lng)) return null;
    const swapped = pair.lat !== Number(parts[1]);
    const lat = swapped ? (parts[2] ?? '') : (parts[1] ?? '');
    const lng = swapped ? (parts[1] ?? '') : (parts[2] ?? '');
    const nowhere = isNoFix(pair.lat, pair.lng);
    return {
      normalised: `${lat},${lng}`,
      placeholder: nowhere,
      passRate: 0.2,
      note: nowhere
        ? { zh: '坐标 0,0：未取得定位', en: 'coordinates 0,0: no fix was obtained' }
        : {
            zh: `一对坐标，${swapped ? '经度在前' : '纬度在前'}`,
            en: `a pair of coordinates, ${swapped ? 'longitude' : 'latitude'} first`,
          },
    };
  },
};
