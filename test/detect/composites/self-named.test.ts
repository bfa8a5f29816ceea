import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const UUID = '8886540e-13fb-4676-a3d4-027abf3760ce';

const found = (value: string, name = 'f1') =>
  detector
    .detect(decodeRequest(request({ url: `https://api.example.com/v1/x?${name}=${encodeURIComponent(value)}` })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, value: read }) => [dataType, read]);

describe('self-named', () => {
  it('believes a value that says what it is, whatever the field is called', () => {
    expect(found(`google_advertising_id:${UUID}`)).toEqual([['gaid', UUID]]);
    expect(found(`idfa:${UUID.toUpperCase()}`, '_fw_did')).toEqual([['idfa', UUID.toUpperCase()]]);
    expect(found('imei:866123456789018')).toEqual([['imei', '866123456789018']]);
  });

  it('takes no name that means much, no value that fails, no list and no text', () => {
    expect(found(`id:${UUID}`)).toEqual([]);
    expect(found(`page:${UUID}`)).toEqual([]);
    for (const name of ['uuid', 'GUID', 'urn']) expect(found(`${name}:${UUID}`), name).toEqual([]);
    expect(found('imei:866123456789011')).toEqual([]);
    expect(found('google_advertising_id:undefined')).toEqual([]);
    expect(found(`idfa:${UUID}, page:1`)).toEqual([]);
    expect(found(`the google_advertising_id ${UUID}`)).toEqual([]);
    expect(found('imei:000000000000000')).toEqual([]);
  });
});
