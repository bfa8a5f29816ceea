import { expect, test } from 'vitest';
import { opened } from './sample.js';

/** A JPEG file whose only metadata is an XMP packet, as Adobe's tools and `exiftool -xmp:` write it. */
function jpeg(rdf: string): Buffer {
  const packet = Buffer.from(
    `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${rdf}</rdf:RDF></x:xmpmeta>`,
  );
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(packet.length + 2, 4);
  return Buffer.concat([head, packet, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3])]);
}

test('a position as elements and as attributes, in minutes and in seconds', () => {
  const elements = '<exif:GPSLatitude>31,13.82496N</exif:GPSLatitude><exif:GPSLongitude>121,28.42206E</exif:GPSLongitude>';
  expect(opened(jpeg(`<rdf:Description>${elements}</rdf:Description>`))).toMatchObject({
    'body|exif.GPSLatitude': '31.230416',
    'body|exif.GPSLongitude': '121.473701',
  });
  const attributes = 'exif:GPSLatitude="33,51,30S" exif:GPSLongitude="70,36,0W" aux:SerialNumber="042"';
  expect(opened(jpeg(`<rdf:Description ${attributes}/>`))).toMatchObject({
    'body|exif.GPSLatitude': '-33.8583333',
    'body|exif.GPSLongitude': '-70.6',
    'body|exif.BodySerialNumber': '042',
  });
});

test('what is no coordinate, or no packet, gives none', () => {
  expect(Object.keys(opened(jpeg('<exif:GPSLatitude>north</exif:GPSLatitude>'))).filter((path) => path.includes('GPS'))).toEqual([]);
  expect(Object.keys(opened(jpeg('<dc:title>x</dc:title>'))).filter((path) => path.includes('|exif'))).toEqual([]);
});
