import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const places = (body: unknown) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType }) => /location|trip|exif/.test(dataType))
    .map(({ dataType, grade, value, path, placeholder }) => ({ dataType, grade, value, path, placeholder }));

describe('coordinates', () => {
  it('makes one piece of evidence of a pair', () => {
    expect(places({ gps: { lat: 31.230416, lng: 121.473701 } })).toEqual([
      { dataType: 'location_precise', grade: 'probable', value: '31.230416,121.473701', path: 'body.$.gps.lat', placeholder: false },
    ]);
  });

  it.each([
    [{ latitude: '31.23', longitude: '121.47' }, 'location_coarse'],
    [{ latitude: '31.230', longitude: '121.473' }, 'location_precise'],
    [{ userLat: 31.2304, userLng: 121.4737 }, 'location_precise'],
    [{ lat: 31230416, lng: 121473701 }, 'location_precise'],
    [{ loc: [121.473701, 31.230416] }, 'location_precise'],
    [{ location: '121.473701,31.230416' }, 'location_precise'],
    [{ startLat: 31.2304, startLng: 121.4737 }, 'trip_origin'],
    [{ dest_lat: 31.2304, dest_lng: 121.4737 }, 'trip_destination'],
    [{ eLat: 31.2304, eLng: 121.4737 }, 'trip_destination'],
    [{ s_lat: 31.2304, s_lng: 121.4737 }, 'trip_origin'],
    [{ deviceLat: 31.2304, deviceLon: 121.4737 }, 'location_precise'],
    [{ selfLat: 31.2304, selfLng: 121.4737 }, 'location_precise'],
    [{ exif: { GPSLatitude: 31.230416, GPSLongitude: 121.473701 } }, 'photo_exif_gps'],
    [{ location: { x: 121.473701, y: 31.230416 } }, 'location_precise'],
    [{ flat: 31.1945, flng: 121.4369 }, 'trip_origin'],
    [{ tlat: '31.1443', tlng: '121.8082' }, 'trip_destination'],
    [{ jd: 120.02514, wd: 30.24183 }, 'location_precise'],
    [{ 当前纬度: 31.2304, 当前经度: 121.4737 }, 'location_precise'],
    [{ w: 30.241835, j: 120.025141 }, 'location_precise'],
    [{ klat: '31.23041612345', klnt: '121.47370112345' }, 'location_precise'],
    [{ dlt: '31.230416', dln: '121.473701' }, 'location_precise'],
    [{ latlng: '31.230416,121.473701,1700000000123' }, 'location_precise'],
    [{ geohash: 'wtw3sjq6q' }, 'location_precise'],
    [{ geohash: 'wtw3' }, 'location_coarse'],
  ])('%j is %s', (body, dataType) => {
    expect(places(body).map((each) => each.dataType)).toEqual([dataType]);
  });

  it.each([
    [{ shop: { lat: 31.2304, lng: 121.4737 } }],
    [{ warehouse: { location: { lat: 31.2304, lng: 121.4737 } } }],
    [{ storeLat: '31.2304', storeLng: '121.4737' }],
    [{ branches: [{ lat: 31.2304, lng: 121.4737 }] }],
  ])('takes where a shop or a warehouse stands for no more than a clue: %j', (body) => {
    expect(places(body).map(({ grade }) => grade)).toEqual(['candidate']);
  });

  it('takes points of games and touches for no place (points_of_a_game)', () => {
    const sure = (body: unknown) => places(body).filter(({ grade }) => grade !== 'candidate');
    expect(sure({ center: [0.366976, 75.221369], coord: '68.2141,17.3675', point: [22.132538, 167.647259] })).toEqual([]);
    const touch = (index: number) => ({ center: [30 * index + 8.1234, 100.5003 + 80 * index], at: index });
    expect(sure({ list: [0, 1, 2, 3, 4].map(touch) })).toEqual([]);
    expect(sure({ center: [121.473701, 31.230416] })).toHaveLength(1);
    expect(sure({ list: [0, 1, 2].map((index) => ({ center: [121.473701, 31.230416 + index / 100] })) })).toHaveLength(3);
  });

  it('says of a point among drawings why it is no place', () => {
    const touch = (index: number) => ({ center: [30 * index + 8.1234, 100.5003 + 80 * index] });
    const found = detector
      .detect(decodeRequest(request({ body: JSON.stringify({ list: [0, 1, 2, 3, 4].map(touch) }) })))
      .filter(({ dataType }) => dataType === 'location_precise');
    expect(found.map(({ grade }) => grade)).toEqual(['candidate']);
    expect(found[0]?.trace.map(({ rule }) => rule).at(-1)).toBe('drawn-points');
  });

  it('does not take the state of a web page for a shop', () => {
    // `store` is also what web apps call the whole of their state.
    expect(places({ store: { state: { user: { lat: 31.2304, lng: 121.4737 } } } })).toHaveLength(1);
  });

  it('incident: lbsX and lbsY are a place, and positions of a touch or a game are none', () => {
    expect(places({ lbsX: '121.473701', lbsY: '31.230416' })).toEqual([
      { dataType: 'location_precise', grade: 'probable', value: '31.230416,121.473701', path: 'body.$.lbsY', placeholder: false },
    ]);
    for (const body of [
      { locationX: '121.473701', locationY: '31.230416' },
      { touchX: 121.473701, touchY: 31.230416 },
      { posX: 121.473701, posY: 31.230416, posZ: 0.5 },
      { gpsX: '12.473701', gpsY: '60.230416' },
      { lbsX: 121.5, lbsY: 31.2 },
      { lbsX: '121.473701' },
    ])
      expect(
        places(body).filter(({ grade }) => grade !== 'candidate'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('incident: a place beside a file of the album is where the picture was taken', () => {
    const photo = { storage: '/storage/emulated/0/DCIM/Camera/IMG_20260102_105424.jpg', longitude: 121.473701, latitude: 31.230416 };
    expect(places({ USER_PHONE_PHOTO: [photo] })).toMatchObject([
      { dataType: 'photo_exif_gps', path: 'body.$.USER_PHONE_PHOTO[0].latitude' },
    ]);
    // Whoever sends one picture may say where the phone is.
    expect(places({ photo })).toMatchObject([{ dataType: 'location_precise' }]);
    expect(places({ clockIn: [photo] })).toMatchObject([{ dataType: 'location_precise' }]);
  });

  it('incident: klat and klnt are a place only together, within China and with long decimals', () => {
    expect(places({ klat: '31.23041612345', klnt: '121.47370112345' })).toEqual([
      { dataType: 'location_precise', grade: 'probable', value: '31.23041612345,121.47370112345', path: 'body.$.klat', placeholder: false },
    ]);
    for (const body of [
      { klat: '31.23041612345' },
      { plat: 3, plon: 100 },
      { plat: '31.23', plon: '121.47' },
      { klat: '31.230416', mlnt: '121.473701' },
      { alt: '31.230416', aln: '12.5' },
      { dlt: '31.230416' },
      { dlt: '31.2304', dln: '121.4737' },
      { klat: '60.23041612', klnt: '10.47370112' },
      { salon: '121.473701', salat: 'x' },
    ])
      expect(places(body), JSON.stringify(body)).toEqual([]);
  });

  it('takes lot beside lat, and lt beside lg, for a place only within China and with long decimals', () => {
    for (const body of [
      { lot: 121.47370112345, lat: 31.23041612345 },
      { lt: '31.23041612345', lg: '121.47370112345' },
    ])
      expect(places(body)).toEqual([expect.objectContaining({ dataType: 'location_precise', value: '31.23041612345,121.47370112345' })]);
    for (const body of [
      { lot: 121.47370112345 },
      { lot: 17, lat: 31.23041612345 },
      { lot: 10.47370112345, lat: 60.23041612345 },
      { lt: 10, lg: 100 },
    ])
      expect(places(body).filter(({ grade }) => grade !== 'candidate')).toEqual([]);
    expect(places({ lot: 17, lat: 31.230416, lng: 121.473701 })).toEqual([
      expect.objectContaining({ dataType: 'location_precise', value: '31.230416,121.473701' }),
    ]);
  });

  it('leaves the axes of a scene and halves of short names alone', () => {
    expect(places({ pos: { x: 121.47, y: 31.23, z: 0.5 } })).toEqual([]);
    expect(places({ flat: 31.1945 })).toEqual([]);
    expect(places({ jd: 512.3, wd: 41.2 })).toEqual([]);
    expect(places({ w: 30.2418, j: 120.0251 })).toEqual([]);
    expect(places({ w: 30.241835, h: 120.025141 })).toEqual([]);
  });

  it('says why three decimals count as precise', () => {
    const [evidence] = detector.detect(decodeRequest(request({ body: '{"lat":31.230,"lng":121.473}' })));
    expect(evidence?.trace.find(({ rule }) => rule === 'precision')?.text.en).toContain('110 m');
  });

  it('knows that 0,0 is no position', () => {
    expect(places({ lat: 0, lng: 0 })).toMatchObject([{ placeholder: true }]);
  });

  it('takes half a position only below a name of a place', () => {
    expect(places({ device: { geo: { lat: 31.2304 } } })).toMatchObject([{ dataType: 'location_precise', grade: 'probable' }]);
    expect(places({ lat: 12.3456 }).filter(({ grade }) => grade !== 'candidate')).toEqual([]);
  });

  it('leaves screen points, versions and distances alone', () => {
    for (const body of [
      { x: 103.5, y: 88.2 },
      { position: { x: 12.345678, y: 33.123456 } },
      { touch: { x: 1.5, y: 2.5 } },
      { version: '31.23,121.47' },
      { latency: 31.2, long: true },
      { lat: 312.5, lng: 10 },
    ])
      expect(
        places(body).filter(({ grade }) => grade !== 'candidate'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('takes the corners of an area for nobody’s place (border_as_location)', () => {
    const ring = [
      [121.473701, 31.230416],
      [121.483701, 31.230416],
      [121.483701, 31.240416],
      [121.473701, 31.230416],
    ];
    const grades = (coordinates: unknown) => [...new Set(places({ geometry: { coordinates } }).map(({ grade }) => grade))];
    expect(grades([ring])).toEqual(['candidate']);
    expect(grades([[ring]])).toEqual(['candidate']);
    expect(grades(ring)).toEqual(['probable']);
    expect(grades(ring[0])).toEqual(['probable']);
  });

  it('incident: a way in several parts, and batches of fixes, were taken for the corners of an area', () => {
    const way = [
      [121.473701, 31.230416],
      [121.483701, 31.240416],
    ];
    const grades = (body: object) => [...new Set(places(body).map(({ grade }) => grade))];
    expect(grades({ geometry: { type: 'MultiLineString', coordinates: [way, way] } })).toEqual(['probable']);
    expect(grades({ geometry: { type: 'Polygon', coordinates: [way, way] } })).toEqual(['candidate']);
    expect(grades({ locations: [way, way] })).toEqual(['probable']);
  });

  it('takes where a shop stands for the shop’s (place_of_a_shop)', () => {
    const shop = { shopName: '人民广场店', tel: '400-820-8820' };
    expect(places({ ...shop, lat: 31.2304, lng: 121.4737 }).map(({ grade }) => grade)).toEqual(['candidate']);
    expect(places({ ...shop, location: '121.473701,31.230416' }).map(({ grade }) => grade)).toEqual(['candidate']);
    expect(places({ shopName: '人民广场店', lat: 31.2304, lng: 121.4737 }).map(({ grade }) => grade)).toEqual(['probable']);
  });

  it('takes what a map shows and the fence of an area for nobody’s place (viewport_as_location)', () => {
    const at = { lat: 31.2304, lng: 121.4737 };
    expect(places({ bounds: { ne: at, sw: { lat: 31.22, lng: 121.46 } } }).map(({ grade }) => grade)).toEqual(['candidate', 'candidate']);
    expect(places({ fence: [at, { lat: 31.2404, lng: 121.4837 }] }).map(({ grade }) => grade)).toEqual(['candidate', 'candidate']);
  });

  it('takes the object’s name for the end of a trip (start_as_location)', () => {
    const at = { lat: 31.2304, lng: 121.4737 };
    const types = (body: object) => places(body).map(({ dataType }) => dataType);
    expect(types({ start: at, end: { lat: 31.24, lng: 121.49 } })).toEqual(['trip_origin', 'trip_destination']);
    expect(types({ destination: { location: at } })).toEqual(['trip_destination']);
    expect(types({ device: at })).toEqual(['location_precise']);
    // A place to set out from may be chosen on the map: its name says no more, and to call it the phone's would accuse.
    expect(types({ from: at, radius: 3000 })).toEqual(['trip_origin']);
    expect(types({ Endpoint: { Location: at } })).toEqual(['location_precise']);
  });

  it('incident: `locationX` and `locationY` beside the place in words, and an address that is a pair, were no position', () => {
    const types = (body: object) =>
      places(body)
        .filter(({ grade }) => grade !== 'candidate')
        .map(({ dataType }) => dataType);
    const point = { locationX: '121.47370147705078', locationY: '31.230416107177734' };
    expect(types({ ...point, location: '上海市-示例大厦' })).toEqual(['location_precise']);
    // Where a finger touched.
    expect(types(point)).toEqual([]);
    expect(types({ ...point, location: 'header' })).toEqual([]);
    expect(types({ locationX: '121.5', locationY: '31.5', location: '上海市-示例大厦' })).toEqual([]);
    expect(types({ address: '121.473701,31.230416' })).toEqual(['location_precise']);
    expect(types({ address: '121.4,31.2' })).toEqual([]);
    expect(types({ addresses: '3.141592,2.718281', size: '121.473701,31.230416' })).toEqual([]);
  });
});
