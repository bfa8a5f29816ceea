import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ConsentState, Persona } from '../../model/session.js';
import { HOSTS } from './origins.js';
import type { Phone } from './phone.js';

/** One thing the scripted tester does. */
export interface Step {
  readonly scene: string;
  readonly consent: ConsentState;
  run(phone: Phone): Promise<unknown>;
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** First value of a type; the demo persona has them all. */
function of(persona: Persona, dataType: string): string {
  const value = persona.values[dataType]?.[0];
  if (value === undefined) throw new Error(`the demo persona lacks ${dataType}`);
  return value;
}

/**
 * A small ride-hailing app, with the faults that real ones are reported for: identifiers before consent, an advertising SDK that
 * goes on after refusal, values wrapped in base64 and gzip, a payload that nobody can read.
 */
export function rideHailingScript(persona: Persona): Step[] {
  const value = (dataType: string) => of(persona, dataType);
  const [latitude = '', longitude = ''] = value('location_precise').split(',');
  const point = (step: number) => ({
    lat: (Number(latitude) + step * 0.0021).toFixed(6),
    lng: (Number(longitude) + step * 0.0017).toFixed(6),
  });
  const device = { brand: 'Example', model: 'EX-100', os: 'Android', os_version: '14', screen: '1080x2400', language: 'zh-CN' };

  return [
    {
      scene: '启动',
      consent: 'before_consent',
      async run(phone) {
        const launch = { event: 'app_start', android_id: value('android_id'), imei: value('imei'), ...device };
        await phone.send({
          host: HOSTS.analytics,
          path: '/v2/log',
          headers: { ...json, 'content-encoding': 'gzip' },
          body: gzipSync(JSON.stringify(launch)),
        });
        await phone.send({
          host: HOSTS.push,
          path: '/register',
          headers: form,
          body: new URLSearchParams({ appkey: 'demo', oaid: value('oaid'), mac: value('mac_address') }).toString(),
        });
        await phone.send({ host: HOSTS.api, method: 'GET', path: '/config?channel=demo&version=1.0.0' });
      },
    },
    {
      scene: '登录与叫车',
      consent: 'consented',
      async run(phone) {
        await phone.send({
          host: HOSTS.api,
          path: '/passport/login',
          headers: json,
          body: JSON.stringify({ phone: value('phone_number'), verifyCode: '000000' }),
        });
        const order = {
          startAddr: '示例市示范路 1 号',
          endAddr: '示例市火车站',
          location: { ...point(0), accuracy: 12 },
          passenger: { phone: value('phone_number') },
        };
        await phone.send({ host: HOSTS.api, path: '/order/create', headers: json, body: JSON.stringify(order) });
        await phone.send({ host: HOSTS.map, method: 'GET', path: `/v3/geocode/regeo?key=demo&location=${point(0).lng},${point(0).lat}` });
        await phone.talk(
          HOSTS.api,
          '/trip/stream',
          [0, 1, 2].map((step) =>
            JSON.stringify({
              type: 'position',
              points: [step, step + 1, step + 2, step + 3].map((at) => ({ ...point(at), ts: 1_770_000_000_000 + at * 5_000 })),
            }),
          ),
        );
      },
    },
    {
      scene: '支付与实名',
      consent: 'consented',
      async run(phone) {
        await phone.send({
          host: HOSTS.api,
          path: '/order/pay',
          headers: json,
          body: JSON.stringify({ orderId: 'D20260101', payAmount: '23.50', payChannel: 'balance', payTime: '2026-01-01 08:30:00' }),
        });
        await phone.send({
          host: HOSTS.payment,
          path: '/cashier',
          headers: form,
          body: new URLSearchParams({ payAmount: '23.50', bankCardNo: value('bank_card_number') }).toString(),
        });
        await phone.send({
          host: HOSTS.api,
          path: '/user/realname',
          headers: json,
          body: JSON.stringify({ realName: value('real_name'), idCard: value('id_number') }),
        });
        const profile = Buffer.from(JSON.stringify({ email: value('email'), contactPhone: value('phone_number') })).toString('base64');
        await phone.send({ host: HOSTS.api, path: '/user/profile', headers: json, body: JSON.stringify({ data: profile }) });
      },
    },
    {
      scene: '拒绝个性化广告',
      consent: 'refused',
      async run(phone) {
        const bid = {
          id: 'demo-1',
          device: { ...device, oaid: value('oaid'), imei_md5: md5(value('imei')), geo: point(0) },
          app: { bundle: 'test.kuaixing' },
        };
        const wrapped = gzipSync(JSON.stringify(bid)).toString('base64');
        await phone.send({ host: HOSTS.ads, path: '/bid', headers: json, body: JSON.stringify({ v: 3, payload: wrapped }) });
        await phone.send({
          host: HOSTS.risk,
          path: '/collect',
          headers: { 'content-type': 'application/octet-stream' },
          body: sealed(JSON.stringify({ ...device, imei: value('imei') })),
        });
      },
    },
  ];
}

/** What a risk-control SDK really sends: AES under a key that nobody outside has. It must be shown as opaque, never as clean. */
function sealed(text: string): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', randomBytes(32), randomBytes(16));
  return Buffer.concat([cipher.update(text.repeat(4), 'utf8'), cipher.final()]);
}
