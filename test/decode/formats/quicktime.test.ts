import { expect, test } from 'vitest';
import { opened } from '../sample.js';

function box(name: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const TYPE = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1'));
const FILM = box('mdat', Buffer.alloc(200, 7));

test('where Android says that a video was taken', () => {
  const text = Buffer.from('+31.2304+121.4737/');
  const place = box('\xa9xyz', Buffer.from([0, text.length, 0x15, 0xc7]), text);
  const video = Buffer.concat([TYPE, box('moov', box('mvhd', Buffer.alloc(100)), box('udta', place)), FILM]);
  expect(opened(video, 'video/mp4')).toMatchObject({
    'body|quicktime.GPSLatitude': '31.2304',
    'body|quicktime.GPSLongitude': '121.4737',
    body: expect.any(String),
  });
});

test('where an iPhone says so, south and west, with a height', () => {
  const name = 'com.apple.quicktime.location.ISO6709';
  const item = (text: string) => box('data', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from(text));
  const meta = box(
    'meta',
    box('keys', Buffer.alloc(8), box('mdta', Buffer.from(name))),
    box('ilst', item('Apple'), item('-33.8583-070.6000+012.345/')),
  );
  expect(opened(Buffer.concat([TYPE, FILM, box('moov', meta)]), 'video/quicktime')).toMatchObject({
    'body|quicktime.GPSLatitude': '-33.8583',
    'body|quicktime.GPSLongitude': '-70.6000',
  });
});

test('a video that says nothing, and a name without a place', () => {
  for (const video of [Buffer.concat([TYPE, FILM]), Buffer.concat([TYPE, FILM, Buffer.from('\xa9xyz nowhere', 'latin1')])])
    expect(Object.keys(opened(video, 'video/mp4')).filter((path) => path.includes('|quicktime'))).toEqual([]);
});
