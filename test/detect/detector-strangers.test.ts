import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

/** Mistakes first seen in captures of apps that no key had been written for, each rebuilt with made-up values and named for what it was. */
const detector = createDetector({ dataTypes });

function sure(parts: Parameters<typeof request>[0]): string[] {
  return detector
    .detect(decodeRequest(request(parts)))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);
}

const body = (value: object) => ({ body: JSON.stringify(value) });

describe('wrong accusations that strangers showed', () => {
  it('slot_number_as_time_zone: zone=102 is an advertising slot', () => {
    expect(sure({ url: 'https://ads.example/hb?zone=102&format=json' })).not.toContain('locale_timezone query.zone');
  });

  it('seat_as_account: a publisher’s number of three digits is nobody’s account', () => {
    expect(sure({ url: 'https://ads.example/hb?account=102&member_id=103' })).toEqual([]);
  });

  it('server_as_client: an address beside a port is where a server listens', () => {
    expect(sure(body({ route: { ip: '203.0.113.178', port: '12406' } }))).toEqual([]);
    expect(sure(body({ device: { ip: '203.0.113.178' } }))).toEqual(['ip_address body.$.device.ip']);
  });
});

describe('misses that strangers showed', () => {
  it('a User-Agent that an app wrote as it liked', () => {
    expect(sure({ headers: [['User-Agent', '6.0.2;Meizu MEIZU 20;Android;13;market;6.10']] })).toEqual(['user_agent header.user-agent']);
    expect(sure({ headers: [['User-Agent', 'exampleapp']] })).toEqual([]);
  });

  it('names abroad, below names that mean one thing', () => {
    expect(sure(body({ traits: { firstName: 'Ana', lastName: 'Souza' } }))).toEqual([
      'real_name body.$.traits.firstName',
      'real_name body.$.traits.lastName',
    ]);
    expect(sure(body({ real_name: 'Home Page' }))).toEqual([]);
  });

  it('network, system and storage under the words of smaller SDKs', () => {
    expect(
      sure(body({ netType: 'NET_WIFI', opSystem: 'iOS', opSystemVersion: '14.6', phoneModel: 'iPhone10,3', storage: '54.84' })),
    ).toEqual([
      'network_type body.$.netType',
      'os_version body.$.opSystem',
      'os_version body.$.opSystemVersion',
      'device_model body.$.phoneModel',
      'hardware_params body.$.storage',
    ]);
  });
});

describe('wrong accusations, first part', () => {
  it('offline_access_as_network: OAuth’s access_type is no network', () => {
    expect(sure({ url: 'https://accounts.example/auth?access_type=offline' })).toEqual([]);
  });

  it('browser_as_device: client hints in a bid request name the browser', () => {
    const sua = { browsers: [{ brand: 'Google Chrome', version: ['108'] }], platform: { brand: 'Android', version: ['13'] } };
    expect(sure(body({ device: { ua: 'x', sua } })).filter((each) => each.startsWith('device_model'))).toEqual([]);
  });

  it('campaign_date_as_trip: start_date says nothing of a journey', () => {
    expect(sure(body({ user_properties: { start_date: '2019-08-01' } }))).toEqual([]);
  });

  it('page_keywords_as_search: a list of keywords describes the page', () => {
    expect(sure(body({ Kw: 'w1,w2' }))).toEqual([]);
  });

  it('any_uuid_as_cookie: a digit in a cookie’s name is not dropped into a common word', () => {
    expect(sure(body({ event_uuid: '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0' }))).toEqual([]);
  });
});

describe('misses, first part', () => {
  it('system and network as objects', () => {
    expect(sure(body({ os: { name: 'android', version: '8.1.0' }, network: { carrier: 'Banglalink' } }))).toEqual([
      'os_version body.$.os.name',
      'os_version body.$.os.version',
      'sim_operator body.$.network.carrier',
    ]);
  });

  it('an address abroad, whole or in parts', () => {
    expect(sure(body({ traits: { address: { city: 'Lyon', country: 'France', postalCode: '69001' } } }))).toEqual([
      'postal_address body.$.traits.address.city',
      'postal_address body.$.traits.address.country',
      'postal_address body.$.traits.address.postalCode',
    ]);
    expect(sure(body({ address: '12 rue de la Paix' }))).toEqual(['postal_address body.$.address']);
    expect(sure(body({ address: 'Home' }))).toEqual([]);
  });

  it('an address with octets that cannot be, where nothing else is sent', () => {
    expect(sure(body({ device: { ip: '111.222.333.444' } }))).toEqual(['ip_address body.$.device.ip']);
    expect(sure(body({ ip: '111.222.333.444' }))).toEqual([]);
  });

  it('a digested network address', () => {
    expect(sure(body({ user: { ip_address: 'e80bd55a3834b7c2a34ade23c7ecb54d2a4983822708a1b2c3d4e5f601234567' } }))).toEqual([
      'ip_address body.$.user.ip_address',
    ]);
  });
});

describe('wrong accusations, second part', () => {
  it('segment_as_account: the ids of data providers and segments below the user are not the user’s', () => {
    const user = { id: '55816b39711f9b5a', data: [{ id: '12341318394918', segment: [{ id: '23423424' }] }] };
    expect(sure(body({ user }))).toEqual(['account_id body.$.user.id']);
  });

  it('publisher_user_as_account: four digits are no account of a person', () => {
    expect(sure({ url: 'https://ads.example/hb?userId=1234&apiKey=abcd' })).toEqual([]);
    expect(sure(body({ seatId: '2' }))).toEqual([]);
  });

  it('oauth_client_as_device: a client_id is an app’s', () => {
    expect(
      sure({
        headers: [
          ['clientid', '428135909242707968'],
          ['lang', 'zh_CN'],
          ['timezone', 'Asia/Shanghai'],
        ],
      }),
    ).not.toContain('device_uuid header.clientid');
  });

  it('crop_as_position: the centre of a picture is nowhere on the map', () => {
    expect(sure(body({ edits: { crop_center: [0.0001, -0.25], zoom: 1 } }))).toEqual([]);
    expect(sure(body({ sticker: { position: [10.5, 20.25] } }))).toEqual([]);
  });
});

describe('misses, second part', () => {
  it('a region among the parameters of every request', () => {
    const url = 'https://api.example/v1?region=US&os_version=10&device_model=SM-G9910&effective_type=4g';
    expect(sure({ url })).toContain('location_coarse query.region');
    expect(sure({ url })).toContain('network_type query.effective_type');
    expect(sure({ url: 'https://api.example/v1?region=US' })).toEqual([]);
  });

  it('an Android ID behind the word android', () => {
    expect(sure(body({ android_device_id: 'android-e021b636049dc0e9' }))).toEqual(['android_id body.$.android_device_id']);
  });
});

describe('wrong accusations, third part', () => {
  it('business_platform_as_system: platform=1 beside device data is a list of the firm’s', () => {
    const url = 'https://api.example/v1?platform=1&device_model=SM-G9910&lang=zh_CN&network_type=wifi&screen_width=1080';
    expect(sure({ url })).not.toContain('os_version query.platform');
    expect(sure({ url: `${url}&sys=android` })).toContain('os_version query.sys');
  });

  it('event_session_as_login: session_id and token of an event or a publisher are no login', () => {
    expect(sure(body({ session_id: '875efd01f3c96272521f32b2' }))).toEqual([]);
    expect(sure({ url: 'https://ads.example/hb?token=zpl5iB5Ugpe9ofVTzi44WzfjZZYq1yer' })).toEqual([]);
    expect(sure({ headers: [['cookie', 'session_id=EB7929316B2D5BBEDB463D44BAEEA506']] })).toEqual(['auth_token cookie.session_id']);
    expect(sure({ headers: [['token', 'be8d9f94-7d00-1d20-db44-d0594d6d60ba']] })).toEqual(['auth_token header.token']);
  });

  it('screen_state_as_region: `state` holds the name of a screen', () => {
    expect(sure(body({ state: 'MainActivity', deviceId: '5094f5704b9cf2b3', systemVersion: '8.1.0', locale: 'en-US' }))).not.toContain(
      'location_coarse body.$.state',
    );
  });

  it('version_code_as_sms_code: vcode beside a version name counts versions', () => {
    expect(sure(body({ vcode: '289801', vname: '1.4.2' }))).toEqual([]);
    expect(sure(body({ vcode: '289801', mobile: '13912345678' }))).toEqual([
      'verification_code body.$.vcode',
      'phone_number body.$.mobile',
    ]);
  });
});

describe('misses, third part', () => {
  it('an object that carries the name of its value', () => {
    expect(sure(body({ attributes: { $phoneNumber: { value: '+852 6123 4567' } } }))).toEqual([
      'phone_number body.$.attributes.$phoneNumber.value',
    ]);
  });

  it('an identifier named by its type, digested', () => {
    const idValue = '48ddb93f0b30c475423fe177832912c5bcdce3cc72872f8051627779ef278e08';
    expect(sure(body({ userIds: [{ idType: 'SHA256_EMAIL', idValue }] }))).toEqual(['email body.$.userIds[0].idValue']);
  });
});

describe('wrong accusations, fourth part', () => {
  it('referer_session_as_login: what stands in the address that a Referer repeats is no header of its own', () => {
    const headers = [['referer', 'https://h5.example/act?sid=fbc43764317f538b90e0f9ab43c8285w&lat=31.230416&lng=121.473701']] as const;
    expect(sure({ headers })).toEqual(['location_precise header.referer|url.query.lat']);
  });

  it('unset_as_network: -1 says that nothing was sent', () => {
    expect(sure(body({ networkType: '-1' }))).toEqual([]);
  });

  it('page_instance_as_device: a moment and a random fraction are made anew for every page', () => {
    expect(sure(body({ instanceId: '17211892932540.47486483758713405' }))).toEqual([]);
  });

  it('coupon_as_property: a long number under exchangeCode is an item of a campaign', () => {
    expect(sure(body({ exchangeCode: '960551902659375105' }))).toEqual([]);
  });

  it('signature_as_login: a time and a digest under x-client-token sign the request', () => {
    expect(sure({ headers: [['x-client-token', '1717072109065,0f0b9c2a3d4e5f60718293a4b5c6d7e8']] })).toEqual([]);
  });

  it('system_as_carrier: network.carrier of a tablet names its system', () => {
    expect(sure(body({ network: { carrier: 'Android' } }))).toEqual([]);
  });
});

describe('misses, fourth part', () => {
  it('client information as JSON in a header', () => {
    const info = { gaid: '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0', net: 'NETWORK_WIFI', os_version: '16', region: 'IN', sp_code: '40401' };
    expect(sure({ headers: [['x-client-info', JSON.stringify(info)]] })).toEqual([
      'gaid header.x-client-info|json$.gaid',
      'network_type header.x-client-info|json$.net',
      'os_version header.x-client-info|json$.os_version',
      'location_coarse header.x-client-info|json$.region',
      'sim_operator header.x-client-info|json$.sp_code',
    ]);
  });

  it('a door without a street, and the cookies of common page scripts', () => {
    expect(sure(body({ address: '1号楼1单元101' }))).toEqual(['postal_address body.$.address']);
    expect(sure({ headers: [['cookie', 'hubspotutk=86de4dba7e5eb79e750a82c3a5db439f; __hssrc=1']] })).toEqual([
      'tracking_cookie cookie.hubspotutk',
    ]);
  });
});

describe('further names', () => {
  it('an e-mail address that signs in is one', () => {
    expect(sure({ url: 'https://cloud.example/register?username=ana%40example.com' })).toEqual(['email query.username']);
  });
});

describe('devices and persons under odd names', () => {
  const device = { os_version: '11', language: 'zh-CN', imei: '866123456789018' };

  it('span_as_device: what a trace header holds is the trace’s', () => {
    const trace = Buffer.from(
      JSON.stringify({ v: [0, 1], d: { ty: 'Mobile', 'd.id': 'a8e1552f0d5d47f8', id: 'a8e1552f0d5d47f8' } }),
    ).toString('base64');
    expect(sure({ headers: [['newrelic', trace]] })).toEqual([]);
  });

  it('shop_as_model: a vendor that is no maker is where the app came from', () => {
    expect(sure(body({ ...device, vendor: 'exampleshop1' })).some((each) => each.endsWith('vendor'))).toBe(false);
    expect(sure(body({ ...device, vendor: 'PD1731' }))).toContain('device_model body.$.vendor');
  });

  it('a code name of the device among other device data, and no kind of device', () => {
    const more = { ...device, oaid: '1fe9a970efbb29e00bddf5dbbf751ab5' };
    expect(sure(body({ ...more, device: 'polaris' }))).toContain('device_model body.$.device');
    expect(sure(body({ ...more, device: 'tv' }))).not.toContain('device_model body.$.device');
  });

  it('an access token, a name and a password with words of the app before them', () => {
    expect(sure(body({ tspAccessToken: 'q83vEjRWeJCrze8SNFZ4kKvN7w' }))).toEqual(['auth_token body.$.tspAccessToken']);
    expect(sure(body({ vehicleOwnerName: '张小明' }))).toEqual(['real_name body.$.vehicleOwnerName']);
    expect(sure(body({ cdpassword: 'Tes7-only!' }))).toEqual(['password body.$.cdpassword']);
    expect(sure(body({ sourcePassword: 'Sid98s' }))).toEqual([]);
  });

  it('a noun that an abbreviation has grown onto, with a value that is one', () => {
    expect(sure({ headers: [['duimei', '866123456789018']] })).toEqual(['imei header.duimei']);
    expect(sure(body({ duimei: '3' }))).toEqual([]);
  });

  it('aaid is Google’s unless the alliance’s identifiers stand beside it', () => {
    const aaid = '4ce3a7dc-4a15-40fd-a201-5101bb0a351a';
    expect(sure(body({ aaid }))).toEqual(['gaid body.$.aaid']);
    expect(sure(body({ aaid, oaid: '1fe9a970efbb29e0' }))).toEqual(['vaid_aaid body.$.aaid', 'oaid body.$.oaid']);
    const [read] = detector.detect(decodeRequest(request(body({ aaid }))));
    expect(read?.trace.map(({ rule }) => rule)).toContain('also-read-as');
  });
});

describe('abbreviated objects', () => {
  it('an object named after the device describes one, however its members are abbreviated', () => {
    expect(
      sure(body({ deviceinfo: { ov: '4.2.2', rn: '480*800', dn: 'H30-T00', cr: '46002', as: 'WIFI' } })).map((each) => each.split(' ')[0]),
    ).toEqual(expect.arrayContaining(['os_version', 'device_model', 'network_type']));
    expect(sure(body({ rule: { ov: '4.2.2', dn: 'H30-T00', as: 'WIFI' } }))).toEqual([]);
  });

  it('install_as_account: AppsFlyer’s UID is an installation’s, in a body and in a header', () => {
    const uid = '1705641125542-4143970912560432000';
    expect(sure(body({ uid, language: 'zh-CN', os_version: '11', imei: '866123456789018' }))).toContain('device_uuid body.$.uid');
    expect(sure({ headers: [['x-appsflyer-uid', uid]] })).toEqual(['device_uuid header.x-appsflyer-uid']);
  });

  it('currency_as_country, number_as_language, count_as_network', () => {
    const device = { os_version: '11', language: 'zh-CN', imei: '866123456789018' };
    expect(sure(body({ ...device, country: 'CN', cc: 'EUR' }))).not.toContain('location_coarse body.$.cc');
    expect(sure({ url: 'https://api.example/x?lang=2' })).toEqual([]);
    expect(sure(body({ net: 0 }))).toEqual([]);
    expect(sure(body({ net: 'WIFI' }))).toEqual(['network_type body.$.net']);
  });

  it('push_as_login: what Firebase writes under token is the address of messages', () => {
    const token = `fB40OCh3QwU:APA91b${'aZ09_-kQ'.repeat(12)}`;
    expect(sure(body({ token, userId: '820371956' }))).toContain('push_token body.$.token');
  });

  it('client_as_user: Basic with a UUID as user is the client of OAuth', () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const client = '3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f:4ce3a7dc-4a15-40fd-a201-5101bb0a351a';
    expect(sure({ headers: [['Authorization', basic(client)]] })).toEqual([]);
    expect(sure({ headers: [['Authorization', basic('ana.souza:Tes7-only-Pass!')]] })).toContain('auth_token header.authorization');
  });

  it('an account that analytics count by, and a visitor', () => {
    expect(sure(body({ distinct_id: '22323000' }))).toEqual(['account_id body.$.distinct_id']);
    expect(sure(body({ distinct_id: '3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f' }))).toEqual(['device_uuid body.$.distinct_id']);
  });

  it('the session cookie of a site, and not that of a counter', () => {
    const secret = 'LpeHvbdj84SatShB23TXPw34qtn30mDo';
    expect(sure({ headers: [['Cookie', `couples_session=${secret}`]] })).toEqual(['auth_token cookie.couples_session']);
    expect(sure({ headers: [['Cookie', `_hj_session=${secret}`]] })).toEqual([]);
  });

  it('the machine that mini programs add to the model', () => {
    expect(sure({ url: 'https://api.example/x?mt=iPhone%207%20Plus%3CiPhone9%2C2%3E' })).toEqual(['device_model query.mt']);
    expect(sure(body({ device_model: 'iPhone 12<iPhone13,2>' }))).toEqual(['device_model body.$.device_model']);
  });

  it('divisions one within the other, and words of the app before an account or a device', () => {
    expect(sure(body({ currentResidence: '重庆市-重庆市-合川区' }))).toEqual(['location_coarse body.$.currentResidence']);
    expect(sure(body({ curuserid: '25856000' }))).toEqual(['account_id body.$.curuserid']);
    expect(sure(body({ track_deviceid: '73524B41-B2E2-47A7-B7FD-F20ADEFBE500' }))).toEqual(['device_uuid body.$.track_deviceid']);
  });
});
