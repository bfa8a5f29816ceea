import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { request } from './fixture.js';

/** Requests in the manner of well-known SDKs, and business requests full of what only looks like personal data. Values are made up. */
const { dataTypes, endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../../rules/', import.meta.url)) });
const detector = createDetector({ dataTypes, endpoints });

function found(url: string, body?: unknown, headers: ReadonlyArray<readonly [string, string]> = []): Record<string, string> {
  const decoded = decodeRequest(request(body === undefined ? { url, headers } : { url, headers, body: JSON.stringify(body) }));
  const { hostname, pathname } = new URL(url);
  const evidence = detector.detect(decoded, { host: hostname, path: pathname }).filter(({ grade }) => grade !== 'candidate');
  return Object.fromEntries(evidence.map(({ path, dataType, form }) => [path, form === 'plain' ? dataType : `${dataType} as ${form}`]));
}

const HASH = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const UUID = '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0';

describe('vendors', () => {
  it('Baidu Tongji', () => {
    const page = encodeURIComponent('https://m.example.test/p/1');
    expect(found(`https://hm.baidu.com/hm.gif?cc=1&cl=24-bit&ds=1080x2340&ln=zh-cn&rnd=1234567890&si=${HASH}&u=${page}&sn=12345`)).toEqual({
      'query.cl': 'screen_info',
      'query.ds': 'screen_info',
      'query.ln': 'locale_timezone',
      'query.u': 'browsing_history',
    });
  });

  it('Tencent advertising', () => {
    const ext = { req: { conn: 1, muidtype: 1, muid: HASH, c_w: 1080, c_h: 2340, c_device: 'MI 8', c_osver: '9', posw: 640 } };
    expect(found(`https://mi.gdt.qq.com/gdt_mview.fcg?posid=8863364436303842593&ext=${encodeURIComponent(JSON.stringify(ext))}`)).toEqual({
      'query.ext|json$.req.conn': 'network_type',
      'query.ext|json$.req.muid': 'imei as md5',
      'query.ext|json$.req.c_w': 'screen_info',
      'query.ext|json$.req.c_h': 'screen_info',
      'query.ext|json$.req.c_device': 'device_model',
      'query.ext|json$.req.c_osver': 'os_version',
    });
  });

  it('ByteDance', () => {
    const query = `iid=1234567890123456&ac=wifi&aid=1128&device_type=MI%208&openudid=9b1c2d3e4f506172&cdid=${UUID}&_rticket=1700000000123`;
    expect(found(`https://log.snssdk.com/service/2/app_log/?${query}`, { header: { mc: '3C:5A:B4:01:02:03', sig_hash: HASH } })).toEqual({
      'query.iid': 'device_uuid',
      'query.ac': 'network_type',
      'query.device_type': 'device_model',
      'query.openudid': 'android_id',
      'query.cdid': 'device_uuid',
      'body.$.header.mc': 'mac_address',
    });
  });

  it('Kuaishou', () => {
    const query = 'mod=Xiaomi%28MI%208%29&did=ANDROID_9b1c2d3e4f506172&net=WIFI&ud=1234567890&c=XIAOMI&sys=ANDROID_9&appver=6.11.2.8';
    expect(found(`https://api3.ksapisrv.com/rest/n/feed/hot?${query}`)).toEqual({
      'query.mod': 'device_model',
      'query.did': 'android_id',
      'query.net': 'network_type',
      'query.ud': 'account_id',
      'query.sys': 'os_version',
    });
  });

  it('Meituan, whose utm_content is no campaign, and a shop, where it is one', () => {
    const query = 'utm_source=xiaomi&utm_medium=android&utm_content=866123456789018&utm_campaign=AgroupBgroup';
    expect(found(`https://api.meituan.com/deal/select?${query}`)).toEqual({ 'query.utm_content': 'imei' });
    expect(found('https://www.shop.test/?utm_source=mail&utm_content=banner_2')).toEqual({});
  });

  it('Bilibili', () => {
    const cookie = `buvid3=${UUID.toUpperCase()}12345infoc; DedeUserID=12345678; bili_jct=${HASH}`;
    expect(
      found('https://app.bilibili.com/x/v2/feed', undefined, [
        ['Buvid', 'XY0F0B9C2A3D4E5F60718293A4B5C6D7E8A1B'],
        ['Cookie', cookie],
      ]),
    ).toEqual({ 'header.buvid': 'device_uuid', 'cookie.buvid3': 'tracking_cookie', 'cookie.DedeUserID': 'account_id' });
  });

  it('Miaozhen, whose parameters stand in the path', () => {
    expect(found(`https://g.cn.miaozhen.com/x/k=2068391&p=77XXX&m1a=${HASH}&m2=${HASH}&m4=&m6a=${HASH}&m11=__OAID__&mo=0`)).toEqual({
      'url.path[1]|form.m1a': 'android_id as md5',
      'url.path[1]|form.m2': 'imei as md5',
      'url.path[1]|form.m6a': 'mac_address as md5',
    });
  });

  it('Meta, whose device data is an array', () => {
    const extinfo = ['a2', 'com.example.app', 531, '5.3.1', '9', 'MI 8', 'zh_CN', 'GMT+08:00', '中国移动', 1080, 2248, '2.75', 8, 52, 31];
    expect(found('https://graph.facebook.com/v5.0/123456789012345/activities', { extinfo: JSON.stringify(extinfo) })).toEqual({
      'body.$.extinfo|json$[4]': 'os_version',
      'body.$.extinfo|json$[5]': 'device_model',
      'body.$.extinfo|json$[6]': 'locale_timezone',
      'body.$.extinfo|json$[8]': 'sim_operator',
      'body.$.extinfo|json$[9]': 'screen_info',
      'body.$.extinfo|json$[10]': 'screen_info',
      'body.$.extinfo|json$[7]': 'locale_timezone',
      'body.$.extinfo|json$[11]': 'screen_info',
      'body.$.extinfo|json$[12]': 'hardware_params',
      'body.$.extinfo|json$[13]': 'hardware_params',
      'body.$.extinfo|json$[14]': 'hardware_params',
      // So many features single a phone out.
      body: 'device_fingerprint as null',
    });
  });

  it('MoPub, Adjust and Branch, by the names of their public source', () => {
    expect(
      found('https://ads.mopub.com/m/ad?udid=ifa:E6B7A1C0-3F2D-4B8A-9C1E-5D7F90A1B2C3&dn=iPhone13,2&o=p&sc=3.0&z=%2B0800&w=1170&h=2532'),
    ).toEqual({
      'query.udid': 'idfa',
      'query.dn': 'device_model',
      'query.o': 'screen_info',
      'query.sc': 'screen_info',
      'query.z': 'locale_timezone',
      'query.w': 'screen_info',
      'query.h': 'screen_info',
    });
    expect(
      found('https://app.adjust.com/session', { hardware_name: 'RQ3A.210805.001', screen_density: 'high', screen_size: 'normal' }),
    ).toEqual({
      'body.$.hardware_name': 'os_version',
      'body.$.screen_density': 'screen_info',
      'body.$.screen_size': 'screen_info',
    });
    expect(
      found('https://api2.branch.io/v1/open', {
        hardware_id: 'f3f34488828b105f',
        advertising_ids: { aaid: 'e6b7a1c0-3f2d-4b8a-9c1e-5d7f90a1b2c3' },
        wifi: true,
        identity: '820371956',
      }),
    ).toEqual({
      'body.$.hardware_id': 'android_id',
      'body.$.advertising_ids.aaid': 'gaid',
      'body.$.wifi': 'network_type',
      'body.$.identity': 'account_id',
    });
  });

  it('Taobao’s gateway, a map service and JD', () => {
    expect(found('https://acs.m.taobao.com/gw/x/6.0/', undefined, [['x-nq', 'WIFI']])).toEqual({ 'header.x-nq': 'network_type' });
    expect(found('https://restapi.amap.com/v3/direction/driving?origin=121.473701,31.230416&destination=121.327512,31.197875')).toEqual({
      'query.origin': 'trip_origin',
      'query.destination': 'trip_destination',
    });
    expect(found('https://api.m.jd.com/client.action?aid=9b1c2d3e4f506172&screen=2094*1080&st=1700000000123')).toEqual({
      'query.aid': 'android_id',
      'query.screen': 'screen_info',
    });
  });
});

describe('business requests', () => {
  it.each([
    [
      'a feed',
      { items: [{ id: '6912345678901234567', author_id: '98765432101', w: 1080, h: 720, publish_time: 1700000000, model: 'article' }] },
    ],
    [
      'goods',
      {
        brand: '小米',
        model: 'X10 Pro',
        name: '蓝牙耳机',
        barcode: '6934177712345',
        shop: { name: '旗舰店', address: '北京市海淀区西二旗中路33号' },
      },
    ],
    [
      'an order',
      { orderNo: '202311141030001234', outTradeNo: '4200001234202311141234567890', expressNo: 'SF1234567890123', traceId: HASH },
    ],
    [
      'a configuration',
      { features: { location: true, contacts: false, imei: false }, hash: HASH, etag: 'W/"5f-aabbccddeeff"', build: '20231114103000' },
    ],
    ['a game', { role: '法师', level: 35, x: 121.5, y: 31.2, seed: '1234567890123456789', score: 98765432101 }],
    ['a heartbeat', { cmd: 'ping', seq: 13812345, from: 'system', to: 'gateway', destination: 'app', tel: null }],
    ['codes', { isbn: '9787111234567', ean: '6901234567892', invoice: '044001900111', taxNo: '91110108MA01234567' }],
    ['a comment', { content: '这个 13 寸的屏幕真不错，2023 年买的 1999 元，型号 138-2234', topic_id: '12345678901' }],
  ])('nothing is found in %s', (_, body) => {
    expect(found('https://api.shop.test/v1', body)).toEqual({});
  });
});
