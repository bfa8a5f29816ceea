import type { Passed, Validator } from '../validator.js';

const PAIR = /^[([{]?\s*(-?\d{1,3}\.\d{1,15})\s*[,;|/_ ]\s*(-?\d{1,3}\.\d{1,15})(?:\s*[,;|_ ]\s*-?\d{1,6}(?:\.\d+)?){0,2}\s*[)\]}]?$/;

/** Which of two numbers is the latitude: the one that fits mainland China's box in one order only; else ISO 6709 order (latitude first). */
export function orderPair(first: number, second: number): { lat: number; lng: number } | null {
  if (Math.abs(first) > 90) return Math.abs(second) <= 90 && Math.abs(first) <= 180 ? { lat: second, lng: first } : null;
  if (Math.abs(second) > 180) return null;
  const inChina = (lat: number, lng: number) => lat >= 3 && lat <= 54 && lng >= 73 && lng <= 136;
  if (inChina(second, first) && !inChina(first, second)) return { lat: second, lng: first };
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
    if (!pair) return null;
    const swapped = pair.lat !== Number(parts[1]);
    const lat = swapped ? (parts[2] ?? '') : (parts[1] ?? '');
    const lng = swapped ? (parts[1] ?? '') : (parts[2] ?? '');
    const nowhere = pair.lat === 0 && pair.lng === 0;
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
