import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const found = (cookie: string) =>
  detector
    .detect(decodeRequest(request({ headers: [['cookie', cookie]] })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, value }) => [dataType, value]);

const MD5 = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const LOGIN = `exampleuser|1700000000|q83vEjRWeJCrze8SNFZ4kKvN7wq83vEjRWeJCrze8SN|${MD5}${MD5}`;

describe('login-cookies', () => {
  it('incident: a site’s login cookie was not told, whose name ends in the digest of its address', () => {
    for (const written of [LOGIN, encodeURIComponent(LOGIN)])
      expect(found(`wordpress_logged_in_${MD5}=${written}`), written).toEqual([
        ['auth_token', LOGIN],
        ['account_id', 'exampleuser'],
      ]);
    expect(found('iPlanetDirectoryPro=q83vEjRWeJCrze8SNFZ4kKvN7w*q83vEjRWeJCrze8SNFZ4kKvN7w')).toHaveLength(1);
  });

  it('leaves what the same software writes for other ends, and the name with another value', () => {
    expect(found(`wordpress_test_cookie=WP%20Cookie%20check%20of%20today; wp-settings-1=${MD5}`)).toEqual([]);
    expect(found(`wordpress_logged_in_${MD5}=%E0%A4%A0deleted-by-the-site-itself`)).toEqual([]);
  });
});
