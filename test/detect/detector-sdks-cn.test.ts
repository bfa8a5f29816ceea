import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { request } from './fixture.js';

/**
 * One request in the form of each SDK that sits in apps made in China, with the short names that only its own source explains.
 * Left is what stands in the request, right what it is; `-` is what must not be taken for anything. All values are made up.
 */
const { dataTypes, endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../../rules/', import.meta.url)) });
const detector = createDetector({ dataTypes, endpoints });

const HASH = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const UUID = '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0';
const IMEI = '866123456789018';
const ANDROID_ID = '9b1c2d3e4f506172';
const MAC = '3c:5a:b4:01:02:03';
const ROUTER = '3c:cd:5d:12:34:58';

/** Name -> value and what it is. */
type Said = Readonly<Record<string, readonly [value: unknown, type: string]>>;

type Tree = { [name: string]: unknown };
function nested(said: Said): Tree {
  const root: Tree = {};
  const inner = new Map<string, Tree>();
  for (const [name, [value]] of Object.entries(said)) {
    const [outer, own] = name.split('/');
    if (outer === undefined) continue;
    if (own === undefined) root[outer] = value;
    else {
      const tree = inner.get(outer) ?? {};
      tree[own] = value;
      inner.set(outer, tree);
      root[outer] = tree;
    }
  }
  return root;
}
const form = (said: Said): string =>
  new URLSearchParams(Object.entries(said).map(([name, [value]]): [string, string] => [name, String(value)])).toString();

/** Last name of the path -> what was found there. */
function found(url: string, body?: string): Record<string, string> {
  const { hostname, pathname } = new URL(url);
  const decoded = decodeRequest(request(body === undefined ? { url } : { url, body }));
  return Object.fromEntries(
    detector
      .detect(decoded, { host: hostname, path: pathname })
      .filter(({ grade }) => grade !== 'candidate')
      .map(({ path, dataType }) => [path, dataType]),
  );
}

function expectSaid(said: Said, all: Readonly<Record<string, string>>): void {
  for (const [name, [, type]] of Object.entries(said)) {
    const own = name.split('/').at(-1) ?? '';
    const here = Object.entries(all).filter(([path]) => path.endsWith(`.${own}`) || path.endsWith(`["${own}"]`));
    expect([name, ...here.map(([, each]) => each)]).toEqual(type === '-' ? [name] : [name, type]);
  }
}

const IN_QUERY: ReadonlyArray<readonly [vendor: string, url: string, said: Said]> = [
  [
    'Alibaba ARMS',
    'https://arms-retcode.aliyuncs.com/r.png',
    {
      t: ['pv', '-'],
      sr: ['393x851', 'screen_info'],
      vp: ['393x818', 'screen_info'],
      ct: ['4g', 'network_type'],
      uid: ['q1w2e3r4t5y6u7i8o9p0q', 'tracking_cookie'],
      dl: ['https://m.example.test/a', 'browsing_history'],
      dr: ['https://www.example.test/', 'browsing_history'],
      ul: ['zh-CN', 'locale_timezone'],
    },
  ],
  [
    'DCloud',
    'https://tongji.dcloud.io/uni/stat.gif',
    {
      ak: ['__UNI__A1B2C3D', '-'],
      sv: ['10', 'os_version'],
      md: ['MI 8', 'device_model'],
      lang: ['zh-CN', 'locale_timezone'],
      pr: ['2.75', 'screen_info'],
      ww: ['393', 'screen_info'],
      sh: ['851', 'screen_info'],
      net: ['wifi', 'network_type'],
      pn: ['上海市', 'location_coarse'],
      mpv: ['1.9.9', '-'],
    },
  ],
  [
    'Alibaba UT',
    'http://adash.m.taobao.com/rest/sur',
    { ak: ['23000000', '-'], d: ['X1Y2Z3a4b5c6d7e8f9g0AAAA', 'device_uuid'], s: [HASH, '-'], sv: ['2.6.4.5_for_bc', '-'] },
  ],
  [
    'CNZZ',
    'https://z6.cnzz.com/stat.htm',
    {
      id: ['1280000000', '-'],
      lg: ['zh-cn', 'locale_timezone'],
      showp: ['393x851', 'screen_info'],
      p: ['https://m.example.test/a.html', 'browsing_history'],
      r: ['https://www.example.test/', 'browsing_history'],
      umuuid: ['17f0a1b2c3d4e-0a1b2c3d4e5f6-1a2b3c4d-5f00-17f0a1b2c3d4f', 'tracking_cookie'],
    },
  ],
  [
    'Alibaba pages',
    'http://log.mmstat.com/v.gif',
    {
      scr: ['393x851', 'screen_info'],
      pre: ['https://www.example.test/', 'browsing_history'],
      uidaplus: ['2212345678901', 'account_id'],
      cache: ['a1b2c3', '-'],
      p: ['1', '-'],
    },
  ],
  [
    'Aliyun video',
    'https://videocloud.cn-hangzhou.log.aliyuncs.com/logstores/upload/track',
    {
      md: ['upload', '-'],
      dm: ['MI 8', 'device_model'],
      ov: ['10', 'os_version'],
      co: ['WiFi', 'network_type'],
      hn: ['192.168.1.7', 'ip_address'],
      uuid: [UUID, 'device_uuid'],
      av: ['1.0', '-'],
    },
  ],
  [
    'Tencent pages',
    'http://pingtcss.qq.com/pingd',
    {
      dm: ['m.example.test', '-'],
      pvi: ['2588000256', 'tracking_cookie'],
      scr: ['393x851', 'screen_info'],
      scl: ['24-bit', 'screen_info'],
      lg: ['zh-cn', 'locale_timezone'],
      tz: ['-8', 'locale_timezone'],
      r2: ['500676642', '-'],
    },
  ],
  [
    'Aladdin',
    'https://log.aldwx.com/d.html',
    {
      uu: [HASH, 'device_uuid'],
      pm: ['MI 8', 'device_model'],
      sv: ['Android 10', 'os_version'],
      nt: ['wifi', 'network_type'],
      pr: ['2.75', 'screen_info'],
      ge: ['1', 'gender'],
      wv: ['8.0.30', '-'],
    },
  ],
  [
    'Inveno',
    'http://opensdk.inveno.com/gate/api/list',
    {
      tk: ['414f81259e24ed1a55d2c2e551f05ffa', '-'],
      aid: [ANDROID_ID, 'android_id'],
      nmcc: ['460', 'sim_operator'],
      nmnc: ['01', 'sim_operator'],
      app_lan: ['zh', 'locale_timezone'],
    },
  ],
  [
    'Seniverse',
    'https://api.seniverse.com/v3/weather/now.json',
    { location: ['31.230416:121.473701', 'location_precise'], key: ['a1', '-'] },
  ],
  ['Seniverse, asked by city', 'https://api.seniverse.com/v3/weather/now.json', { location: ['beijing', '-'] }],
  [
    'Tencent chat',
    'https://webim.tim.qq.com/v4/openim/login',
    {
      sdkappid: ['1400000000', '-'],
      identifier: ['user_10086', 'account_id'],
      usersig: ['eJwtzEELgjAYxvHvsnPIu7mZCR2CDnYx', 'auth_token'],
      contenttype: ['json', '-'],
    },
  ],
  [
    'Tencent Aegis, whose aid is no advertising identifier',
    'https://aegis.qq.com/collect/pv',
    {
      id: ['abcDEFghiJKLmnoP', '-'],
      aid: [UUID, 'tracking_cookie'],
      vp: ['393 * 818', 'screen_info'],
      sr: ['393 * 851', 'screen_info'],
      from: ['https://m.example.test/a', 'browsing_history'],
      version: ['1.41.14', '-'],
    },
  ],
  [
    'U-Share',
    'https://log.umsns.com/share/api/x',
    { ak: ['5f00', '-'], de: ['MI 8', 'device_model'], en: ['Wi-Fi', 'network_type'], md5imei: [HASH, 'imei'], via: ['wx', '-'] },
  ],
  [
    'Youdao',
    'http://gorgon.youdao.com/gorgon/request.s',
    {
      id: ['b6de42029629f42d99be81373ff0bc87', '-'],
      udid: [ANDROID_ID.toUpperCase(), 'android_id'],
      auidmd5: [HASH.toUpperCase(), 'android_id'],
      ct: ['2', 'network_type'],
      dct: ['-1', 'network_type'],
      rip: ['203.0.113.7', 'ip_address'],
      ll: ['121.473701,31.230416', 'location_precise'],
      wifi: [`home-5g,${ROUTER}`, 'wifi_list'],
      lla: ['100', '-'],
    },
  ],
  [
    'AMap, as its SDK asks',
    'http://restsdk.amap.com/v3/geocode/regeo',
    { location: ['121.473701,31.230416', 'location_precise'], key: [HASH, '-'] },
  ],
  [
    'QQ connect',
    'https://appsupport.qq.com/cgi-bin/appstage/mstats_batch_report',
    { model_name: ['MI 8', 'device_model'], qua: ['V1_AND_com.example.app', '-'], os_ver: ['10', 'os_version'] },
  ],
];

const IN_BODY: ReadonlyArray<readonly [vendor: string, url: string, said: Said]> = [
  [
    'Baidu Mobstat',
    'https://hmma.baidu.com/app.gif',
    {
      'he/k': ['a1b2c3d4e5', '-'],
      'he/s': ['29', 'os_version'],
      'he/sv': ['10', 'os_version'],
      'he/ii': [`${HASH.toUpperCase()}|O`, 'device_uuid'],
      'he/dd': [IMEI, 'imei'],
      'he/mc': [MAC, 'mac_address'],
      'he/bm': [MAC, 'bluetooth_mac'],
      'he/cl': ['21345678_6333_0', 'cell_info'],
      'he/gl': ['1700000000123_121.473701_31.230416', 'location_precise'],
      'he/od': [HASH, 'oaid'],
      'he/m': ['MI 8', 'device_model'],
      'he/bd': ['Xiaomi', 'device_model'],
      'he/pn': ['com.example.app', '-'],
    },
  ],
  [
    'Tencent advertising',
    'http://sdk.e.qq.com/launch',
    {
      'c/apil': [29, 'os_version'],
      'c/dd': [440, 'screen_info'],
      'c/md': ['MI 8', 'device_model'],
      'c/dn': ['wifi', 'network_type'],
      'c/did': [IMEI, 'imei'],
      'c/an': ['com.example.app', '-'],
    },
  ],
  [
    'Tencent Beacon',
    'https://otheve.beacon.qq.com/analytics/v2_upload',
    {
      'common/A2': ['Xk3DhFQ8mT2pWJ7sN5bZ6c8Qe4rYt1uP', 'device_uuid'],
      'common/A3': ['a1b2c3d4e5f6a7b8', 'device_uuid'],
      'common/A4': ['460011234567890', 'imsi'],
      'common/A6': [MAC, 'mac_address'],
      'common/A7': [ANDROID_ID, 'android_id'],
      'common/A9': ['Xiaomi', 'device_model'],
      'common/A10': ['MI 8', 'device_model'],
      'common/A12': ['zh', 'locale_timezone'],
      'common/A17': ['1080*2248', 'screen_info'],
      'common/A19': ['wifi', 'network_type'],
      'common/A20': [ROUTER, 'bssid'],
      'common/A69': ['home-5g', 'ssid'],
      'common/A144': [HASH, 'oaid'],
      'common/A159': ['N', '-'],
    },
  ],
  [
    'Beacon with the name of an event for a device',
    'https://otheve.beacon.qq.com/analytics/v2_upload',
    { 'common/A2': ['pag_sdk_report', '-'] },
  ],
  [
    'Reyun',
    'https://log.trackingio.com/receive/tkio/payment',
    {
      who: ['u-10086', 'account_id'],
      'context/_rydevicetype': ['iphone5s', 'device_model'],
      'context/_ryandroid8version': [29, 'os_version'],
      'context/_currencyamount': [6.18, 'payment_amount'],
      'context/_transactionid': ['202311150001', '-'],
    },
  ],
  ['Reyun before login', 'https://log.trackingio.com/receive/tkio/install', { who: ['unknown', '-'] }],
  [
    'ByteDance Pangle',
    'https://pangolin.snssdk.com/api/ad/union/sdk/get_ads/',
    {
      'device/applog_did': ['7123456789012346', 'device_uuid'],
      'device/power_on_time': ['123456', 'hardware_params'],
      'device/sys_compiling_time': ['1577836800000', 'hardware_params'],
      'device/wifi_mac': [ROUTER, 'bssid'],
    },
  ],
  [
    'ByteDance DataRangers on a server of the app',
    'https://log.example.test/service/2/app_log/',
    {
      magic_tag: ['ss_app_log', '-'],
      'header/aid': [1234, '-'],
      'header/user_unique_id': ['u-10086', 'account_id'],
      'header/mc': [MAC, 'mac_address'],
    },
  ],
  [
    'ByteDance DataRangers in a page',
    'https://mcs.volceapplog.com/list',
    { 'user/user_unique_id': ['u-10086', 'account_id'], 'header/app_id': [123456, '-'] },
  ],
  [
    'the same before login, when it repeats the number of the browser',
    'https://mcs.volceapplog.com/list',
    { 'user/user_unique_id': ['7123456789012345678', 'device_uuid'] },
  ],
  [
    'iFLYTEK, whose adid is no advertising identifier',
    'http://cs.voiceads.cn/ad/request',
    { adid: [ANDROID_ID, 'android_id'], dvw: [1080, 'screen_info'], lan: ['zh-CN', 'locale_timezone'], adunitid: [HASH, '-'] },
  ],
  [
    'Tencent MTA',
    'http://pingma.qq.com/mstat/report',
    {
      ky: ['A1B2', '-'],
      ui: [IMEI, 'imei'],
      cui: ['u-10086', 'account_id'],
      'ev/ov': ['29', 'os_version'],
      'ev/osn': ['10', 'os_version'],
      'ev/osd': ['QKQ1.190828.002', 'os_version'],
      'ev/prod': ['dipper', 'device_model'],
      'ev/fng': ['Xiaomi/dipper/dipper:10/QKQ1.190828.002/V12:user/release-keys', 'os_version'],
      'ev/rom': ['20000/55000', 'hardware_params'],
      'ev/jb': [1, '-'],
    },
  ],
  [
    'Umeng',
    'https://ulogs.umeng.com/unify_logs',
    {
      '#h/#ak': ['5f0000000000000000000000', '-'],
      '#h/#dd': ['A1b2C3d4E5f60718293a4b5c6d7e8f90', 'device_uuid'],
      '#h/#imd': [HASH, 'device_uuid'],
      '#h/#did': ['QKQ1.190828.002', 'os_version'],
      '#h/#dm': ['MI 8', 'device_model'],
      '#h/#dn': ['dipper', 'device_model'],
      '#h/#ov': ['10', 'os_version'],
      '#h/#rl': ['1080*2248', 'screen_info'],
      '#h/#ct': ['China', 'location_coarse'],
      '#h/#car': ['中国移动', 'sim_operator'],
      '#h/#ac': ['wifi', 'network_type'],
      '#h/#nt': [13, 'network_type'],
      '#h/#tok': ['AiXyZabcdefghijklmnopqrstuvwxyz0123456789abcd', 'push_token'],
    },
  ],
  ['Umeng push', 'https://msg.umengcloud.com/v3/register', { 'header/din': [IMEI, 'imei'], 'header/push_switch': ['true', '-'] }],
  [
    'Ctrip',
    'https://m.ctrip.com/restapi/soa2/1/json/x',
    {
      'head/cid': ['09031123410123456789', 'device_uuid'],
      'head/auth': [(HASH + HASH).toUpperCase(), 'auth_token'],
      'head/sid': ['8888', '-'],
      'head/syscode': ['09', '-'],
    },
  ],
  [
    'Huawei advertising',
    'https://acd.op.hicloud.com/ppsadx/getResult',
    {
      'device/version': ['10', 'os_version'],
      'device/buildVersion': ['10.1.0.162', 'os_version'],
      'network/type': [2, 'network_type'],
      'network/carrier': [1, 'sim_operator'],
    },
  ],
  [
    'Sensors Data on a server of the app',
    'https://data.example.test/sa',
    {
      distinct_id: [UUID, 'device_uuid'],
      'lib/$lib': ['js', '-'],
      'properties/$url': ['https://m.example.test/a', 'browsing_history'],
      'properties/$referrer': ['https://www.example.test/', 'browsing_history'],
      'properties/$title': ['首页', '-'],
    },
  ],
  [
    'an address of another one',
    'https://data.example.test/sa',
    { distinct_id: [UUID, 'device_uuid'], 'properties/$url': ['https://m.example.test/a', '-'] },
  ],
  [
    'China Mobile, one-key login',
    'https://rcs.cmpassport.com/unisdk/rs/scripAndTokenForHttps',
    {
      operatortype: ['1', 'sim_operator'],
      networktype: ['1', 'network_type'],
      mobilebrand: ['Xiaomi', 'device_model'],
      mobilemodel: ['MI 8', 'device_model'],
      mobilesystem: ['10', 'os_version'],
      subimsi: ['460001234567890', 'imsi'],
      msgid: [HASH, '-'],
      sdkType: ['6', '-'],
    },
  ],
  [
    'China Mobile, its log',
    'https://log2.cmpassport.com/log/logReport',
    { 'log/reqSystem': ['10', 'os_version'], 'log/reqDevice': ['MI 8', 'device_model'], 'log/simCardNum': ['1', '-'] },
  ],
  [
    'AdScope',
    'https://api.htp.ad-scope.com.cn/request',
    {
      'devInfo/sdkUIDOrig': [ANDROID_ID, 'android_id'],
      'devInfo/harddiskSize': ['64000', 'hardware_params'],
      'envInfo/isp': ['1', 'sim_operator'],
      'envInfo/net': ['1', 'network_type'],
    },
  ],
];

it.each(IN_QUERY)('%s, in the query', (_, url, said) => {
  expectSaid(said, found(`${url}?${form(said)}`));
});

it.each(IN_BODY)('%s, in the body', (_, url, said) => {
  expectSaid(said, found(url, JSON.stringify(nested(said))));
});

it('ZhugeIO, whose form holds Base64 of zlib of JSON', () => {
  const said: Said = {
    'pr/$cuid': ['u-10086', 'account_id'],
    'pr/$cr': ['46001', 'sim_operator'],
    'pr/$net': ['4', 'network_type'],
    'pr/$mnet': ['13', 'network_type'],
    'pr/$ov': ['10', 'os_version'],
    'pr/$dv': ['MI 8', 'device_model'],
    'pr/$rs': ['1080x2248', 'screen_info'],
    'pr/$push_id': ['190e35f7e0abcdef123', 'push_token'],
    'pr/$an': ['demo', '-'],
  };
  const event = deflateSync(JSON.stringify({ ak: HASH, usr: { did: HASH }, data: [nested(said)] })).toString('base64');
  const all = found('https://u.zhugeapi.com/apipool', `method=event_statis_srv.upload&compress=1&event=${encodeURIComponent(event)}`);
  expectSaid({ ...said, did: [HASH, 'device_uuid'] }, all);
});

it('DCloud, whose requests are forms in an array', () => {
  const all = found(
    'https://tongji.dcloud.io/uni/stat',
    JSON.stringify({ usv: '3', requests: JSON.stringify([`ak=x1&uuid=${UUID}&md=MI%208&sv=10`]) }),
  );
  expect(all).toMatchObject({
    'body.$.requests|json$[0]|form.md': 'device_model',
    'body.$.requests|json$[0]|form.sv': 'os_version',
    'body.$.requests|json$[0]|form.uuid': 'device_uuid',
  });
});

it('Tingyun, whose device is an array', () => {
  expect(
    found(
      'https://wkrt.tingyun.com/initMobileApp',
      JSON.stringify({ dev: ['2.0', 'Xiaomi', 'MI 8', 'Android', '10', 'AndroidAgent', '2.15.1', {}] }),
    ),
  ).toEqual({ 'body.$.dev[1]': 'device_model', 'body.$.dev[2]': 'device_model', 'body.$.dev[4]': 'os_version' });
  expect(
    found('https://wkrt.tingyun.com/getMobileData', JSON.stringify({ dev: ['中国移动', 1, 'wifi', 31.230416, 121.473701, 'u-10086'] })),
  ).toEqual({
    'body.$.dev[0]': 'sim_operator',
    'body.$.dev[2]': 'network_type',
    'body.$.dev[3]': 'location_precise',
    'body.$.dev[4]': 'location_precise',
    'body.$.dev[5]': 'account_id',
  });
});

it('Xiaomi push, where rom is no version but a size', () => {
  const said: Said = {
    devid: [`a-${HASH.toUpperCase()}`, 'device_uuid'],
    vdevid: ['v-a1b2c3d4e5f6', 'device_uuid'],
    rom: ['64GB', 'hardware_params'],
    appid: ['2882303761517', '-'],
  };
  expectSaid(said, found('https://register.xmpush.xiaomi.com/pass/register', form(said)));
});

it('Miaozhen, whose parameters stand in the path and were percent-encoded there', () => {
  const said: Said = {
    k: ['2068391', '-'],
    m0: [HASH, 'device_uuid'],
    m3: [IMEI, 'imei'],
    m7: [MAC, 'mac_address'],
    md: ['MI 8', 'device_model'],
    me: ['10', 'os_version'],
    mh: ['1080x2248', 'screen_info'],
  };
  expectSaid(said, found(`https://g.cn.miaozhen.com/x/${form(said).replaceAll('+', '%20')}`));
});

it('JD, whose fingerprint is in an alphabet of its own', () => {
  const said: Said = {
    mo: ['MI 8', 'device_model'],
    sy: ['Android 10', 'os_version'],
    la: ['zh_CN', 'locale_timezone'],
    sbh: [44, 'screen_info'],
    ww: [393, 'screen_info'],
    bl: [80, 'hardware_params'],
    nt: ['wifi', 'network_type'],
    fp: [HASH, 'device_fingerprint'],
    vlv: ['3.16.0', '-'],
  };
  const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const own = '23IL<N01c7KvwZO56RSTAfghiFyzWJqVabGH4PQdopUrsCuX*xeBjkltDEmn89.-';
  const base64 = Buffer.from(encodeURIComponent(JSON.stringify(nested(said))))
    .toString('base64')
    .replaceAll('=', '');
  expectSaid(said, found('https://we.jd.com/stone/1/x', `${[...base64].map((char) => own[standard.indexOf(char)]).join('')}/`));
});

it.each([
  ['Ele.me', 'https://h5.ele.me/restapi/x', 'X-Shard', 'loc=121.473701,31.230416', 'location_precise'],
  ['Taobao', 'https://acs.m.taobao.com/gw/x/1.0/', 'x-umt', 'znhL47JLOk7VCDVxBu5cMaC5YKgiFP6l', 'device_fingerprint'],
  ['NetEase Cloud Music', 'https://interface.music.163.com/eapi/x', 'Cookie', `MUSIC_U=${HASH.repeat(3)}`, 'auth_token'],
  ['Aladdin', 'https://log.aldwx.com/d.html', 'op', 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M', 'wechat_id'],
  ['Huawei', 'https://metrics1-drcn.dt.dbankcloud.cn/common/x', 'Device-Type', 'ELE-AL00', 'device_model'],
])('%s, in a header field', (_, url, name, value, type) => {
  const { hostname, pathname } = new URL(url);
  const evidence = detector.detect(decodeRequest(request({ url, headers: [[name, value]] })), { host: hostname, path: pathname });
  expect(evidence).toMatchObject([
    { path: name === 'Cookie' ? 'cookie.MUSIC_U' : `header.${name.toLowerCase()}`, dataType: type, grade: 'probable' },
  ]);
});

it('Caiyun, whose path names the place', () => {
  expect(found('https://api.caiyunapp.com/v2.6/a1b2c3d4/121.473701,31.230416/weather')).toEqual({ 'url.path[2]': 'location_precise' });
});

it('UnionPay, whose customer is Base64 of pairs in braces', () => {
  const customer = Buffer.from('{certifTp=01&certifId=11010519491231002X&customerNm=李小红&phoneNo=13912345678}').toString('base64');
  const all = found(
    'https://gateway.95516.com/gateway/api/frontTransReq.do',
    `merId=777290058110048&txnAmt=1000&txnTime=20231115100000&accNo=6228480402564890018&customerInfo=${encodeURIComponent(customer)}`,
  );
  expect(all).toEqual({
    'body.form.txnAmt': 'payment_amount',
    'body.form.txnTime': 'payment_time',
    'body.form.accNo': 'bank_card_number',
    'body.form.customerInfo|base64|form.certifId': 'id_number',
    'body.form.customerInfo|base64|form.certifTp': 'id_type',
    'body.form.customerInfo|base64|form.customerNm': 'real_name',
    'body.form.customerInfo|base64|form.phoneNo': 'bank_reserved_phone',
  });
});

it('Alipay, whose user is a number of sixteen digits', () => {
  const content = JSON.stringify({ out_trade_no: '70501111111S001111119', buyer_id: '2088102146225135', buyer_logon_id: '159****5620' });
  expect(found('https://openapi.alipay.com/gateway.do', form({ biz_content: [content, ''] }))).toEqual({
    'body.form.biz_content|json$.buyer_id': 'payment_account',
    'body.form.biz_content|json$.buyer_logon_id': 'payment_account',
  });
});
