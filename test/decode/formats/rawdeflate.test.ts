import { constants, deflateRawSync, deflateSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/rawdeflate.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request, values } from '../sample.js';

const json = JSON.stringify({ imei: '860000000000001', list: Array.from({ length: 50 }, (_, i) => i) });

test('content-encoding deflate is either of the two', () => {
  const raw = decodeRequest(request({ headers: [['Content-Encoding', 'deflate']], body: deflateRawSync(json) }));
  expect(values(raw)['body|rawdeflate.$.imei']).toBe('860000000000001');
  const zlib = decodeRequest(request({ headers: [['Content-Encoding', 'deflate']], body: deflateSync(json) }));
  expect(values(zlib)['body|deflate.$.imei']).toBe('860000000000001');
});

test('undeclared it must end with the bytes and hold something', () => {
  expect(opened(deflateRawSync(json))).toMatchObject({ 'body|rawdeflate.$.imei': '860000000000001' });
  expect(inside(deflateRawSync(json))).toMatchObject({ '|base64|rawdeflate|json$.imei': '860000000000001' });
  expect(Object.keys(opened(deflateRawSync(json, { level: 0 })))).toContain('body|rawdeflate.$.imei');
});

test('regression: a ciphertext is no text of one letter because its first bytes end a block', () => {
  const cipher = Buffer.from(
    '0b1d05f336029aee4a054a4891b64c582cc461d3cb1a6d9eda9712d8603c44afedd5933bbdb13f739e124814655571dcb5bc1025996ccdfc8062e8c48dfc31f70e55f210700fe1976587b0ec3787a5d546fac541935568de9346961454b027c6628d44a135fb',
    'hex',
  );
  expect(inflateRawSync(cipher).subarray(0, 200)).toEqual(Buffer.alloc(200, 'U'));
  const decoded = decodeRequest(request({ body: cipher }));
  expect(Object.keys(values(decoded))).toEqual(['body']);
  expect(decoded.opaque).toHaveLength(1);
});

/** What an inflater makes of all the bytes, where that is no longer than the text. */
function earns(bytes: Uint8Array): boolean {
  try {
    return inflateRawSync(bytes).length >= Math.max(12, bytes.length - 8) && endsThere(bytes);
  } catch {
    return false;
  }
}

/** Without its last byte it is no stream. */
function endsThere(bytes: Uint8Array): boolean {
  try {
    inflateRawSync(bytes.subarray(0, -1));
    return false;
  } catch {
    return true;
  }
}

test('the first look never turns away what an inflater would open', () => {
  const place = { base: false, truncated: false };
  const turnedAway = (bytes: Uint8Array) => bytes.length >= 8 && earns(bytes) && decoder.guess?.(bytes, place) !== true;
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 48 }), (bytes) => {
      expect(turnedAway(bytes)).toBe(false);
    }),
    { numRuns: 3_000 },
  );
  const piece = fc.tuple(fc.string({ minLength: 1, maxLength: 80 }), fc.constantFrom(constants.Z_FIXED, constants.Z_DEFAULT_STRATEGY));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.nat(), (pieces, flip) => {
      // A flush ends each piece with a block of its own that is not the last.
      const blocks = pieces.map(([text, strategy], index) =>
        deflateRawSync(`${text}${text}`, { strategy, ...(index < pieces.length - 1 ? { finishFlush: constants.Z_SYNC_FLUSH } : {}) }),
      );
      const whole = Buffer.concat(blocks);
      expect(turnedAway(whole)).toBe(false);
      whole[flip % whole.length]! ^= 1 << (flip & 7);
      expect(turnedAway(whole)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
