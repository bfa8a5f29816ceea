/**
 * Cookies that the scripts of trackers set at the address of any site, by the names that their makers document (developer documentation and
 * cookie notices of the companies named; the register of the ICC UK cookie guide for the older ones). Names that carry the customer's number
 * or key as a part, and names too short to mean anything outside a cookie, cannot stand among the keys of `tracking_cookie.yaml`. What a
 * company sets at its own addresses only (`NID`, `SUV`) says nothing elsewhere and stands with these addresses in `rules/endpoints`.
 */
interface Tracker {
  readonly company: string;
  readonly names: RegExp;
  /** It holds the number that the site gives whoever is signed in (`setUserId`). */
  readonly account?: true;
}

const TRACKERS: readonly Tracker[] = [
  { company: 'Google', names: /^(?:_ga_[0-9A-Z]{6,12}|_gac_.{4,30}|_gcl_(?:aw|dc|gb|au|gs)|__gads|__gpi|__eoi|__utm[az])$/ },
  { company: 'Microsoft', names: /^(?:_clck|_uet[sv]id|ai_user)$/ },
  { company: 'Meta', names: /^_fb[pc]$/ },
  { company: 'Baidu', names: /^H[mM]_lv?t_[0-9a-f]{32}$/ },
  { company: 'Umeng, CNZZ, Alibaba', names: /^(?:UM_distinctid|CNZZDATA\d{4,12}|_uab_collina|_bl_uid|lzstat_uv)$/ },
  { company: 'Tencent', names: /^pgv_pvid?$/ },
  { company: 'TikTok', names: /^_ttp$/ },
  {
    company: 'GrowingIO',
    names: /^(?:gr_user_id|grwng_uid|[0-9a-f]{16}_gr_(?:session_id(?:_[0-9a-f-]{36}|_sent_vst)?|last_sent_sid_with_cs1)|gdp_user_id)$/,
  },
  { company: 'GrowingIO', names: /^[0-9a-f]{16}_gr_(?:last_sent_)?cs1$/, account: true },
  { company: 'Sensors Data', names: /^(?:sensorsdata\d{4}jssdk(?:cross|channel)?|sajssdk_\d{4}_cross_new_user)$/ },
  { company: 'Zhuge, 51LA, Gridsum', names: /^(?:zg_did|zg_[0-9a-f]{32}|__51(?:cke|uvsct|vcke)__.{0,30}|_gscu_\d{4,12}|_smt_uid)$/ },
  { company: 'Webtrends', names: /^WT_FPC$/ },
  { company: 'Amplitude', names: /^(?:amp_[0-9a-f]{6}(?:[0-9a-f]{0,26})|AMP_[0-9a-f]{10}|amplitude_id.{0,40})$/ },
  { company: 'Mixpanel, PostHog, Heap', names: /^(?:mp_[0-9a-f]{32}_mixpanel|ph_phc_\w{20,50}_posthog|_hp2_id\.\d{4,12})$/ },
  { company: 'Segment', names: /^ajs_anonymous_id$/ },
  { company: 'Hotjar, Mouseflow, FullStory', names: /^(?:_hjSessionUser_\d{3,10}|_hjid|mf_[0-9a-f-]{36}|mf_user|fs_uid)$/ },
  {
    company: 'Matomo, Snowplow, Parse.ly',
    names: /^(?:_pk_id\.\d{1,6}\.[0-9a-f]{4}|_sp_id\.[0-9a-f]{4}|_parsely_visitor|_chartbeat\d?)$/,
  },
  {
    company: 'Adobe',
    names: /^(?:AMCV_[0-9A-F]{20,30}(?:@|%40)AdobeOrg|s_(?:vi|fid|ecid)|kndctr_\w{10,60}_identity|aam_uuid)$/,
  },
  { company: 'Optimizely, VWO, Quantcast, comScore', names: /^(?:optimizelyEndUserId|_vwo_uuid(?:_v2)?|__qca)$/ },
  {
    company: 'HubSpot, Intercom, Drift, Marketo',
    names: /^(?:hubspotutk|__hstc|intercom-id-\w{6,12}|driftt_aid|_mkto_trk|_bizo_bzid|km_ai|__distillery|utag_main)$/,
  },
  {
    company: 'Pinterest, Reddit, Snap',
    names: /^(?:_pin_unauth|_rdt_uuid|_scid(?:_r)?)$/,
  },
  { company: 'Yandex, Mail.ru', names: /^(?:_ym_uid|tmr_lvid)$/ },
  { company: 'Criteo', names: /^cto_bundle$/ },
  { company: 'Lotame', names: /^(?:_cc_id|panoramaId)$/ },
  // The visitor, and the visitor with a check sum; what the check against robots found (`_px3`) is of an hour.
  { company: 'HUMAN (PerimeterX)', names: /^_px(?:vid|hd)$/ },
  { company: 'MoEngage', names: /^moe_uuid$/ },
  { company: 'TRS', names: /^wdcid$/ },
  { company: 'Shopify, Stripe, Klaviyo', names: /^(?:_shopify_[ys]|__stripe_[ms]id|__kla_id)$/ },
];

/** Whether a tracker keeps the number of an account in the cookie, and not that of the browser. @param name as sent. */
export function holdsAccount(name: string): boolean {
  return TRACKERS.some(({ names, account }) => account === true && names.test(name));
}

/** @returns whose cookie it is, or null. @param name as sent; case counts: `_clck` is Microsoft’s and `_CLCK` anybody’s. */
export function trackerOf(name: string): string | null {
  if (name.length < 2 || name.length > 80) return null;
  return TRACKERS.find(({ names }) => names.test(name))?.company ?? null;
}
