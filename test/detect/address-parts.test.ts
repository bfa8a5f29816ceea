import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const read = (body: unknown) =>
  Object.fromEntries(
    detector
      .detect(decodeRequest(request({ body: JSON.stringify(body) })))
      .filter(({ grade }) => grade !== 'candidate')
      .map(({ path, dataType }) => [path.replace('body.$.', ''), dataType]),
  );

const parcel = { consignee: '林泽远', mobile: '13912345678', detailAddress: '浙江省杭州市余杭区测试路556号3幢502室' };

describe('the parts of a delivery address', () => {
  it('incident: the province that a parcel goes to was called the location of the phone', () => {
    const found = read({ ...parcel, province: '浙江省', city: '杭州市', district: '余杭区' });
    expect(found).toMatchObject({ province: 'postal_address', city: 'postal_address', district: 'postal_address' });
  });

  it('say so in the trace', () => {
    const evidence = detector.detect(decodeRequest(request({ body: JSON.stringify({ ...parcel, city: '杭州市' }) })));
    const [city] = evidence.filter(({ path }) => path === 'body.$.city');
    expect(city?.trace.map(({ rule }) => rule)).toContain('part-of-address');
  });

  it('stay a location where nobody is written to, where the phone found it out, and in another object', () => {
    expect(read({ province: '浙江省', city: '杭州市' })).toEqual({ province: 'location_coarse', city: 'location_coarse' });
    expect(read({ city: '杭州市', address: '浙江省杭州市余杭区测试路556号' }).city).toBe('location_coarse');
    expect(read({ ...parcel, gpsCity: '杭州市' }).gpsCity).toBe('location_coarse');
    expect(read({ to: parcel, me: { province: '浙江省', city: '杭州市' } })['me.city']).toBe('location_coarse');
  });
});
