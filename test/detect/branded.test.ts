import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const inHeader = (name: string, value: string) =>
  detector
    .detect(decodeRequest(request({ headers: [[name, value]] })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType }) => dataType);

describe('unbranded', () => {
  it('passes over the words that an app puts before a noun in its header fields', () => {
    expect(inHeader('panda-uid', '60642')).toEqual(['account_id']);
    expect(inHeader('x-log-uid', '2991122000')).toEqual(['account_id']);
    expect(inHeader('x-parse-os-version', '9')).toEqual(['os_version']);
    expect(inHeader('X-Parse-Session-Token', 'r:8f14e45fceea167a5a36dedd4bea2543')).toEqual(['auth_token']);
  });

  it('keeps words that make another thing of the noun, flags, and the app’s own passcode', () => {
    expect(inHeader('x-target-uid', '60642')).toEqual([]);
    expect(inHeader('x-viewed-uid', '60642')).toEqual([]);
    expect(inHeader('store-puid', '60642')).toEqual([]);
    expect(inHeader('puid', '60642')).toEqual(['account_id']);
    expect(inHeader('x-min-os-version', '9')).toEqual([]);
    expect(inHeader('x-example-emulator', 'true')).toEqual([]);
    expect(inHeader('x-example-passcode', 'ABC-DEF-0000')).toEqual([]);
  });

  it('takes the model in a header field for the sender’s, and kinds of devices for none', () => {
    expect(inHeader('model', 'm3 note')).toEqual(['device_model']);
    expect(inHeader('device-type', 'MWEB')).toEqual([]);
  });

  it('takes a token behind a brand for a login, and that of a request or a developer for none', () => {
    expect(inHeader('x-plex-token', 'V3KoARMyL631Hfjst8iP')).toEqual(['auth_token']);
    expect(inHeader('a-ticket', 'q83vEjRWeJCrze8SNFZ4kKvN7w')).toEqual(['auth_token']);
    expect(inHeader('x-example-client-identifier', '1adb7ab9dee363ed-com-example')).toEqual(['device_uuid']);
    for (const name of ['request-token', 'x-example-developer-token', 'x-csrf-token', 'x-example-captcha-ticket'])
      expect(inHeader(name, 'q83vEjRWeJCrze8SNFZ4kKvN7w'), name).toEqual([]);
    const address = detector.detect(decodeRequest(request({ url: 'https://api.example.com/v1/x?X-Plex-Token=V3KoARMyL631Hfjst8iP' })));
    expect(address.filter(({ grade }) => grade !== 'candidate').map(({ dataType }) => dataType)).toEqual(['auth_token']);
  });

  it('takes what a site keeps in a cookie to greet a person for that person’s', () => {
    expect(inHeader('cookie', 'example_nickname=Haibian')).toEqual(['nickname']);
    expect(inHeader('cookie', 'example_avatar=https://img.example.com/u/1.jpg')).toEqual(['avatar']);
    expect(inHeader('cookie', 'example_qq=o0123456789')).toEqual(['qq_id']);
    expect(inHeader('cookie', 'example_qq=123456789')).toEqual([]);
    expect(inHeader('cookie', 'author_nickname=Haibian')).toEqual([]);
    expect(inHeader('cookie', 'example_avatar=https://img.example.com/default.png')).toEqual([]);
  });

  it('holds for header fields only', () => {
    const body = detector.detect(decodeRequest(request({ body: JSON.stringify({ panda_uid: '60642' }) })));
    expect(body.every(({ grade }) => grade === 'candidate')).toBe(true);
  });
});
