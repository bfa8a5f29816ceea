import { describe, expect, test } from 'vitest';
import { writtenPlaces } from '../../src/detect/geo-written.js';
import { processorTime } from '../processor-time.js';

const NEAR = 1e-3;

function near(text: string, latitude: number, longitude: number): boolean {
  return writtenPlaces(text).some((place) => Math.abs(place.latitude - latitude) < NEAR && Math.abs(place.longitude - longitude) < NEAR);
}

describe('places that are no pair of decimal numbers', () => {
  // The example of the geohash's author: 42.6, -5.6 is ezs42; and 57.64911, 10.40744 is u4pruydqqvj.
  test('geohash, and what its length is worth', () => {
    expect(near('u4pruydqqvj', 57.64911, 10.40744)).toBe(true);
    expect(writtenPlaces('u4pruy')).toMatchObject([{ decimals: 2 }]);
    expect(writtenPlaces('u4pruyd')).toMatchObject([{ decimals: 3 }]);
    expect(writtenPlaces('u4pruydqqvj')).toMatchObject([{ decimals: 4, start: 0, end: 11 }]);
    for (const text of ['ezs42', 'u4pruyda', 'U4PRUYDQ', 'u4pruydqqvjxx']) expect(writtenPlaces(text)).toEqual([]);
  });

  test('degrees with minutes and seconds, north and south', () => {
    expect(near('at 40°07\'24.4"N 90°39\'15.6"E now', 40.123444, 90.654333)).toBe(true);
    expect(near('40° 7′ 24″ S, 90° 39′ 16″ W', -40.123333, -90.654444)).toBe(true);
    expect(writtenPlaces('at 40°07\'24.4"N 90°39\'15.6"E now')).toMatchObject([{ start: 3, end: 28 }]);
  });

  test('signs in place of separators', () => {
    expect(near('+31.2304+121.4737/', 31.2304, 121.4737)).toBe(true);
    expect(near('-33.8583-070.6000+012.3CRSWGS_84/', -33.8583, -70.6)).toBe(true);
    expect(writtenPlaces('+31.2304+121.4737/')).toMatchObject([{ decimals: 4 }]);
    for (const text of ['+8613912345678', '-12.5-7.25', '+31.2304 121.4737']) expect(writtenPlaces(text)).toEqual([]);
  });

  test('sentences of a receiver', () => {
    expect(near('$GPGGA,123519,4007.4074,N,09039.2593,E,1,08,0.9,545.4,M,46.9,M,,*47', 40.123457, 90.654322)).toBe(true);
    expect(writtenPlaces('yes,N,no,E and much else')).toEqual([]);
  });

  test('two scaled integers in one text, either first', () => {
    expect(near('40123456,90654321', 40.123456, 90.654321)).toBe(true);
    expect(near('90654321|40123456', 40.123456, 90.654321)).toBe(true);
    expect(writtenPlaces('40123456')).toEqual([]);
  });

  test('hostile text costs linear time', () => {
    const cost = processorTime(() => {
      for (const text of ['4°'.repeat(2_000), "40°07'".repeat(600), `${'4007.4074,N,'.repeat(300)}`])
        expect(writtenPlaces(text)).toEqual([]);
    });
    expect(cost).toBeLessThan(1_000);
  });
});
