import type { Passed, Validator } from '../validator.js';

const WORDS =
  /^(?:(?:network_?|net_?|conn(?:ection)?_?|mobile_)?(?:type_)?)(?:wi-?fi(?:[_ ]?[0-9a-z]{0,6})?|2g\/3g(?:\/4g)?|[2345]g(?:[_ +-]?(?:nsa|sa|lte|net|ca))?|lte(?:[_ +-]?(?:a|ca|plus))?|nr(?:[_ ]?(?:nsa|sa))?|gprs|edge|umts|hspa\+?|hsdpa|hsupa|hspap|cdma\w{0,10}|evdo\w{0,4}|cdma[ _-]?(?:1x(?:rtt)?|2000)|1xrtt|ehrpd|iden|gsm(?:[_ ]?[2345]g)?|td-?scdma|wcdma|iwlan|wwan|wlan|cell(?:ular)?(?:[_ ]?[2345]g)?|mobile(?:[_ ]?[2345]g)?|ethernet|wired|bluetooth|vpn|cm(?:net|wap)|3g(?:net|wap)|uni(?:net|wap)|ct(?:net|wap|lte)|no[_ ]?(?:network|net)|none|unknown|other|有线|移动网络|数据网络|流量|无网络)$/i;

/** Languages that print a constant with the name of its list: `ConnectivityResult.wifi`, `NetworkType.mobile`. */
const ENUMERATION = /^(?:connectivity|connection|network|net)(?:result|type|status|state)\.(?=[a-z])/i;

/** The same of iOS, whose constants begin alike: `CTRadioAccessTechnologyLTE`. */
const APPLES = /^CTRadioAccessTechnology(?=[A-Za-z])/;

export const validator: Validator = {
  source:
    'android.telephony.TelephonyManager NETWORK_TYPE_*, ConnectivityManager TYPE_*, OpenRTB list 5.22 (0-7), APN names of the three carriers',
  fits: (shape) => shape.length >= 1 && shape.length <= 40,
  check(value): Passed | null {
    // Numbered and named: `1-4G`.
    const text = value
      .trim()
      .replace(/^\d-(?=\D|\dG)/i, '')
      .replace(ENUMERATION, '')
      .replace(APPLES, '');
    if (/^\d{1,3}$/.test(text) && Number(text) <= 101)
      return { normalised: text, placeholder: false, passRate: 0.6, note: { zh: '网络类型编号', en: 'number of a network type' } };
    // OAuth asks for `access_type=offline`; as the state of a network they need a name that says so.
    if (/^(?:offline|online)$/i.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 0.6,
        note: { zh: '联网状态', en: 'whether there is a network' },
      };
    if (!WORDS.test(text)) return null;
    return {
      normalised: text.toLowerCase(),
      placeholder: false,
      passRate: 1e-3,
      note: { zh: '网络类型名称', en: 'name of a network type' },
    };
  },
};
