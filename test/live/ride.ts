import { FakeAudit, party, type Sent } from './fake-audit.js';

/** A synthetic test person; none of these values belongs to anybody (GSMA test IMEI range, 2^-prefixed local MAC, reserved hosts). */
const PERSON = {
  phone: '13900000000',
  imei: '001012345678902',
  oaid: '9f3c1a7e-5b2d-4c88-9e61-0d7a4f2b6c35',
  androidId: '3f1c9ab4d27e6058',
  mac: '02:1a:7d:da:71:13',
  place: '31.230416,121.473701',
} as const;

const own = party('api.xinglu.example', { zh: '行路出行', en: 'Xinglu Mobility' }, null, 'first_party', true);
const pay = party('pay.xinglu.example', { zh: '行路出行', en: 'Xinglu Mobility' }, null, 'first_party', true);
const ads = party('sdk.adwave.example', { zh: '潮向广告', en: 'AdWave' }, 'AdWave SDK', 'ads', false);
const stats = party('log.statcube.example', { zh: '统方数据', en: 'StatCube' }, 'StatCube Analytics', 'analytics', false);
const push = party('push.beacon.example', { zh: '烽推', en: 'Beacon Push' }, 'Beacon Push SDK', 'push', false);
const map = party('maps.atlasway.example', { zh: '图路', en: 'Atlasway' }, 'Atlasway Maps', 'map', false);
const risk = party('collect.fraudnet.example', { zh: '盾识', en: 'FraudNet' }, 'FraudNet Device', 'risk', false, 'SG');
const strange = party('edge-7f3.unknown-cdn.example', null, null, null, null, null);

const agent = ['User-Agent', 'XingLu/7.2.1 (Linux; Android 15; Pixel 8) okhttp/4.12.0'] as const;
const json = ['Content-Type', 'application/json; charset=utf-8'] as const;
const technical = { grade: 'strong', verdict: 'technical' } as const;

const inner = JSON.stringify({ imei: PERSON.imei, mac: PERSON.mac, model: 'Pixel 8', apps: 87 });

export const launch: readonly Sent[] = [
  {
    party: stats,
    path: '/v2/boot?ak=5d1f&ts=1700000000',
    headers: [agent, json],
    body: JSON.stringify({
      sdk: '4.1.0',
      device: { android_id: PERSON.androidId, imei: PERSON.imei, model: 'Pixel 8', os: 'Android 15' },
      events: [{ name: 'cold_start', cost: 812 }],
    }),
    evidence: [
      {
        dataType: 'android_id',
        path: 'body.$.device.android_id',
        value: PERSON.androidId,
        masked: '3f1****058',
        verdict: 'beyond_necessary',
        issues: ['before_consent', 'third_party'],
      },
      {
        dataType: 'imei',
        path: 'body.$.device.imei',
        value: PERSON.imei,
        masked: '001*********902',
        verdict: 'beyond_necessary',
        issues: ['before_consent', 'immutable_id_to_third_party', 'third_party'],
      },
      { dataType: 'device_model', path: 'body.$.device.model', value: 'Pixel 8', masked: 'Pixel 8', ...technical },
      { dataType: 'os_version', path: 'body.$.device.os', value: 'Android 15', masked: 'Android 15', ...technical },
    ],
  },
  {
    party: push,
    method: 'GET',
    path: `/register?did=${PERSON.oaid}&app=xinglu&v=3`,
    headers: [agent],
    evidence: [
      {
        dataType: 'oaid',
        path: 'query.did',
        value: PERSON.oaid,
        masked: '9f3c****6c35',
        verdict: 'beyond_necessary',
        issues: ['before_consent'],
        steps: [],
      },
      { dataType: 'user_agent', path: 'header.user-agent', value: agent[1], masked: 'XingLu/7.2.1 (Linux; …', ...technical, steps: [] },
    ],
  },
];

export const ride: readonly Sent[] = [
  {
    party: own,
    path: '/passenger/login',
    headers: [agent, json],
    body: JSON.stringify({ phone: PERSON.phone, code: '482913', channel: 'huawei', agree: true }),
    response: JSON.stringify({ code: 0, user: { id: 8812345, phone: PERSON.phone } }),
    evidence: [
      { dataType: 'phone_number', path: 'body.$.phone', value: PERSON.phone, masked: '139****0000', verdict: 'necessary' },
      { dataType: 'user_agent', path: 'header.user-agent', value: agent[1], masked: 'XingLu/7.2.1 (Linux; …', ...technical, steps: [] },
    ],
  },
  {
    party: map,
    method: 'GET',
    path: `/v5/geocode/regeo?location=${encodeURIComponent(PERSON.place)}&radius=1000&key=aabbccdd`,
    headers: [agent],
    evidence: [
      {
        dataType: 'location_precise',
        path: 'query.location',
        value: PERSON.place,
        masked: '31.2****,121.4****',
        verdict: 'necessary',
        issues: ['third_party'],
        steps: [],
      },
    ],
  },
  {
    party: own,
    path: '/order/estimate',
    headers: [agent, json],
    body: JSON.stringify({
      from: { name: '人民广场地铁站 3 口', at: PERSON.place },
      to: { name: '虹桥火车站', at: '31.196,121.320' },
      riders: 1,
    }),
    evidence: [
      {
        dataType: 'trip_origin',
        path: 'body.$.from.name',
        value: '人民广场地铁站 3 口',
        masked: '人民****口',
        verdict: 'necessary',
        grade: 'probable',
      },
      {
        dataType: 'trip_destination',
        path: 'body.$.to.name',
        value: '虹桥火车站',
        masked: '虹桥****',
        verdict: 'necessary',
        grade: 'probable',
      },
      { dataType: 'location_precise', path: 'body.$.from.at', value: PERSON.place, masked: '31.2****,121.4****', verdict: 'necessary' },
    ],
  },
  {
    party: ads,
    path: '/api/v3/bid',
    headers: [agent, json],
    body: JSON.stringify({
      id: 'b-77120',
      imp: [{ id: '1', banner: { w: 640, h: 100 } }],
      data: Buffer.from(inner).toString('base64'),
      geo: { lat: '31.230416', lon: '121.473701' },
    }),
    evidence: [
      {
        dataType: 'imei',
        path: 'body.$.data|base64|json$.imei',
        value: PERSON.imei,
        masked: '001*********902',
        verdict: 'beyond_necessary',
        issues: ['immutable_id_to_third_party', 'third_party'],
        steps: ['json', 'base64', 'json'],
      },
      {
        dataType: 'mac_address',
        path: 'body.$.data|base64|json$.mac',
        value: PERSON.mac,
        masked: '02:1a:**:**:**:13',
        verdict: 'beyond_necessary',
        issues: ['immutable_id_to_third_party', 'third_party'],
        steps: ['json', 'base64', 'json'],
      },
      {
        dataType: 'location_precise',
        path: 'body.$.geo.lat',
        value: '31.230416',
        masked: '31.2****',
        verdict: 'beyond_necessary',
        grade: 'strong',
        issues: ['third_party'],
      },
    ],
  },
  {
    party: ads,
    method: 'GET',
    secure: false,
    path: `/pixel.gif?oaid=${PERSON.oaid}&e=show`,
    headers: [agent],
    evidence: [
      {
        dataType: 'oaid',
        path: 'query.oaid',
        value: PERSON.oaid,
        masked: '9f3c****6c35',
        verdict: 'beyond_necessary',
        issues: ['cleartext', 'third_party'],
        steps: [],
      },
    ],
  },
  {
    party: pay,
    path: '/cashier/create',
    headers: [agent, ['Content-Type', 'application/x-www-form-urlencoded']],
    body: `order=2026112100017&amount=38.60&channel=wechat&phone=${PERSON.phone}`,
    evidence: [
      {
        dataType: 'payment_amount',
        path: 'body.form.amount',
        value: '38.60',
        masked: '38.**',
        verdict: 'conditional',
        grade: 'probable',
        steps: ['form'],
      },
      {
        dataType: 'phone_number',
        path: 'body.form.phone',
        value: PERSON.phone,
        masked: '139****0000',
        verdict: 'necessary',
        steps: ['form'],
      },
    ],
  },
  {
    party: risk,
    path: '/p',
    headers: [agent, ['Content-Type', 'application/octet-stream']],
    body: Uint8Array.from({ length: 512 }, (_, at) => (at * 167 + 89 * ((at * at) % 251)) % 256),
    evidence: [{ dataType: 'opaque', path: 'body', value: '', masked: '512 B', verdict: 'not_judged', grade: 'opaque', steps: [] }],
  },
  {
    party: strange,
    path: '/s/batch',
    headers: [agent, json],
    body: JSON.stringify({ u: PERSON.androidId, list: ['com.example.bank', 'com.example.chat', 'com.example.shop'] }),
    evidence: [
      {
        dataType: 'app_list',
        path: 'body.$.list',
        value: 'com.example.bank',
        masked: 'com.****',
        verdict: 'beyond_necessary',
        grade: 'probable',
      },
      { dataType: 'android_id', path: 'body.$.u', value: PERSON.androidId, masked: '3f1****058', verdict: 'beyond_necessary' },
    ],
  },
];

/** A ride from cold start to payment, with the hosts that could not be looked into. */
export async function rideAudit(startedAt: number): Promise<FakeAudit> {
  const audit = new FakeAudit(startedAt);
  const step = (ms: number) => {
    audit.clock += ms;
  };
  step(900);
  await audit.markScene('首次启动', 'before_consent');
  for (const sent of launch) {
    step(1_700);
    audit.send(sent);
  }
  step(21_000);
  await audit.markScene('登录与叫车', 'consented');
  for (let round = 0; round < 3; round += 1)
    for (const sent of ride) {
      step(4_300);
      audit.send(sent);
    }
  audit.link('grpc.xinglu.example', 'pinned', 18_200, {
    code: 'pinned',
    text: {
      zh: '该主机可能启用了证书锁定（其他 8 个主机正常）。可对它直通，或使用未锁定证书的调试包。',
      en: 'This host probably pins its certificate (8 others work). Pass it through, or use a debug build without pinning.',
    },
  });
  audit.link('gateway.icloud.example', 'passed_through', 96_400, {
    code: 'passed-through',
    text: { zh: '已按设置直通，未解密。', en: 'Passed through as you set; not decrypted.' },
  });
  audit.link('mtalk.beacon.example', 'not_inspected', 2_310, {
    code: 'unknown-protocol',
    text: { zh: '不是 HTTP，协议未识别。', en: 'Not HTTP; the protocol is not read.' },
  });
  return audit;
}
