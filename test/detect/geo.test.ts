import { describe, expect, test } from 'vitest';
import { inAllDatums, parsePlace, toBd09, toGcj02 } from '../../src/detect/geo.js';

const metres = (a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }) =>
  Math.hypot((a.latitude - b.latitude) * 111_320, (a.longitude - b.longitude) * 111_320 * Math.cos((a.latitude * Math.PI) / 180));

describe('datums', () => {
  // Vectors of the coordinate tests of hutool and gcoord, to a metre.
  test('WGS-84 to GCJ-02 to BD-09', () => {
    const gcj = toGcj02({ latitude: 39.92, longitude: 116.404 });
    expect(metres(gcj, { latitude: 39.9214, longitude: 116.41024 })).toBeLessThan(5);
    const bd = toBd09({ latitude: 39.915, longitude: 116.404 });
    expect(metres(bd, { latitude: 39.92133699351021, longitude: 116.41036949371029 })).toBeLessThan(0.1);
  });

  test('the offset is some hundred metres in China and none outside', () => {
    const shift = metres(toGcj02({ latitude: 40.5, longitude: 90.5 }), { latitude: 40.5, longitude: 90.5 });
    expect(shift).toBeGreaterThan(50);
    expect(shift).toBeLessThan(1000);
    const paris = { latitude: 48.8584, longitude: 2.2945 };
    expect(toGcj02(paris)).toEqual(paris);
  });

  test('all three datums differ from one another', () => {
    const { wgs84, gcj02, bd09 } = inAllDatums({ latitude: 31.2304, longitude: 121.4737 });
    expect(metres(wgs84, gcj02)).toBeGreaterThan(100);
    expect(metres(gcj02, bd09)).toBeGreaterThan(400);
  });
});

describe('places of a persona', () => {
  test.each([
    ['31.2304,121.4737', 31.2304, 121.4737],
    [' 31.2304 , 121.4737 ', 31.2304, 121.4737],
    ['121.4737,31.2304', 31.2304, 121.4737],
    ['-33.86 151.2', -33.86, 151.2],
  ])('%s', (text, latitude, longitude) => {
    expect(parsePlace(text)).toEqual({ latitude, longitude });
  });

  test.each(['', '北京市', '31.2304', '31.2,121.4,5', '200,300'])('%s is no place', (text) => {
    expect(parsePlace(text)).toBeNull();
  });
});
