import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/detect/detector.js';
import { doubtLine, doubtsOf, isSettled, type Reading } from '../../src/detect/doubts.js';
import type { Field } from '../../src/model/field.js';
import { dataTypes, decodedOf, typeOf, underKey } from './fixture.js';

const TOKEN = 'q83vEjRWeJCrze8SNFZ4kKvN7w';
const DIGEST = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
const FIREBASE = `dQw4w9WgXcQ_1234567890:APA91b${'H'.repeat(60)}`;
const UUID = '3f0c1d5e-7a2b-4c1d-8e9f-0a1b2c3d4e5f';

interface Of {
  readonly weak?: boolean;
  readonly passRate?: number;
  readonly field?: Partial<Field>;
}

function reading(id: string, key: string, value: string, { weak = false, passRate = 1, field: parts = {} }: Of): Reading {
  const [field] = decodedOf([{ path: `body.$.${key}`, value, keys: [key], ...parts }]).fields;
  if (field === undefined) throw new Error('no field');
  const type = typeOf(id);
  return { field, value, type, match: { type, weak, reach: 'full', key, form: null }, passRate, by: 'validator' };
}

/** Doubt, type, name, a value that raises it, one that does not, and what else is so of both. */
const CASES: ReadonlyArray<readonly [string, string, string, string, string, Of]> = [
  ['doubt-common', 'device_model', 'model', 'standard', 'iPhone14,3', { weak: true }],
  ['doubt-push-or-login', 'push_token', 'token', TOKEN, FIREBASE, {}],
  ['doubt-counted-push', 'push_token', 'push id', '2622051901', '1a0018970af0b9c2a3d', {}],
  ['doubt-counted-push', 'push_token', 'reg id', '20260115020110106', '16600000000000012345678', {}],
  ['doubt-part-present', 'hardware_params', 'battery', 'true', '88', {}],
  ['doubt-template', 'sms', 'sms content', ['您的验证码是$', '{code}'].join(''), '明天见', {}],
  ['doubt-label', 'password', 'password', '请输入密码', 'made-Up-1', {}],
  ['doubt-label', 'ssid', 'ssid', 'WiFi SSID 列表', 'home-5G', {}],
  ['doubt-label', 'device_model', 'manufacturer', '制造商', 'Xiaomi', {}],
  ['doubt-named-variable', 'password', 'password', 'EXAMPLE_API_SECRET', 'EXAMPLE-1', {}],
  ['doubt-label', 'search_query', 'search text', '搜索', '搜索引擎', {}],
  ['doubt-named-by-kind', 'device_uuid', 'uuid', 'FORM-6X866SC1KM4O4BLF3U78', UUID, {}],
  ['doubt-unmeasured-charge', 'hardware_params', 'charging', 'lädt', 'true', {}],
  ['doubt-unmeasured-charge', 'hardware_params', 'battery level', 'Ladestand der Batterie', '0.88', {}],
  ['doubt-unmeasured-charge', 'hardware_params', 'battery status', 'Status', 'BATTERY_STATUS_NOT_CHARGING', {}],
  ['doubt-label', 'password', 'password', 'Wachtwoord', 'wachtwoord', {}],
  ['doubt-systems-own', 'account_id', 'user id', 'S-1-5-18', 'S-1-5-21-1004336348-1177238915-682003330-1001', {}],
  ['doubt-named-variable', 'account_id', 'user id', 'User/id', 'lilei/1', {}],
  ['doubt-core', 'hardware_params', 'cpu', 'cpu-total', 'arm64-v8a', {}],
  ['doubt-core', 'hardware_params', 'cpu', 'cpu0', 'Kirin 990', {}],
  ['doubt-page-as-model', 'device_model', 'device', 'pc', 'V2049A', { weak: true }],
  ['doubt-client-secret', 'password', 'password', DIGEST, 'hunter22', { field: { path: 'header.authorization|basic.password' } }],
  ['doubt-account-as-card', 'bank_card_number', 'account', '4539578763621486', '6228480402564890018', {}],
  ['doubt-signed-push', 'push_token', 'device token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', FIREBASE, {}],
  ['doubt-file-of-page', 'id_document_image', 'back image', 'images/background.png', 'https://img.example.com/u/7/back.png', {}],
  ['doubt-own-making', 'idfa', 'idfa', '0f0b9c2a3d4e5f60', UUID.toUpperCase(), {}],
  ['doubt-transaction-serial', 'device_serial', 'serial no', '1757266149544225', 'R58M42ABCDE', {}],
  ['doubt-short-serial', 'device_serial', 'sn code', 'B70352', 'R58M42ABCDE', {}],
  ['doubt-numbered-system', 'os_version', 'os version', '1', '13', {}],
  ['doubt-numbered-kind', 'os_version', 'os type', '8', 'Android 8', {}],
  ['doubt-nobodys-nickname', 'nickname', 'nickname', '未知', '未知数', {}],
  ['doubt-function', 'email', 'email', 'kefu@example.com', 'xiaoming@example.com', {}],
  ['doubt-quantity', 'hardware_params', 'memory', '512Mi', '512MB', {}],
  ['doubt-grouping', 'device_fingerprint', 'fingerprint', 'database-connection-error', 'D2IF6BklWVLQgxIpU6ER', {}],
  [
    'doubt-build-of-system',
    'device_fingerprint',
    'fingerprint',
    'acme/one/one:13/TQ1A.221205.011/9244662:user/release-keys',
    'D2IF6BklWVLQgxIpU6ER',
    {},
  ],
  ['doubt-clock-in', 'stay_dates', 'check in time', '2026-01-02 08:59:13', '2026-01-02 14:00:00', {}],
  ['doubt-clock-in', 'stay_dates', 'check in time', '09:00', '2026-01-02 14:00', {}],
  ['doubt-nobodys-nickname', 'nickname', 'nickname', '游客', '游客小明', {}],
  ['doubt-service-call', 'family_relation', 'emergency phone', '110', '13912345678', {}],
  ['doubt-service-call', 'family_relation', 'emergency phone', '400-800-1234', '010-62981234', {}],
  ['doubt-resolver', 'ip_address', 'ip', '8.8.8.8', '203.0.113.9', { field: { part: 'query', path: 'query.ip' } }],
  ['doubt-nothing-measured', 'hardware_params', 'memory', '0', '8192', {}],
  ['doubt-group', 'tracking_cookie', 'gid', 'abc1def2ghi3jkl4mno5pqr6', 'GA1.2.1234567890.1600000000', {}],
  ['doubt-numbered-system', 'os_version', 'os', '2', '13', {}],
  ['doubt-short-open-id', 'account_id', 'open id', 'a12-3bcd', 'oQ7xW0aBcDeFgHiJkLmNoPqRsTuV', {}],
  ['doubt-others-open-id', 'wechat_id', 'open id', 'q83vEjRWeJCrze8SNFZ4', 'oQ7xW0aBcDeFgHiJkLmNoPqRsTuV', {}],
  ['doubt-installation', 'account_id', 'uid', DIGEST, '820371956', {}],
  ['doubt-phones-number', 'account_id', 'uid', '13912345678', '820371956', {}],
  ['doubt-accounts-number', 'phone_number', 'user id', '820371956', '13912345678', { weak: true }],
  // Incident: the landline of whoever called, looked up by an app that blocks calls, was the number that its user registered with.
  ['doubt-anybodys-number', 'phone_number', 'number', '01088881234', '13912345678', { weak: true }],
  ['doubt-own-making', 'idfa', 'aid', 'k2j4h5g6', UUID, { weak: true }],
  ['doubt-distinct', 'account_id', 'distinct id', UUID, '22323000', {}],
  ['doubt-word', 'user_agent', 'ua', 'examplecommunity', 'example-android', {}],
  ['doubt-word', 'user_agent', 'useragent', 'Exampledemo_1.0.2', 'Exampledemo/1.0.2', {}],
  ['doubt-word', 'user_agent', 'useragent', 'Exampledemo_1.0.2', 'HUAWEI_P40_11', {}],
  ['doubt-unfilled-variable', 'device_uuid', 'device id', '$deviceId', '$device:18c86ab03f465f-0b6f3b4a9ce344', {}],
  ['doubt-uncounted', 'hardware_params', 'available memory', 'low', '446672896', {}],
  ['doubt-level', 'os_version', 'sdk', 'android_1.3.3', '23', { weak: true }],
  ['doubt-all-digits', 'android_id', 'aid', '1528789574986200', 'f3f34488828b105f', { weak: true }],
  ['doubt-common', 'device_uuid', 'device', 'front-desk', DIGEST, { weak: true }],
  ['doubt-model', 'device_uuid', 'device', 'HUAWEI_TAS-AN00', DIGEST, { weak: true }],
  ['doubt-adid', 'device_uuid', 'adid', UUID, DIGEST, { weak: true }],
  ['doubt-apps-token', 'auth_token', 'app token', DIGEST, `Tq${'v3Ej'.repeat(20)}`, { weak: true }],
  ['doubt-system-alone', 'os_version', 'device', 'android', 'ios_10.3', { weak: true }],
  ['doubt-system-as-model', 'device_model', 'device', 'windows', 'iPhone14,3', { weak: true }],
  ['doubt-page-as-model', 'device_model', 'dev', 'EX-H5', 'EX-H500', { weak: true }],
  ['doubt-page-as-model', 'device_model', 'terminal type', 'pc', 'iPhone14,3', { weak: true }],
  ['doubt-shown', 'screen_info', 'display', '1', '1080|2340', { weak: true }],
  ['doubt-ad-unit', 'device_fingerprint', 'dfp', '1234567/example_home_top', DIGEST, { weak: true }],
  ['doubt-untold', 'hardware_params', 'cpu speed', '-1', '2400', {}],
  ['doubt-switch', 'education', 'school', 'false', '第一中学', { weak: true }],
  ['doubt-busy', 'hardware_params', 'cpu', '23.5', '8', {}],
  ['doubt-picture-code', 'verification_code', 'captcha', 'x7k2', '482917', {}],
  ['doubt-department', 'medical_appointment', 'department', '研发部', '皮肤科', { weak: true }],
  ['doubt-broken-imei', 'imsi', 'imei', '353456789012346', '460020000000001', { weak: true }],
  ['doubt-rented-instance', 'device_uuid', 'instance id', 'ins-2f4h6k8m', 'app-2f4h6k8m', {}],
  ['doubt-rented-instance', 'device_uuid', 'instance id', 'i-0f0b9c2a', UUID, {}],
  ['doubt-named-by-register', 'device_uuid', 'device id', 'urn:ngsi-ld:Device:0f0b9c2a', `urn:uuid:${UUID}`, {}],
  // A phone has URNs of its own (RFC 7254).
  ['doubt-named-by-register', 'device_uuid', 'device id', 'urn:epc:id:sgtin:1.2.3', 'urn:gsma:imei:35345678-901234-0', {}],
  ['doubt-runs-builds', 'os_version', 'os', 'ubuntu-22.04', 'Android 13', {}],
  ['doubt-runs-builds', 'os_version', 'os', 'windows-latest', 'HarmonyOS-4.0', {}],
  ['doubt-colour', 'hardware_params', 'ram', '#E0F9D7', '8192', {}],
  ['doubt-flag', 'account_id', 'user id', '1', '820371956', {}],
];

const BY_PLACE = [
  'doubt-author',
  'doubt-printed',
  'doubt-anybodys-document',
  'doubt-bare-agent',
  'doubt-form',
  'doubt-visitor',
  'doubt-cookies-ssid',
  'doubt-quoted-address',
  'doubt-events-number',
  'doubt-premises',
  'doubt-written-in-markup',
  'doubt-name-of-division',
  'doubt-clouds-account',
];

describe('doubts', () => {
  it.each(CASES)('%s: %s under %s', (name, id, key, doubtful, sure, of) => {
    const doubt = doubtsOf(typeOf(id)).find((each) => each.name === name);
    expect(doubt?.holds(reading(id, key, doubtful, of))).toBe(true);
    expect(doubt?.holds(reading(id, key, sure, of))).toBe(false);
  });

  it('of what is counted is raised by a number that says that nothing was obtained', () => {
    const doubt = doubtsOf(typeOf('hardware_params')).find(({ name }) => name === 'doubt-untold');
    expect(doubt?.holds(reading('hardware_params', 'cpu speed', '-1', {}))).toBe(true);
    expect(doubt?.holds(reading('hardware_params', 'cpu speed', '1.8', {}))).toBe(false);
  });

  it('are settled where the value says so, and open where the name is', () => {
    const traceOf = (id: string, name: string) => doubtsOf(typeOf(id)).flatMap((doubt) => (doubt.name === name ? [doubtLine(doubt)] : []));
    expect(isSettled(traceOf('hardware_params', 'doubt-untold'))).toBe(true);
    expect(isSettled(traceOf('verification_code', 'doubt-picture-code'))).toBe(true);
    expect(isSettled(traceOf('device_model', 'doubt-common'))).toBe(false);
    expect(isSettled([])).toBe(false);
  });

  it('of a name that speaks in a context is raised by the name, whatever the value', () => {
    const doubt = doubtsOf(typeOf('education')).find(({ name }) => name === 'doubt-context');
    const read = reading('education', 'degree', '硕士', { weak: true });
    expect(doubt?.holds({ ...read, match: { ...read.match, context: true } })).toBe(true);
    expect(doubt?.holds(read)).toBe(false);
  });

  it('of a network is raised by a test that most numbers pass', () => {
    const doubt = doubtsOf(typeOf('network_type')).find(({ name }) => name === 'doubt-counted-network');
    expect(doubt?.holds(reading('network_type', 'net', '0', { passRate: 0.9 }))).toBe(true);
    expect(doubt?.holds(reading('network_type', 'net', 'wifi', { passRate: 0.01 }))).toBe(false);
    expect(doubt?.holds(reading('network_type', 'network type', '0', { passRate: 0.9 }))).toBe(false);
  });

  it('of the secret that a service hands out to an app (24_hex_digits_in_basic)', () => {
    const doubt = doubtsOf(typeOf('password')).find(({ name }) => name === 'doubt-client-secret');
    const basic = { field: { path: 'header.authorization|basic.password' } };
    expect(doubt?.holds(reading('password', 'password', '0f0b9c2a3d4e5f60718293a4', basic))).toBe(true);
    expect(doubt?.holds(reading('password', 'password', 'Hunter22hunter22hunter22', basic))).toBe(false);
    // A token that a server gave out stands there as well.
    expect(doubt?.holds(reading('password', 'password', 'AQAAAAExample7Example8Example9Example~', basic))).toBe(true);
    expect(doubt?.holds(reading('password', 'password', 'correct horse battery staple 1 Q', basic))).toBe(false);
    expect(doubt?.holds(reading('password', 'password', '0f0b9c2a3d4e5f60718293a4', {}))).toBe(false);
  });

  it('of what browsers keep, and of an address that is quoted, are raised by where the value stands', () => {
    const raised = (id: string, name: string, key: string, field: Partial<Field>) =>
      doubtsOf(typeOf(id))
        .find((each) => each.name === name)
        ?.holds(reading(id, key, DIGEST, { weak: true, field }));
    const cookie = { part: 'cookie', path: 'cookie.x' } as const;
    expect(raised('tracking_cookie', 'doubt-visitor', 'visitor id', cookie)).toBe(false);
    expect(raised('tracking_cookie', 'doubt-visitor', 'visitor id', {})).toBe(true);
    expect(raised('device_uuid', 'doubt-visitor', 'web id', cookie)).toBe(true);
    expect(raised('device_uuid', 'doubt-visitor', 'web id', {})).toBe(false);
    expect(raised('device_uuid', 'doubt-visitor', 'visitor id', cookie)).toBe(true);
    expect(raised('tracking_cookie', 'doubt-visitor', 'buvid', {})).toBe(true);
    expect(raised('tracking_cookie', 'doubt-visitor', 'buvid3', {})).toBe(false);
    expect(raised('tracking_cookie', 'doubt-group', 'gid', cookie)).toBe(false);
    expect(raised('tracking_cookie', 'doubt-group', 'gid', {})).toBe(true);
    expect(raised('tracking_cookie', 'doubt-group', 'fbp', {})).toBe(false);
    expect(raised('ssid', 'doubt-cookies-ssid', 'ssid', cookie)).toBe(true);
    expect(raised('ssid', 'doubt-cookies-ssid', 'ssid', {})).toBe(false);
    expect(raised('ssid', 'doubt-cookies-ssid', 'wifi name', cookie)).toBe(false);
    expect(raised('user_agent', 'doubt-form', 'useragent', { opened: true })).toBe(true);
    expect(raised('user_agent', 'doubt-form', 'useragent', {})).toBe(false);
    const quoted = { part: 'header', path: 'header.referer|url.query.fp' } as const;
    expect(raised('device_fingerprint', 'doubt-quoted-address', 'fp', quoted)).toBe(true);
    expect(raised('device_fingerprint', 'doubt-quoted-address', 'fp', {})).toBe(false);
    expect(raised('email', 'doubt-author', 'email', { part: 'body', keys: ['authors', 'email'] })).toBe(true);
    expect(raised('email', 'doubt-author', 'email', { part: 'body', keys: ['user', 'email'] })).toBe(false);
    const page = { path: 'body|xml.html.@lang' };
    expect(raised('locale_timezone', 'doubt-written-in-markup', 'lang', page)).toBe(true);
    expect(raised('locale_timezone', 'doubt-written-in-markup', 'lang', { path: 'body|xml.feed.@xml:lang' })).toBe(true);
    for (const path of ['body|xml.svg.metadata.text.@lang', 'body|xml.package.metadata.dc:language', 'body.$.@context.@language'])
      expect(raised('locale_timezone', 'doubt-written-in-markup', 'lang', { path })).toBe(true);
    expect(raised('locale_timezone', 'doubt-written-in-markup', 'lang', { path: 'body.$.dc.language' })).toBe(false);
    // An element of an app's own may tell of the phone so.
    expect(raised('locale_timezone', 'doubt-written-in-markup', 'lang', { path: 'body|xml.device.@lang' })).toBe(false);
    expect(raised('location_coarse', 'doubt-name-of-division', '城市', { keys: ['盐城市'] })).toBe(true);
    expect(raised('location_coarse', 'doubt-name-of-division', '城市', { keys: ['所在城市'] })).toBe(false);
    expect(raised('account_id', 'doubt-clouds-account', 'account id', { keys: ['cloud', 'account', 'id'] })).toBe(true);
    expect(raised('account_id', 'doubt-clouds-account', 'account id', { keys: ['user', 'account', 'id'] })).toBe(false);
    const entry = { keys: ['events', 'uuid'], path: 'body.$.events[0].uuid' };
    expect(raised('device_uuid', 'doubt-events-number', 'uuid', entry)).toBe(true);
    expect(raised('device_uuid', 'doubt-events-number', 'device id', entry)).toBe(false);
    expect(raised('device_uuid', 'doubt-events-number', 'uuid', { keys: ['events', 'device', 'uuid'] })).toBe(false);
  });

  it('incident: 16 hexadecimal digits under `adid`, an Android ID, were told as the advertising ID of Google', () => {
    const detector = createDetector({ dataTypes });
    const read = (key: string, value: string) => detector.detect(underKey(key, value)).map(({ dataType, grade }) => `${dataType} ${grade}`);
    expect(read('adid', '9b1c2d3e4f506172')).toEqual(['android_id probable']);
    expect(read('adid', UUID)).toEqual(['gaid probable']);
    expect(read('gaid', '9b1c2d3e4f506172')).toEqual(['gaid probable']);
  });

  it.each([
    'okhttp/3.12.0',
    'Apache-HttpClient/UNAVAILABLE (java 1.4)',
    'Example-Transfer/2.94',
    'Examplebot/2.1 (+http://www.example.com/bot.html)',
    'Example-CryptoAPI Micros/10.0',
  ])('of an agent that names neither system nor device: %s', (value) => {
    const holds = (path: string) =>
      doubtsOf(typeOf('user_agent'))
        .find(({ name }) => name === 'doubt-bare-agent')
        ?.holds(reading('user_agent', 'user agent', value, { field: { part: 'header', path } }));
    expect(holds('header.user-agent')).toBe(true);
    expect(holds('body.$.device.ua')).toBe(false);
  });

  it('incident: the library that made a call was told of the phone, where a log keeps the headers of calls', () => {
    const holds = (keys: readonly string[], value = 'python-requests/2.28.2') =>
      doubtsOf(typeOf('user_agent'))
        .find(({ name }) => name === 'doubt-bare-agent')
        ?.holds(reading('user_agent', 'user agent', value, { field: { part: 'body', path: 'body.$.x', keys } }));
    expect(holds(['headers', 'user-agent'])).toBe(true);
    expect(holds(['User-Agent'])).toBe(true);
    expect(holds(['headers', 'user-agent'], 'Dalvik/2.1.0 (Linux; U; Android 13; V2049A)')).toBe(false);
    expect(holds(['device', 'userAgent'])).toBe(false);
  });

  it.each([
    'Example/7 CFNetwork/1496.0.7 Darwin/23.5.0',
    'okhttp/3.12.2 example/1.4 (Android/25)',
    'SM-G9910/1.0 Example/2',
    'com.example.shop/6.1.0;Xiaomi;Xiaomi;HM NOTE 1TD;4.2.2;720x1280',
    'Wget/1.16 (darwin14.1.0)',
  ])('of none that names one: %s', (value) => {
    const doubt = doubtsOf(typeOf('user_agent')).find(({ name }) => name === 'doubt-bare-agent');
    expect(doubt?.holds(reading('user_agent', 'user agent', value, { field: { part: 'header', path: 'header.user-agent' } }))).toBe(false);
  });

  it('incident: the system and the model that a manual prints were those of the phone that sends it', () => {
    const detector = createDetector({ dataTypes });
    const told = (steps: readonly string[]) =>
      detector
        .detect(
          decodedOf([
            { path: 'body.a', keys: ['系统版本'], value: 'Android 6.0', steps },
            { path: 'body.b', keys: ['屏幕分辨率'], value: '192×490', steps },
            { path: 'body.c', keys: ['手机'], value: '13900000001', steps },
          ]),
        )
        .filter(({ grade }) => grade !== 'candidate')
        .map(({ dataType }) => dataType);
    expect(told(['json'])).toEqual(['os_version', 'screen_info', 'phone_number']);
    expect(told(['office'])).toEqual(['phone_number']);
    expect(told(['pdf'])).toEqual(['phone_number']);
    expect(told(['pdf', 'json'])).toEqual(['os_version', 'screen_info', 'phone_number']);
  });

  it("incident: a cast of actors and a table of goods in a document were the user's", () => {
    const doubt = doubtsOf(typeOf('gender')).find(({ name }) => name === 'doubt-anybodys-document');
    const of = (steps: readonly string[]) => doubt?.holds(reading('gender', '性别', '女', { field: { steps } }));
    expect(of(['zip', 'office'])).toBe(true);
    expect(of(['pdf'])).toBe(true);
    expect(of(['json'])).toBe(false);
  });

  it('of what a place open to the public prints are raised by whose it is', () => {
    const raised = (id: string, key: string, value: string, keys: readonly string[]) =>
      doubtsOf(typeOf(id))
        .find(({ name }) => name === 'doubt-premises')
        ?.holds(reading(id, key, value, { field: { keys } }));
    expect(raised('phone_number', 'tel', '021-55501234', ['storeTel'])).toBe(true);
    // Somebody answers a mobile phone, in a shop too.
    expect(raised('phone_number', 'tel', '139 1234 5678', ['storeTel'])).toBe(false);
    expect(raised('phone_number', 'tel', '021-55501234', ['userTel'])).toBe(false);
    expect(raised('postal_address', 'address', '上海市浦东新区世纪大道100号', ['poi', 'address'])).toBe(true);
    expect(raised('postal_address', 'address', '上海市浦东新区世纪大道100号', ['receiver', 'address'])).toBe(false);
  });

  it('of digits too few for a carrier’s code are raised by the name', () => {
    const holds = (key: string) =>
      doubtsOf(typeOf('sim_operator'))
        .find(({ name }) => name === 'doubt-short-code')
        ?.holds({ ...reading('sim_operator', key, '460', {}), by: 'shape' });
    expect(holds('operator code')).toBe(true);
    expect(holds('mcc')).toBe(false);
    expect(holds('sim mnc')).toBe(false);
    expect(holds('carrier.country code')).toBe(false);
  });

  it('incident: the code that is dialled before numbers of a country was told as that of its networks', () => {
    const holds = (key: string, value: string) =>
      doubtsOf(typeOf('sim_operator'))
        .find(({ name }) => name === 'doubt-calling-code')
        ?.holds({ ...reading('sim_operator', key, value, {}), by: 'shape' });
    expect([holds('mobile country code', '91'), holds('mcc', '1')]).toEqual([true, true]);
    expect([holds('mobile country code', '404'), holds('mnc', '01')]).toEqual([false, false]);
  });

  it('incident: the release of a system under the version of a phone was told as a model', () => {
    const told = (name: string, value: string) =>
      createDetector({ dataTypes })
        .detect(underKey(name, value))
        .map(({ dataType, grade }) => `${dataType} ${grade}`);
    expect(told('phoneVersion', 'iOS 14.7')).toEqual(['os_version probable']);
    expect(told('phoneVersion', '14.7')).not.toContain('os_version probable');
    expect(told('device', 'windows')).not.toContain('device_model probable');
    expect(told('deviceBrand', 'windows')).toContain('device_model probable');
  });

  it('of a session that is counted, and of a tenant, are raised by where the value stands', () => {
    const raised = (id: string, name: string, key: string, field: Partial<Field>) =>
      doubtsOf(typeOf(id))
        .find((each) => each.name === name)
        ?.holds(reading(id, key, '8203719560', { weak: true, field }));
    expect(raised('auth_token', 'doubt-counted-session', 'session', { part: 'body' })).toBe(true);
    expect(raised('auth_token', 'doubt-counted-session', 'session', { part: 'cookie', path: 'cookie.session' })).toBe(false);
    expect(raised('account_id', 'doubt-tenant', 'customer id', { part: 'query', path: 'query.customer_id' })).toBe(true);
    expect(raised('account_id', 'doubt-tenant', 'customer id', { part: 'body' })).toBe(false);
  });

  it('each has a case here, a name of its own and words in both languages', () => {
    const all = new Map(dataTypes.flatMap((type) => doubtsOf(type).map((doubt) => [doubt.name, doubt] as const)));
    const tested = [
      ...CASES.map(([name]) => name),
      'doubt-context',
      'doubt-counted-network',
      'doubt-counted-session',
      'doubt-tenant',
      'doubt-short-code',
      'doubt-calling-code',
      ...BY_PLACE,
    ];
    expect([...all.keys()].sort()).toEqual([...new Set(tested)].sort());
    for (const doubt of all.values()) {
      const { rule, text } = doubtLine(doubt);
      expect(rule).toBe(doubt.name);
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(text.en).toMatch(/^[\x20-\x7e’]+$/);
    }
  });

  it('lower a finding to a clue and say so in its trace', () => {
    const [evidence] = createDetector({ dataTypes }).detect(underKey('osv', '2'));
    expect(evidence).toMatchObject({ dataType: 'os_version', grade: 'candidate' });
    expect(evidence?.trace.map(({ rule }) => rule)).toContain('doubt-numbered-system');
  });
});

it('takes the key of a server for no fingerprint of a device, and what only begins as one does for one (ssh_key_as_fingerprint)', () => {
  const doubt = doubtsOf(typeOf('device_fingerprint')).find(({ name }) => name === 'doubt-grouping');
  const holds = (value: string) => doubt?.holds(reading('device_fingerprint', 'fingerprint', value, {}));
  expect(holds('SHA256:q83vEjRWeJCrze8SNFZ4kKvN7wq83vEjRWeJCrze8SN')).toBe(true);
  expect(holds(`MD5${':0f'.repeat(16)}`)).toBe(true);
  expect(holds('MD5:0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe(false);
});

it('takes a letter, a day and a count for the number of a payment (payment_as_serial)', () => {
  const doubt = doubtsOf(typeOf('device_serial')).find(({ name }) => name === 'doubt-transaction-serial');
  expect(doubt?.holds(reading('device_serial', 'serial no', 'TXN202601020001', {}))).toBe(true);
  expect(doubt?.holds(reading('device_serial', 'serial no', 'WA7A2B3C4D5E', {}))).toBe(false);
});

it('takes a number under `account` for a card only where few numbers are written so (card_as_account)', () => {
  const detect = (account: string) => createDetector({ dataTypes }).detect(underKey('account', account));
  expect(detect('6228480402564890018')[0]).toMatchObject({ dataType: 'bank_card_number', grade: 'probable' });
  expect(detect('4539578763621486')[0], 'one account of a hundred').toMatchObject({ dataType: 'account_id' });
  expect(detect('6228480402564890019')[0]).toMatchObject({ dataType: 'account_id' });
});

it('incident: what Android writes as its own identifier was an advertising identifier of Apple under the name of one', () => {
  const detect = (value: string) => createDetector({ dataTypes }).detect(underKey('idfa', value))[0];
  expect(detect('0f0b9c2a3d4e5f60')).toMatchObject({ dataType: 'android_id', grade: 'probable' });
  expect(detect(UUID)).toMatchObject({ dataType: 'idfa', grade: 'probable' });
  expect(detect(DIGEST)).toMatchObject({ dataType: 'idfa', grade: 'probable' });
});
