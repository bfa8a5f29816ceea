import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { withNeighbours, withRouters } from '../../src/detect/routers.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const read = (body: object) =>
  detector.detect(decodeRequest(request({ body: JSON.stringify(body) }))).map(({ dataType, grade, path, trace }) => ({
    said: `${dataType} ${path} ${grade}`,
    rules: trace.map(({ rule }) => rule),
  }));

describe('withRouters', () => {
  it('takes the address of the router for no phone’s (mac_of_the_router)', () => {
    const found = read({
      bssid: '3c:cd:5d:12:34:58',
      macAddress: '3c:cd:5d:12:34:58',
      deviceOs: 'iOS',
      brand: 'Apple',
      networkType: 'WIFI',
    });
    expect(found.map(({ said }) => said)).toContain('bssid body.$.bssid strong');
    const own = found.find(({ said }) => said.startsWith('mac_address'));
    expect(own?.said).toBe('mac_address body.$.macAddress candidate');
    expect(own?.rules).toContain('doubt-routers');
  });

  it('leaves the phone its own, and another object its address', () => {
    const two = read({ bssid: '3c:cd:5d:12:34:58', macAddress: '3c:5a:b4:01:02:03' }).map(({ said }) => said);
    expect(two).toContain('mac_address body.$.macAddress strong');
    const apart = read({ wifi: { bssid: '3c:cd:5d:12:34:58' }, device: { mac: '3c:cd:5d:12:34:58' } }).map(({ said }) => said);
    expect(apart.some((said) => said.startsWith('mac_address body.$.device.mac') && !said.endsWith('candidate'))).toBe(true);
  });

  it('takes nothing from a router that was not told', () => {
    const two = read({ bssid: '02:00:00:00:00:00', mac: '02:00:00:00:00:00' });
    expect(two.some(({ rules }) => rules.includes('doubt-routers'))).toBe(false);
    expect(withRouters([])).toEqual([]);
  });
});

describe('withNeighbours', () => {
  const rows = (more: (index: number) => object) => [1, 2, 3, 4].map((index) => ({ mac: `3c:cd:5d:12:34:5${index}`, ...more(index) }));
  const own = (body: object) => read(body).filter(({ said }) => said.startsWith('mac_address'));

  it('takes the addresses of a list for no phone’s (list_of_neighbours)', () => {
    const found = own({ data: rows((index) => ({ name: `Example ${index}` })), function: '108' });
    expect(found.map(({ said }) => said.split(' ')[2])).toEqual(['candidate', 'candidate', 'candidate', 'candidate']);
    expect(found[0]?.rules).toContain('doubt-neighbours');
  });

  it('leaves records of devices, and the two that a phone may have', () => {
    const records = own({ data: rows((index) => ({ imei: `86000000123456${index}`, android_id: `feedc0de0123456${index}` })) });
    expect(records.filter(({ rules }) => rules.includes('doubt-neighbours'))).toEqual([]);
    const two = own({ data: rows(() => ({})).slice(0, 2) });
    expect(two.some(({ rules }) => rules.includes('doubt-neighbours'))).toBe(false);
    expect(withNeighbours([], new Map())).toEqual([]);
  });
});
