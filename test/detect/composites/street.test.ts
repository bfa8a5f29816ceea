import { expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const streets = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ grade, trace }) => grade !== 'candidate' && trace.some(({ rule }) => rule === 'street-of-place'))
    .map(({ path, dataType }) => `${dataType} ${path}`);
const place = { province: '陕西省', city: '西安市', district: '鄠邑区' };

it('incident: the town and the street of where somebody reported from were not seen', () => {
  expect(streets({ ...place, township: '示例街道', street: '样本街' })).toEqual([
    'location_coarse body.$.township',
    'location_coarse body.$.street',
  ]);
  expect(streets({ Province: '山东省', City: '青岛市', street_number: '样本路' })).toEqual(['location_coarse body.$.street_number']);
});

it('takes no street without a place, of a shop, or of a parcel', () => {
  expect(streets({ street: '样本街' })).toEqual([]);
  expect(streets({ ...place, storeStreet: '样本街' })).toEqual([]);
  expect(streets({ ...place, street: 'main' })).toEqual([]);
  expect(streets({ ...place, consignee: '李小红', mobile: '13912345678', address: '样本路12号301室', street: '样本街' })).toEqual([]);
});
