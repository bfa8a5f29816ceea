import { describe, expect, it } from 'vitest';
import { composite } from '../../../src/detect/composites/identifiers.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, decodedOf } from '../fixture.js';
import { sure } from './lists.js';

const IMEI = '866123456789018';
const IMSI = '460001234567890';
const MAC = '3c:5a:b4:01:02:03';

describe('identifiers', () => {
  it('reads identifiers of two kinds under names that mean nothing', () => {
    expect(sure({ zc: IMEI, xv: IMSI }).map(([type, , path]) => `${type} ${path}`)).toEqual(['imei body.$.zc', 'imsi body.$.xv']);
    expect(sure({ a1: IMEI, a2: MAC, a3: '89860012345678901238' }).map(([type]) => type)).toEqual(['imei', 'mac_address', 'iccid']);
  });

  it('incident: a fingerprint under two-letter names was all clues, its model and its network too', () => {
    const found = sure({ zc: IMEI, xv: IMSI, ds: 'HD1901', kv: 'WiFi', fu: 'com.example.app' });
    expect(found.map(([type, , path]) => `${type} ${path}`)).toEqual(
      expect.arrayContaining(['imei body.$.zc', 'imsi body.$.xv', 'device_model body.$.ds', 'network_type body.$.kv']),
    );
    expect(found).toHaveLength(4);
  });

  it('incident: IMEI and MAC in one text, parted by tabs', () => {
    const text = `${IMEI}\t${MAC}\taffc4140dd407b17\t46773b0999f8c136`;
    expect(sure({ x: text }).map(([type]) => type)).toEqual(['imei', 'mac_address']);
    expect(sure({ x: Buffer.from(text).toString('base64') }).map(([type]) => type)).toEqual(['imei', 'mac_address']);
    const [imei] = createDetector({ dataTypes })
      .detect(decodedOf([{ path: 'body.$.x', value: text }]))
      .filter(({ dataType }) => dataType === 'imei');
    expect(imei).toMatchObject({ value: IMEI, span: [0, 15] });
  });

  it('takes one kind alone, other objects, placeholders and numbers of other things for nothing', () => {
    expect(sure({ zc: IMEI })).toEqual([]);
    expect(sure({ zc: IMEI, zd: '866123456789000' })).toEqual([]);
    expect(sure({ a: { zc: IMEI }, b: { xv: IMSI } })).toEqual([]);
    expect(sure({ zc: IMEI, x: '02:00:00:00:00:00' })).toEqual([]);
    expect(sure({ order_no: IMEI, xv: IMSI })).toEqual([]);
    expect(sure({ trace_id: IMEI, msg_id: IMSI })).toEqual([]);
    expect(sure({ zc: IMEI, bssid_x: MAC }).filter(([type]) => type === 'imei' || type === 'mac_address')).toEqual([]);
    expect(sure({ x: `${IMEI}_c83469982221fb06_6403f8e3028a705b057a0d65103d6e11` })).toEqual([]);
    expect(sure({ order_ids: `${IMEI},${IMSI}` })).toEqual([]);
  });

  it('is asked for what may be such a number, or a text with one', () => {
    const field = (value: string) => ({ ...decodedOf([{ path: 'body.$.x', value }]).fields[0]! });
    expect(composite.triggers?.(field(IMEI), false)).toBe(true);
    expect(composite.triggers?.(field(`${IMEI}|${MAC}|affc4140`), false)).toBe(true);
    expect(composite.triggers?.(field('1700000000123'), false)).toBe(false);
    expect(composite.triggers?.(field(`9${IMEI}|${MAC}|affc4140`), false)).toBe(false);
  });
});
