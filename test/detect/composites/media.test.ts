import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, decodedOf } from '../fixture.js';

const detector = createDetector({ dataTypes });

function upload(begin: readonly number[], keys: readonly string[], direction: 'request' | 'response' = 'request') {
  const bytes = new Uint8Array(200);
  bytes.set(begin);
  const decoded = decodedOf([{ path: 'body.multipart.file', keys, value: 'x', kind: 'binary', bytes }], direction);
  return detector.detect(decoded).map(({ dataType, grade }) => [dataType, grade]);
}
const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const AMR = [...'#!AMR\n'].map((character) => character.charCodeAt(0));

describe('media', () => {
  it('tells pictures and sound by their first bytes', () => {
    expect(upload(JPEG, ['file'])).toEqual([['photo_video', 'probable']]);
    expect(upload(AMR, ['file'])).toEqual([['audio_recording', 'probable']]);
    expect(upload([1, 2, 3], ['file'])).toEqual([]);
  });

  it('lets the name say what it is for', () => {
    expect(upload(JPEG, ['faceImage'])[0]?.[0]).toBe('face_feature');
    expect(upload(JPEG, ['idCardFront'])[0]?.[0]).toBe('id_document_image');
    // Incident: at a bank, whose list has the copy of an ID document, its front was a picture out of the album.
    expect(upload(JPEG, ['idPhotoFront'])[0]?.[0]).toBe('id_document_image');
    expect(upload(JPEG, ['driverLicensePic'])[0]?.[0]).toBe('driver_license');
    expect(upload(JPEG, ['paidPhoto'])[0]?.[0]).toBe('photo_video');
    expect(upload(JPEG, ['avatar'])[0]?.[0]).toBe('avatar');
    expect(upload(AMR, ['voicePrint'])[0]?.[0]).toBe('voiceprint');
  });

  it('incident: the logo in the source of a page was a photograph out of the album', () => {
    const inText = (path: string, size: number) => {
      const bytes = new Uint8Array(size);
      bytes.set(JPEG);
      const field = { path, keys: [], value: 'x', kind: 'binary', bytes, steps: ['token', 'base64'] } as const;
      return detector.detect(decodedOf([field])).map(({ grade }) => grade);
    };
    expect(inText('body[2]|token|base64', 5_000)).toEqual(['candidate']);
    expect(inText('body[2]|token|base64', 40_000)).toEqual(['probable']);
    expect(inText('body[2]|token|record.src|base64', 5_000)).toEqual(['probable']);
  });

  it('takes no icon of a page, which is drawn into its text, for a photograph', () => {
    const inline = (keys: readonly string[], size: number) => {
      const bytes = new Uint8Array(size);
      bytes.set([0x89, 0x50, 0x4e, 0x47]);
      const field = { path: 'body|xml.A.@ICON|dataurl', keys, value: 'x', kind: 'binary', bytes, steps: ['xml', 'dataurl'] } as const;
      return detector.detect(decodedOf([field])).map(({ dataType }) => dataType);
    };
    expect(inline(['@ICON'], 352)).toEqual([]);
    expect(inline(['photo'], 352)).toEqual(['photo_video']);
    expect(inline(['@ICON'], 4_000)).toEqual(['photo_video']);
  });

  it('does not count the pictures that a service sends', () => {
    expect(upload(JPEG, ['file'], 'response')).toEqual([]);
  });
});
