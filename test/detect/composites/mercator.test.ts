import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const places = (query: string) =>
  detector
    .detect(decodeRequest(request({ url: `https://api.example.com/x?${query}` })))
    .filter(({ dataType, grade }) => dataType === 'location_precise' && grade !== 'candidate')
    .map(({ path, value }) => `${path} ${value}`);

describe('mercator', () => {
  it('reads a position in metres, however the number is written', () => {
    expect(places('lat=3639000.1234&lng=13522000.5')).toEqual(['query.lat 3639000.1234,13522000.5']);
    expect(places('loc_lat=3639000.12&loc_lng=1.352200056789E7')).toEqual(['query.loc_lat 3639000.12,1.352200056789E7']);
  });

  it('takes no pair outside China, no half, and no number without the name', () => {
    expect(places('lat=3639000.1234&lng=3522000.5')).toEqual([]);
    expect(places('lat=3639000.1234')).toEqual([]);
    expect(places('price=3639000.1234&total=13522000.5')).toEqual([]);
    expect(places('start_lat=3639000.12&end_lng=13522000.5')).toEqual([]);
  });

  it('incident: a place in metres under the names of axes, and in one text, was not seen', () => {
    expect(places('loc_x=13522000.123456&loc_y=3639000.123456')).toEqual(['query.loc_y 3639000.123456,13522000.123456']);
    expect(places('point=(13522000.123456,3639000.123456)')).toEqual(['query.point (13522000.123456,3639000.123456)']);
    expect(places('mapcenter=13522000.12,3639000.12')).toEqual(['query.mapcenter 13522000.12,3639000.12']);
  });

  it('takes no two sums of money, no box and no point of a game', () => {
    expect(places('amount=(13522000.12,3639000.12)')).toEqual([]);
    expect(places('loc=(13522000,3639000,13523000,3640000)')).toEqual([]);
    expect(places('point=(3522000.12,3639000.12)')).toEqual([]);
    expect(places('map_x=1352200&map_y=363900')).toEqual([]);
  });
});
