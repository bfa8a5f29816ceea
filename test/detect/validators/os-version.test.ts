import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/os-version.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('os-version', () => {
  it.each([
    ['Android11', 'android11', 'name and version'],
    ['30', '30', 'an API level'],
    ['Android 4.1.1#8.10', 'android 4.1.1#8.10', 'system and a second version'],
    ['NX-user 7.1.1 NMF26X 50021 release-keys', 'NX-user 7.1.1 NMF26X 50021 release-keys', 'a build'],
    ['R11s_11_A.53_181217', 'R11s_11_A.53_181217', 'a firmware'],
    ['11.4 (Build 15F79)', '11.4 (Build 15F79)', 'what iOS says of itself'],
    ['版本 17.4.1（版号 21E236）', '版本 17.4.1（版号 21E236）', 'the same in Chinese'],
    ['TKQ1.221114.001 release-keys', 'TKQ1.221114.001 release-keys', 'what a phone shows as its build'],
    ['example/EXUI/OriginOS 5', 'example/exui/originos 5', 'what the maker writes before its name'],
    ['29 (10)', '29 (10)', 'an API level and the release that has it'],
    ['Funtouch 14.0', 'funtouch 14.0', 'the system by the name without OS'],
    [
      'Example/EX/EX24:16/UKQ1.231108.001/V.56a94d5:user/release-keys/',
      'Example/EX/EX24:16/UKQ1.231108.001/V.56a94d5:user/release-keys/',
      'a fingerprint with a slash at its end',
    ],
    ['11,30', '11,30', 'release and API level'],
    ['API 29', 'API 29', 'an API level by its word'],
    ['amigo9.9.1', 'amigo9.9.1', 'the system of a maker'],
    ['Smartisan OS 6.6', 'smartisan os 6.6', 'that of another'],
    ['Microsoft Windows NT 6.1.7601 Service Pack 1', 'microsoft windows nt 6.1.7601 service pack 1', 'Windows'],
    ['O_MR1', 'o_mr1', 'the code name of an Android release'],
    ['UPSIDE_DOWN_CAKE', 'upside_down_cake', 'a longer one'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['10902', 'a platform number'],
    ['MAL_8.7.4', 'an SDK version'],
    ['STABLE_MR1', 'a branch of an app'],
    ['app/demo/example 5', 'a path'],
    ['amigos', 'a word that begins like a system'],
    ['1700000000123', 'a time'],
    ['77b1c2d3e4f50617', 'incident: an Android ID under the name of the system was told as its version'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
