/**
 * Cookies by which trackers know a browser again, as their makers document them (developer documentation and cookie notices of the
 * companies named; the register of the ICC UK cookie guide for the older ones). Names that carry the customer's number or key as a part,
 * and names too short to mean anything outside a cookie, cannot stand among the keys of `tracking_cookie.yaml`.
 */
interface Tracker {
  readonly company: string;
  readonly names: RegExp;
}

const TRACKERS: readonly Tracker[] = [
  { company: 'Google', names: /^(?:_ga_[0-9A-Z]{6,12}|_gac_.{4,30}|_gcl_(?:aw|dc|gb|au|gs)|NID|ANID|DSID|IDE|__gads|__gpi|__utm[az])$/ },
  { company: 'Microsoft', names: /^(?:MUID|MUIDB|SRCHUID|_clck|_uet[sv]id|ai_user)$/ },
  { company: 'Meta', names: /^(?:_fb[pc]|datr)$/ },
  { company: 'Baidu', names: /^(?:BAIDUID(?:_BFESS|_V4)?|BIDUPSID|H[mM]_lv?t_[0-9a-f]{32}|HMACCOUNT(?:_BFESS)?)$/ },
  { company: 'Umeng, CNZZ, Alibaba', names: /^(?:UM_distinctid|CNZZDATA\d{4,12}|cna|tfstk|_uab_collina)$/ },
  { company: 'Tencent', names: /^(?:pgv_pvid|pgv_pvi|pac_uid|ptcz|tvfe_boss_uuid|eas_sid)$/ },
  { company: 'ByteDance', names: /^(?:ttwid|tt_webid(?:_v2)?|_ttp|s_v_web_id|odin_tt|MONITOR_WEB_ID|passport_web_did)$/ },
  { company: 'Bilibili', names: /^(?:buvid[34]|buvid_fp(?:_plain)?|_uuid)$/ },
  { company: 'Sina, Weibo', names: /^(?:SINAGLOBAL|U_TRS[12]|vjuids|Apache|SUV|SGUID)$/ },
  { company: 'JD', names: /^(?:__jd[auv]|shshshfp[abx]?|3AB9D23F7A4B3C(?:9B|SS))$/ },
  { company: 'GrowingIO', names: /^(?:gr_user_id|grwng_uid|[0-9a-f]{16}_gr_(?:session_id|cs1|last_sent_cs1)|gdp_user_id)$/ },
  { company: 'Sensors Data', names: /^(?:sensorsdata\d{4}jssdk(?:cross|channel)?|sajssdk_\d{4}_cross_new_user)$/ },
  { company: 'Zhuge, 51LA, Gridsum', names: /^(?:zg_did|zg_[0-9a-f]{32}|__51(?:cke|uvsct|vcke)__.{0,30}|_gscu_\d{4,12}|_smt_uid)$/ },
  { company: 'Amplitude', names: /^(?:amp_[0-9a-f]{6}(?:[0-9a-f]{0,26})|AMP_[0-9a-f]{10}|amplitude_id.{0,40})$/ },
  { company: 'Mixpanel, PostHog, Heap', names: /^(?:mp_[0-9a-f]{32}_mixpanel|ph_phc_\w{20,50}_posthog|_hp2_id\.\d{4,12})$/ },
  { company: 'Segment', names: /^ajs_anonymous_id$/ },
  { company: 'Hotjar, Mouseflow, FullStory', names: /^(?:_hjSessionUser_\d{3,10}|_hjid|mf_[0-9a-f-]{36}|mf_user|fs_uid)$/ },
  {
    company: 'Matomo, Snowplow, Parse.ly',
    names: /^(?:_pk_id\.\d{1,6}\.[0-9a-f]{4}|_sp_id\.[0-9a-f]{4}|_parsely_visitor|_chartbeat\d?|_cb)$/,
  },
  {
    company: 'Adobe',
    names: /^(?:AMCV_[0-9A-F]{20,30}(?:@|%40)AdobeOrg|s_(?:vi|fid|ecid)|demdex|dpm|kndctr_\w{10,60}_identity|aam_uuid)$/,
  },
  { company: 'Optimizely, VWO, Quantcast, comScore', names: /^(?:optimizelyEndUserId|_vwo_uuid(?:_v2)?|__qca)$/ },
  {
    company: 'HubSpot, Intercom, Drift, Marketo',
    names: /^(?:hubspotutk|__hstc|intercom-id-\w{6,12}|driftt_aid|_mkto_trk|_bizo_bzid|km_ai|__distillery|TAPID|utag_main)$/,
  },
  {
    company: 'Twitter, LinkedIn, Pinterest, Reddit, Snap',
    names:
      /^(?:guest_id(?:_ads|_marketing)?|personalization_id|muc_ads|bcookie|bscookie|li_sugr|_pin_unauth|_pinterest_ct_ua|_rdt_uuid|_scid(?:_r)?|sc_at)$/,
  },
  { company: 'Yandex, Mail.ru, VK', names: /^(?:_ym_uid|yandexuid|yuidss|tmr_lvid|remixstid)$/ },
  {
    company: 'Criteo, Xandr, The Trade Desk, Oracle',
    names: /^(?:cto_bundle|uuid2|anj|TDID|TDCPM|bku|_kuid_|tuuid|tuuid_lu|KRTBCOOKIE_\d{1,4}|khaos|CMID|CMPS|OX_u)$/,
  },
  { company: 'Shopify, Stripe, Klaviyo', names: /^(?:_shopify_[ys]|__stripe_[ms]id|__kla_id)$/ },
];

/** @returns whose cookie it is, or null. @param name as sent; case counts: `NID` is Google's and `nid` anybody's. */
export function trackerOf(name: string): string | null {
  if (name.length < 2 || name.length > 80) return null;
  return TRACKERS.find(({ names }) => names.test(name))?.company ?? null;
}
