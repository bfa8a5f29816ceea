import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const point = (index: number) => ({ lat: 31.230416 + index / 1e4, lng: 121.473701, time: 1_700_000_000 + index });

describe('track', () => {
  it('makes one track of timed points, not many positions', () => {
    expect(sure({ points: [point(0), point(1), point(2)] })).toEqual([['location_track', 'probable', 'body.$.points']]);
    expect(
      sure({ gps: [0, 1, 2].map((index) => ({ pos: `121.473701,31.23041${index}`, ts: index })) }).map(([dataType]) => dataType),
    ).toEqual(['location_track']);
  });

  it('needs no names within what is called a track', () => {
    const bare = [0, 1, 2].map((index) => [120.02514 + index / 1e4, 30.24183, 1_763_784_012 + index]);
    expect(sure({ gpsList: bare })).toEqual([['location_track', 'probable', 'body.$.gpsList']]);
    expect(sure({ guiji: '120.02514,30.24183;120.02533,30.24201;120.02561,30.24233' })).toEqual([
      ['location_track', 'probable', 'body.$.guiji'],
    ]);
    expect(sure({ polyline: '120.02514,30.24183;120.02533,30.24201;120.02561,30.24233' })).toEqual([]);
  });

  it('takes the hours of a shop for no time of a point (shops_as_track)', () => {
    const shop = (index: number) => ({ lat: 31.2304 + index, lng: 121.4737, openTime: '10:00' });
    expect(sure({ shops: [shop(0), shop(1), shop(2)] }).map(([dataType]) => dataType)).not.toContain('location_track');
  });

  it('takes where a line calls for nobody’s way (timetable_as_track)', () => {
    const stop = (index: number) => ({ ...point(index), name: `${index}号站` });
    for (const name of ['stops', 'stations'])
      expect(
        sure({ [name]: [stop(0), stop(1), stop(2)] }).map(([dataType]) => dataType),
        name,
      ).not.toContain('location_track');
  });

  it('takes lamps that do not know where they stand for no track (lamps_as_track)', () => {
    const lamp = (index: number) => ({ device_id: `lamp-${index}`, latitude: 0, longitude: 0, on_time: 3600 + index });
    expect(sure({ child_device_list: [lamp(0), lamp(1), lamp(2)] }).map(([dataType]) => dataType)).not.toContain('location_track');
  });

  it('takes touches of a screen for no track (touches_as_track)', () => {
    const touch = (index: number) => ({ pos: `31.22,12.${30 + index}`, ts: 1_700_000_000 + index });
    expect(sure({ list: [touch(0), touch(1), touch(2)] }).map(([dataType]) => dataType)).not.toContain('location_track');
  });

  it('takes two points, or points without time, for positions', () => {
    expect(sure({ points: [point(0), point(1)] }).map(([dataType]) => dataType)).toEqual(['location_precise', 'location_precise']);
    expect(
      sure({ shape: [0, 1, 2].map((index) => ({ lat: 31.2304 + index, lng: 121.4737 })) }).map(([dataType]) => dataType),
    ).not.toContain('location_track');
  });

  it('incident: shops that were put in one after another, and parcels, were the way that somebody went', () => {
    const kinds = (body: object) => sure(body).map(([dataType]) => dataType);
    const at = (index: number) => ({ lat: 31.230416 + index / 1e4, lng: 121.473701, createTime: 1_700_000_000 + index });
    const rows = [at(0), at(1), at(2)];
    expect(kinds({ list: rows.map((row, index) => ({ ...row, title: `第${index}间`, price: 20 })) })).not.toContain('location_track');
    expect(
      kinds({ list: rows.map(({ lat, lng, createTime }) => ({ receiverLatitude: lat, receiverLongitude: lng, createTime })) }),
    ).not.toContain('location_track');
    expect(kinds({ list: rows.map(({ lat, lng, createTime }) => ({ shopLat: lat, shopLng: lng, time: createTime })) })).not.toContain(
      'location_track',
    );
    // Apps write so when somebody was there, too.
    expect(kinds({ list: rows })).toContain('location_track');
    expect(kinds({ list: rows.map(({ createTime, ...row }) => ({ ...row, gpsTime: createTime, name: '点' })) })).toContain(
      'location_track',
    );
  });
});
