import { expect, test } from 'vitest';
import { holdsAccount, trackerOf } from '../../src/detect/trackers.js';

test.each([
  ['_ga_ABC123DEF4', 'Google'],
  ['_clck', 'Microsoft'],
  ['__eoi', 'Google'],
  ['panoramaId', 'Lotame'],
  ['_pxvid', 'HUMAN (PerimeterX)'],
  ['wdcid', 'TRS'],
  ['Hm_lvt_0123456789abcdef0123456789abcdef', 'Baidu'],
  ['CNZZDATA1256789012', 'Umeng, CNZZ, Alibaba'],
  ['_bl_uid', 'Umeng, CNZZ, Alibaba'],
  ['AMCV_0123456789ABCDEF01234567%40AdobeOrg', 'Adobe'],
  ['mp_0123456789abcdef0123456789abcdef_mixpanel', 'Mixpanel, PostHog, Heap'],
  ['_hjSessionUser_123456', 'Hotjar, Mouseflow, FullStory'],
  ['moe_uuid', 'MoEngage'],
  ['_pk_id.1.1fff', 'Matomo, Snowplow, Parse.ly'],
])('%s is of %s', (name, company) => {
  expect(trackerOf(name)).toBe(company);
});

// At any address but Google's and Bing's, NID and MUID may be anybody's.
test.each(['NID', 'MUID', 'id', '', 'session', '_ga_', 'Hm_lpvt', 'amp_', 'uid', '_px3', 'x'.repeat(1_000)])('%s is of nobody', (name) => {
  expect(trackerOf(name)).toBeNull();
});

test('a cookie that holds the site’s own number of its user is told apart', () => {
  expect(holdsAccount('0f0b9c2a3d4e5f60_gr_cs1')).toBe(true);
  expect(holdsAccount('0f0b9c2a3d4e5f60_gr_session_id')).toBe(false);
  expect(holdsAccount('uid')).toBe(false);
});
