import { describe, expect, it } from 'vitest';
import { halfOf, isBare, isPlaceName, isPrefixed, LOCATION, namesDrawing, namesPlace } from '../../src/detect/place-names.js';

describe('halfOf', () => {
  it.each([
    [['lat'], 'lat', ''],
    [['gps', 'longitude'], 'lng', ''],
    [['userLat'], 'lat', 'user'],
    [['startlng'], 'lng', 'start'],
    [['当前纬度'], 'lat', '当前'],
    [['当前经度'], 'lng', '当前'],
    [['flat'], 'lat', 'f'],
    [['tlon'], 'lng', 't'],
    [['jd'], 'lng', 'jdwd'],
    [['wd'], 'lat', 'jdwd'],
    [['j'], 'lng', '~jw'],
    [['w'], 'lat', '~jw'],
    [['lt'], 'lat', '~ltlg'],
    [['lg'], 'lng', '~ltlg'],
    [['lot'], 'lng', '~lot'],
    [['locationX'], 'lng', LOCATION],
    [['loc_y'], 'lat', LOCATION],
    [['location', 'x'], 'lng', 'xy'],
    [['location', 'y'], 'lat', 'xy'],
  ])('%j is the %s of "%s"', (keys, axis, stem) => {
    expect(halfOf(keys)).toEqual({ axis, stem });
  });

  it.each([[['latency']], [['plate']], [['touch', 'x']], [['x']], [['salon', 'name']], [[]]])('%j is none', (keys) => {
    expect(halfOf(keys)).toBeNull();
  });

  it('says how much the name says', () => {
    const [prefixed, axis, bare, told] = [['klat'], ['lbsX'], ['wd'], ['lat']].map((keys) => halfOf(keys) ?? { stem: 'none' });
    expect([prefixed, axis, bare, told].map((half) => half !== undefined && isPrefixed(half))).toEqual([true, true, false, false]);
    expect([prefixed, axis, bare, told].map((half) => half !== undefined && isBare(half))).toEqual([false, false, true, false]);
    expect(halfOf(['klnt'])?.stem).toBe(halfOf(['klat'])?.stem);
    expect(halfOf(['dlt'])?.axis).toBe('lat');
  });
});

describe('a name of a whole position', () => {
  it('is one at the end of a phrase', () => {
    for (const name of ['location', 'user location', 'gps', '经纬度']) expect(namesPlace(name), name).toBe(true);
    for (const name of ['allocation', 'location id', 'locale']) expect(namesPlace(name), name).toBe(false);
    expect(isPlaceName(['geohash'])).toBe(true);
    expect(isPlaceName(['userLocation'])).toBe(true);
  });

  it('may be a point of a drawing', () => {
    expect(['center', 'touch point', 'coords'].every(namesDrawing)).toBe(true);
    expect(['location', 'gps', 'centered'].some(namesDrawing)).toBe(false);
  });
});
