import { limits } from '../../limits.js';
import type { Decoder, Leaf } from '../decoder.js';
import { named } from '../path.js';

/** Android writes the place as user data of its own (3GPP TS 26.244 and QuickTime File Format, `©xyz`), iOS as an item of metadata. */
const USER_DATA = '\xa9xyz';
const APPLE = 'com.apple.quicktime.location.ISO6709';
/** A text item: its atom, and type 1, UTF-8. */
const ITEM = 'data\0\0\0\x01';
/** ISO 6709 annex H: latitude, longitude, perhaps a height: `+31.2304+121.4737+012.3/`. */
const PLACE = /([+-]\d{2}\.\d{1,8})([+-]\d{3}\.\d{1,8})(?:[+-]\d{1,5}(?:\.\d{1,4})?)?\//;
/** Bytes behind a name in which its text stands. */
const REACH = 64;

/** Boxes begin with their length; the first one says what kind of file it is. Photographs of the same family have a decoder of their own. */
function isVideo(bytes: Uint8Array): boolean {
  if (bytes[4] !== 0x66 || bytes[5] !== 0x74 || bytes[6] !== 0x79 || bytes[7] !== 0x70 || bytes.length < 64) return false;
  const brand = String.fromCharCode(...bytes.subarray(8, 11));
  return brand !== 'hei' && brand !== 'mif' && brand !== 'avi';
}

/** Latitude and longitude as decimals; null: none. */
function placeIn(bytes: Buffer): readonly [string, string] | null {
  let at = bytes.indexOf(USER_DATA, 0, 'latin1');
  const own = at < 0 ? null : PLACE.exec(bytes.toString('latin1', at, at + REACH));
  if (own !== null) return [own[1]!, own[2]!];
  at = bytes.indexOf(APPLE, 0, 'latin1');
  for (let items = 0; at >= 0 && items < limits.exifEntries; items++) {
    at = bytes.indexOf(ITEM, at + 1, 'latin1');
    const found = at < 0 ? null : PLACE.exec(bytes.toString('latin1', at, at + REACH));
    if (found !== null) return [found[1]!, found[2]!];
  }
  return null;
}

/** Where a video was taken. The pictures stay a field: what they show is for other eyes. */
export const decoder: Decoder = {
  id: 'quicktime',
  says: { zh: '视频（MP4/MOV）中的拍摄地点', en: 'where a video (MP4/MOV) says it was taken' },
  order: 10,
  magic: isVideo,
  open({ bytes, root, keys, work }) {
    const place = placeIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (place === null) return null;
    const group = work.group();
    const leaves = (['GPSLatitude', 'GPSLongitude'] as const).map((name, index): Leaf => {
      const value = place[index]!.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
      return { path: `${root}.${name}`, keys: named(keys, name), value, kind: 'number', group, closed: true };
    });
    return { leaves, beside: true };
  },
};
