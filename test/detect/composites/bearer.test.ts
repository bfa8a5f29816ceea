import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const logins = (parts: Parameters<typeof request>[0]) =>
  detector
    .detect(decodeRequest(request(parts)))
    .filter(({ dataType, grade }) => dataType === 'auth_token' && grade !== 'candidate')
    .map(({ path }) => path);

describe('bearer', () => {
  it('incident: a login was not told whose header the app had named itself', () => {
    expect(logins({ headers: [['zauthz', 'Bearer q83vEjRWeJCrze8SNFZ4kKvN7w']] })).toEqual(['header.zauthz']);
    expect(logins({ body: JSON.stringify({ zz: 'bearer q83vEjRWeJCrze8SNFZ4kKvN7w' }) })).toEqual(['body.$.zz']);
  });

  it('leaves words after the word, a token that is none and a sentence', () => {
    for (const zz of [
      'Bearer undefined',
      'Bearer of-this-letter-and-nobody-else',
      'Bearer 12345678901234567890',
      'Bearer token q83vEjRWeJCrze8SNFZ4kKvN7w',
    ])
      expect(logins({ body: JSON.stringify({ zz }) }), zz).toEqual([]);
  });
});
