/**
 * Cookies that are the login of a large service, under names that say nothing: browsers and web views of apps send them with every request
 * to it. Sources: cookie notices and developer documents of the services named.
 */
interface Service {
  readonly company: string;
  readonly names: RegExp;
}

const SERVICES: readonly Service[] = [
  { company: 'Google', names: /^(?:SID|HSID|SSID|APISID|SAPISID|LSID|OSID|__Secure-[13]P(?:SID|APISID)|__Secure-OSID)$/ },
  { company: 'Baidu', names: /^(?:BDUSS(?:_BFESS)?|STOKEN|PTOKEN|SFSSID)$/ },
  { company: 'Sina, Weibo', names: /^(?:SUB|SUS|SUE|SUP|SCF)$/ },
  { company: 'Tencent', names: /^(?:p_skey|skey|pt4_token|wxuin_key|luin_key|media_skey|qm_keyst|psrf_qqaccess_token)$/ },
  { company: 'Alibaba', names: /^(?:cookie2|cookie17|sgcookie|_nk_token|ALIPAYJSESSIONID)$/ },
  { company: 'JD', names: /^(?:pt_key|thor|wskey|pwdt_id_token)$/ },
  { company: 'Bilibili, Zhihu, Douban, NetEase, iQIYI', names: /^(?:SESSDATA|z_c0|dbcl2|MUSIC_U|NTES_SESS|P00001)$/ },
  { company: 'ByteDance', names: /^(?:sessionid(?:_ss)?|sid_guard|sid_tt|uid_tt(?:_ss)?|toutiao_sso_user(?:_ss)?)$/ },
  { company: 'Meta, LinkedIn, Reddit', names: /^(?:xs|li_at|reddit_session)$/ },
];

/** @returns whose login it is, or null. @param name of a cookie as sent; case counts. */
export function loginOf(name: string): string | null {
  if (name.length < 2 || name.length > 40) return null;
  return SERVICES.find(({ names }) => names.test(name))?.company ?? null;
}
