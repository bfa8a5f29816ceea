import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { isOfAddressee } from '../../src/detect/addressee.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const placesOf = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ grade, path }) => grade !== 'candidate' && /\.(?:lat|lng)$/.test(path))
    .map(({ dataType, path }) => `${dataType} ${path}`);

const HOME = { address: '文三路478号华星时代广场A座1203室', lat: 30.277121, lng: 120.126011 };

describe('isOfAddressee', () => {
  it('incident: where a parcel goes, picked on a map, was told as the precise location of the phone', () => {
    expect(placesOf({ consignee: '陈晓雨', mobile: '13912340057', ...HOME })).toEqual(['postal_address body.$.lat']);
    expect(placesOf({ receiverName: '陈晓雨', ...HOME })).toEqual(['postal_address body.$.lat']);
  });

  it('leaves the phone where it is: without whom it goes to, beside a contact, or in another object', () => {
    for (const body of [HOME, { name: '陈晓雨', mobile: '13912340057', ...HOME }, { contactName: '陈晓雨', ...HOME }])
      expect(placesOf(body)).toEqual(['location_precise body.$.lat']);
    const apart = { order: { consignee: '陈晓雨', address: HOME.address }, device: { lat: HOME.lat, lng: HOME.lng } };
    expect(placesOf(apart)).toEqual(['location_precise body.$.device.lat']);
  });

  it('asks for both', () => {
    const fieldsOf = (body: object) => decodeRequest(request({ body: JSON.stringify(body) })).fields.filter(({ part }) => part === 'body');
    expect(isOfAddressee(fieldsOf({ consignee: '陈晓雨', address: '文三路478号' }))).toBe(true);
    expect(isOfAddressee(fieldsOf({ consignee: '', address: '文三路478号' }))).toBe(false);
    expect(isOfAddressee(fieldsOf({ consignee: '陈晓雨', address: 'https://a.example.com' }))).toBe(false);
  });
});
