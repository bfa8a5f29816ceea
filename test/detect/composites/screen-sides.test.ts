import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { composite } from '../../../src/detect/composites/screen-sides.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, decodedOf, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const device = { os_version: '11', language: 'zh-CN', imei: '866123456789018' };

function screens(body: object): string[] {
  return detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'screen_info' && grade !== 'candidate')
    .map(({ path }) => path);
}

describe('screen-sides', () => {
  it('takes sides as long as a panel’s for the screen’s beside other device data', () => {
    expect(screens({ ...device, width: 1080, height: 2400 })).toEqual(['body.$.width', 'body.$.height']);
    expect(screens({ ...device, size: '1080X2261' })).toEqual(['body.$.size']);
    expect(screens({ ...device, rs: '1080*1920' })).toEqual(['body.$.rs']);
  });

  it('reads a pair beside sides of their own, with blanks in it, and sides with the zeros that C prints', () => {
    expect(screens({ ...device, width: 1080, height: 2400, rp: '1080_2400' })).toEqual(['body.$.width', 'body.$.height', 'body.$.rp']);
    expect(screens({ ...device, dp: '1280 * 720' })).toEqual(['body.$.dp']);
    expect(screens({ ...device, horizontalResolution: '540', verticalResolution: '960' })).toEqual([
      'body.$.horizontalResolution',
      'body.$.verticalResolution',
    ]);
    expect(screens({ ...device, horizontalResolution: '72', verticalResolution: '72' })).toEqual([]);
    expect(screens({ ...device, dvw: '375.000000', dvh: '667.000000' })).toEqual(['body.$.dvw', 'body.$.dvh']);
    expect(screens({ ...device, width: 1080, height: 2400, wm: '2468_1001' })).toEqual(['body.$.width', 'body.$.height']);
  });

  it('reads a list of sides under the name of a screen', () => {
    expect(screens({ resolution: [3.5, 1080, 1920] })).toEqual(['body.$.resolution[0]', 'body.$.resolution[1]', 'body.$.resolution[2]']);
    expect(screens({ resolution: [1, 2] })).toEqual([]);
    expect(screens({ metrics: Array.from({ length: 20 }, () => 1080) })).toEqual([]);
    expect(screens({ prices: [1080, 1920] })).toEqual([]);
  });

  it('reads an object of sides under the name of a screen by what describes the device beside it', () => {
    expect(screens({ ...device, resolution: { w: 900, h: 1600, s: 2 } })).toEqual(['body.$.resolution.w', 'body.$.resolution.h']);
    expect(screens({ client: { ...device, resolution: { width: 900, height: 1600 } } })).toHaveLength(2);
    expect(screens({ resolution: { w: 900, h: 1600 } })).toEqual([]);
    expect(screens({ ...device, video: { resolution: { w: 900, h: 1600 } } })).toEqual([]);
    expect(screens({ ...device, thumb: { w: 900, h: 1600 } })).toEqual([]);
    expect(screens({ client: device, resolution: { w: 9, h: 16 } })).toEqual([]);
  });

  it('asks less of names that are the screen’s', () => {
    expect(screens({ os_version: '11', sw: 414, sh: 896 })).toEqual(['body.$.sw', 'body.$.sh']);
    expect(screens({ mt: 'iPhone 7 Plus<iPhone9,2>', sw: 414, sh: 624 })).toEqual(['body.$.sw', 'body.$.sh']);
    expect(screens({ sw: 414, sh: 896 })).toEqual([]);
    expect(screens({ os_version: '11', sw: 1, sh: 2 })).toEqual([]);
  });

  it('takes a phone held upright beside one thing that tells the phone', () => {
    const sides = ['body.$.width', 'body.$.height'];
    expect(screens({ device_id: '0f0b9c2a3d4e5f60718293a4b5c6d7e8', width: 1080, height: 2175 })).toEqual(sides);
    expect(screens({ device_model: 'SM-G9910', width: 640, height: 1136 })).toEqual(sides);
  });

  it('incident: Weibo’s wm=2468_1001, the shop it was got from, was a screen', () => {
    expect(screens({ ...device, wm: '2468_1001' })).toEqual([]);
    expect(screens({ ...device, from: '1001|2002' })).toEqual([]);
    expect(screens({ ...device, r: '1080_2248' })).toEqual(['body.$.r']);
    expect(screens({ ...device, reso: '1920_1080' })).toEqual(['body.$.reso']);
    expect(screens({ ...device, scrsize: '1080,2244' })).toEqual(['body.$.scrsize']);
  });

  it('takes nothing without that company', () => {
    expect(screens({ width: 1080, height: 2400 })).toEqual([]);
    expect(screens({ os_version: '11', width: 1080, height: 2400 })).toEqual([]);
    expect(screens({ device_id: '0f0b9c2a3d4e5f60718293a4b5c6d7e8', width: 1080, height: 1440 })).toEqual([]);
    expect(screens({ device_id: '0f0b9c2a3d4e5f60718293a4b5c6d7e8', width: 2400, height: 1080 })).toEqual([]);
    expect(screens({ device, picture: { width: 1080, height: 2400 } })).toEqual([]);
  });

  it('takes no advertisement, no picture, no icon and no page', () => {
    for (const sides of [
      { width: 320, height: 50 },
      { width: 1200, height: 627 },
      { width: 300, height: 250 },
      { width: 320, height: 480 },
      { width: 1080, height: 1080 },
      { width: 9000, height: 12000 },
    ])
      expect(screens({ ...device, ...sides }), JSON.stringify(sides)).toEqual([]);
    for (const key of ['ad_size', 'image_size', 'video_format', 'cover'])
      expect(screens({ ...device, [key]: '1080x1920' }), key).toEqual([]);
  });

  it('takes blanks around the cross, and the two sides once more in one text', () => {
    expect(screens({ ...device, dp: '1280 * 720' })).toHaveLength(1);
    expect(screens({ ...device, w: 1080, h: 1920, rp: '1080_1920' })).toHaveLength(3);
    expect(screens({ ...device, w: 1080, h: 1920, rp: '2468_1001' })).toHaveLength(2);
    expect(screens({ ...device, w: 1080, h: 1920, ad_size: '1080_1920' })).toHaveLength(2);
  });

  it('wants both sides', () => {
    expect(screens({ ...device, width: 1080 })).toEqual([]);
  });

  it('is asked only where a side stands', () => {
    const triggers = (key: string, value: string) => {
      const [field] = decodedOf([{ path: 'body.$.x', keys: [key], value }]).fields;
      return field !== undefined && composite.triggers?.(field, composite.named?.([key], { lookup: () => [] } as never) === true);
    };
    expect(triggers('width', '1080')).toBe(true);
    expect(triggers('anything', '1080x1920')).toBe(true);
    expect(triggers('count', '1080')).toBe(false);
  });
});
