import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

/** Requests shaped like those of the SDKs that most Chinese apps carry; every value is made up. */
const detector = createDetector({ dataTypes });
const UUID = '4ce3a7dc-4a15-40fd-a201-5101bb0a351a';
const MD5 = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const IMEI = '866123456789018';
const MAC = '3C:CD:5D:12:34:56';

function sure(parts: Parameters<typeof request>[0]): string[] {
  return detector
    .detect(decodeRequest(request(parts)))
    .filter(({ grade, path }) => grade !== 'candidate' && path !== 'header.user-agent')
    .map(({ dataType, path }) => `${dataType} ${path}`);
}

describe('requests of common SDKs', () => {
  it('statistics (header object with flat names)', () => {
    const found = sure({
      body: JSON.stringify({
        header: {
          app_version: '3.2.1',
          appkey: '5f8e7d6c5b4a39281706f5e4',
          channel: 'huawei',
          device_id: IMEI,
          device_brand: 'HUAWEI',
          device_model: 'HMA-AL00',
          access: 'Wi-Fi',
          carrier: '中国移动',
          language: 'zh',
          mc: MAC,
          os: 'Android',
          os_version: '10',
          resolution: '2244*1080',
          sdk_version: '9.4.0',
          timezone: 8,
          oaid: UUID,
          idmd5: MD5,
          sim: '460011234567890',
          req_time: 212,
          successful_request: 12,
        },
      }),
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'imei body.$.header.device_id',
        'device_model body.$.header.device_brand',
        'device_model body.$.header.device_model',
        'network_type body.$.header.access',
        'sim_operator body.$.header.carrier',
        'mac_address body.$.header.mc',
        'os_version body.$.header.os_version',
        'screen_info body.$.header.resolution',
        'oaid body.$.header.oaid',
        'device_uuid body.$.header.idmd5',
        'imsi body.$.header.sim',
      ]),
    );
    for (const name of ['appkey', 'channel', 'app_version', 'sdk_version', 'req_time', 'successful_request'])
      expect(found.filter((each) => each.endsWith(`.${name}`))).toEqual([]);
  });

  it('push (typed content, Wi-Fi and cell neighbourhood, app list)', () => {
    const found = sure({
      body: JSON.stringify({
        uid: 12345678901,
        content: [
          {
            type: 'device_info',
            resolution: '2340*1080',
            os_version: '11,30',
            language: 'zh_CN',
            model: 'M2007J3SC',
            mac_address: '02:00:00:00:00:00',
            imei: '',
            android_id: 'f3f34488828b105f',
            network_type: 'wifi',
          },
          {
            type: 'loc_info',
            wifi: [
              { mac_address: '3c:cd:5d:12:34:58', signal_strength: -44, ssid: 'home' },
              { mac_address: '3c:cd:5d:12:34:59', signal_strength: -66, ssid: 'cafe' },
            ],
            gps: [{ lat: 31.230416, lng: 121.473701 }],
          },
          { type: 'app_list', app_list: [{ pkg: 'com.tencent.mm' }, { pkg: 'com.eg.android.AlipayGphone' }, { pkg: 'com.taobao.taobao' }] },
        ],
      }),
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'wifi_list body.$.content[1].wifi',
        'installed_apps body.$.content[2].app_list',
        'location_precise body.$.content[1].gps[0].lat',
        'device_model body.$.content[0].model',
        'android_id body.$.content[0].android_id',
        'locale_timezone body.$.content[0].language',
        'os_version body.$.content[0].os_version',
      ]),
    );
    expect(found.filter((each) => each.startsWith('imei '))).toEqual([]);
  });

  it('device registration in a query', () => {
    expect(
      sure({
        url: `https://log.example.com/register/?ac=wifi&aid=1128&device_platform=android&device_type=M2007J3SC&device_brand=Redmi&language=zh&os_api=29&openudid=f3f34488828b105f&resolution=1080*2176&dpi=440&_rticket=1700000000123&mcc_mnc=46001&iid=3210987654321098&device_id=7012345678901234567&cdid=${UUID}&ts=1700000000`,
      }),
    ).toEqual([
      'network_type query.ac',
      'os_version query.device_platform',
      'device_model query.device_type',
      'device_model query.device_brand',
      'locale_timezone query.language',
      'os_version query.os_api',
      'device_uuid query.openudid',
      'screen_info query.resolution',
      'screen_info query.dpi',
      'sim_operator query.mcc_mnc',
      'device_uuid query.iid',
      'device_uuid query.device_id',
      'device_uuid query.cdid',
    ]);
  });

  it('advertising (OpenRTB device and user)', () => {
    expect(
      sure({
        body: JSON.stringify({
          id: '5b0c9d1e7f2a4836',
          imp: [{ id: '1', banner: { w: 640, h: 100 }, tagid: '1002' }],
          app: { id: '1001', bundle: 'com.a.b', publisher: { id: '8953', name: 'p' } },
          device: {
            ip: '203.0.113.7',
            geo: { lat: 31.230416, lon: 121.473701, country: 'CHN' },
            did: IMEI,
            didmd5: MD5,
            dpidmd5: MD5,
            macsha1: `${MD5}01234567`,
            connectiontype: 2,
            devicetype: 4,
            w: 1080,
            ext: { oaid: UUID, caid: MD5 },
          },
          user: { id: 'ffffffd5135596709273b3a1', yob: 1984, gender: 'M' },
          at: 2,
        }),
      }),
    ).toEqual([
      'location_precise body.$.device.geo.lat',
      'ip_address body.$.device.ip',
      'location_coarse body.$.device.geo.country',
      'imei body.$.device.did',
      'imei body.$.device.didmd5',
      'android_id body.$.device.dpidmd5',
      'mac_address body.$.device.macsha1',
      'network_type body.$.device.connectiontype',
      'screen_info body.$.device.w',
      'oaid body.$.device.ext.oaid',
      'caid body.$.device.ext.caid',
      'account_id body.$.user.id',
      'birth_date body.$.user.yob',
      'gender body.$.user.gender',
    ]);
  });

  it('an order with its consignee, whose city is part of the address', () => {
    const found = sure({
      body: JSON.stringify({
        orderId: 'TB20260501000123',
        items: [{ skuId: '1000123', name: '高清投影仪', brand: '小米', model: 'H1S', uuid: UUID, price: '1299.00' }],
        address: { name: '张小明', mobile: '13912345678', province: '上海市', city: '上海市', detail: '世纪大道100号12楼1203室' },
        payType: 'alipay',
        totalFee: '1279.00',
        traceId: 'f3f34488828b105f',
        ts: 1700000000123,
        sign: MD5,
      }),
    });
    expect(found).toEqual([
      'real_name body.$.address.name',
      'contact_phone body.$.address.mobile',
      'postal_address body.$.address.province',
      'postal_address body.$.address.city',
      'postal_address body.$.address.detail',
      'payment_channel body.$.payType',
      'payment_amount body.$.totalFee',
    ]);
  });

  it('nothing at all in a busy request without personal data', () => {
    const found = sure({
      url: 'https://api.news.example.com/feed?tab=recommend&page=2&size=20&refresh_type=1&last_id=1700000000123456&channel_id=6&from=home&width=1080&height=600&version=8.1.2&name=%E5%A4%B4%E6%9D%A1&state=open&region=cn-east-2&zone=a-1&ids=13912345678&group_id=6890123456789012345',
      body: JSON.stringify({
        version: '4.5.6.7',
        etag: MD5,
        trace: { traceId: MD5, spanId: 'f3f34488828b105f' },
        metrics: [
          { name: 'cpu_time', value: 12.5 },
          { name: 'memory', value: '512' },
          { name: 'battery', value: 'ok' },
        ],
        config: { host: 'api.example.com', timeout: 30, lang_list: ['zh', 'en'] },
        items: [
          {
            id: 13912345678,
            uuid: UUID,
            name: '王者荣耀',
            title: '安全中心',
            phone_required: true,
            email_count: 3,
            mobile: 0,
            city_count: 4,
            position: 3,
          },
        ],
        log: [{ level: 'info', msg: 'user login ok', mac: 'hmac-sha256', imei_enabled: 1, code: 200 }],
        image: { width: 1080, height: 1920, brand: 'logo' },
        theme: { orientation: 'portrait', screen: 'main' },
        request_id: IMEI,
        card: { type: 'news', no: '12', id: 'card_12345678' },
        carrier: '顺丰',
        operator: 'and',
        network: 'default',
        model: 'v2',
        sn: '1700000000123',
        school: 'on',
        height: 'auto',
        weight: 'bold',
        period: 'daily',
        sms: 'off',
        contacts: '0',
        calls: 3,
        steps: 4,
        apps: 2,
        calendar: 'month',
        income: '0',
        salary: '10-15k',
      }),
    });
    expect(found).toEqual([]);
  });
});
