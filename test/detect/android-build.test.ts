import { expect, it } from 'vitest';
import { isAndroidBuild } from '../../src/detect/android-build.js';

it.each([
  ['google/raven/raven:13/TQ1A.221205.011/9244662:user/release-keys', true],
  ['NX-user 7.1.1 NMF26X 50021 release-keys', false],
  ['lineage_x 13 :userdebug/test-keys', true],
  ['TKQ1.221114.001 release-keys', true],
  ['TKQ1.221114.001', true],
  ['SQ3A.220611.008.B2', true],
  ['TKQ1.221399.001', false],
  ['ORDER.221114.001', false],
  ['AB.221114.001', false],
  ['OPM4.171019.021.P1/4820305', true],
  ['TQ1A.221205.011/home', false],
  ['V1.221205.011/9244662', false],
  ['release-keys', false],
  ['user guide for release-keys of the API', false],
])('%s: %s', (text, is) => {
  expect(isAndroidBuild(text)).toBe(is);
});
