import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { CORROBORATION_RULES, isBusy, isNoLevel, LONG_HEX, SYSTEM_NAMED } from '../../src/detect/corroboration-rules.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });

describe('the rules of corroboration', () => {
  it('are about types that there are, and name companions that there are', () => {
    const known = new Set(dataTypes.map(({ id }) => id));
    for (const [id, { companions, deviceData }] of CORROBORATION_RULES) {
      expect(known, id).toContain(id);
      for (const type of companions?.types ?? []) expect(known, `${id}: ${type}`).toContain(type);
      expect(companions !== undefined || deviceData !== undefined, id).toBe(true);
    }
  });

  const sure = (body: object, id: string) =>
    detector
      .detect(decodeRequest(request({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })))
      .filter(({ dataType, grade }) => dataType === id && grade !== 'candidate')
      .map(({ path }) => path);

  it('take a network of one digit beside its country only', () => {
    expect(sure({ sims: [{ mcc: '602', mnc: '2' }] }, 'sim_operator')).toContain('body.$.sims[0].mnc');
    expect(sure({ sims: [{ mcc: '60', mnc: '2' }] }, 'sim_operator')).toEqual([]);
    expect(sure({ carrier: 'vodafone', mnc: '2' }, 'sim_operator')).not.toContain('body.$.mnc');
    expect(sure({ mcc: '602', operatorCode: '2' }, 'sim_operator')).not.toContain('body.$.operatorCode');
  });

  it('incident: the postal code of India, which is a PIN code there, was told as a password', () => {
    const whom = { phone: '+918123456789', email: 'example@example.com' };
    expect(sure({ ...whom, name: 'Example', pin_code: '110001' }, 'password')).toEqual([]);
    expect(sure({ ...whom, name: 'Example', pin_code: '1357' }, 'password')).toEqual(['body.$.pin_code']);
    expect(sure({ ...whom, pin_code: '110001' }, 'password')).toEqual(['body.$.pin_code']);
    expect(sure({ ...whom, countryCode: '+91', pin_code: '110001' }, 'password')).toEqual(['body.$.pin_code']);
  });

  it('take quarter hours for a time zone among data of a device only', () => {
    const device = { os_version: '13', device_model: 'SM-G9910', screen_width: '1080' };
    expect(sure({ ...device, time_offset: '480' }, 'locale_timezone')).toEqual(['body.$.time_offset']);
    for (const odd of ['0', '15', '481', '1500']) expect(sure({ ...device, time_offset: odd }, 'locale_timezone'), odd).toEqual([]);
    expect(sure({ title: 'x', time_offset: '480' }, 'locale_timezone')).toEqual([]);
    // How far a film is played, and how far the clock is from the server's.
    for (const other of ['video_id', 'serverTime'])
      expect(sure({ ...device, time_offset: '120', [other]: '1234' }, 'locale_timezone'), other).toEqual([]);
  });

  it('put the strictest value first', () => {
    for (const [id, { deviceData = [] }] of CORROBORATION_RULES)
      for (const keyed of [true, false]) {
        const rates = deviceData.filter(({ keys }) => (keys !== undefined) === keyed).map(({ passRate }) => passRate);
        expect(rates, id).toEqual([...rates].sort((one, other) => one - other));
      }
  });

  it('tell shares of a part from its size, editions of a program from levels of the system, numbers from words', () => {
    expect([isBusy('cpu', '12.5%'), isBusy('cpu', '8'), isBusy('mem', '0.35'), isBusy('mem', '8192')]).toEqual([true, false, true, false]);
    expect([isNoLevel('sdk', '3.2.1'), isNoLevel('sdk', '33'), isNoLevel('android api', '1.9.0')]).toEqual([true, false, true]);
    expect(LONG_HEX.test('0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe(true);
    expect(LONG_HEX.test('abcdefabcdefabcdefabcdefabcdefab')).toBe(false);
    expect(SYSTEM_NAMED).toContain('device');
  });
});
