import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { withCorroboration } from '../../src/detect/corroboration.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const gradeOf = (body: object, path: string) =>
  detector.detect(decodeRequest(request({ body: JSON.stringify(body) }))).find((each) => each.path === path)?.grade;

describe('withCorroboration', () => {
  it('lifts an ambiguous name beside other kinds of device data', () => {
    expect(gradeOf({ model: 'SM-G9910', os_version: '11', imei: '866123456789018' }, 'body.$.model')).toBe('probable');
    expect(gradeOf({ model: 'SM-G9910', price: '99' }, 'body.$.model')).toBe('candidate');
  });

  it('counts kinds, not fields, and not the kind itself', () => {
    expect(gradeOf({ model: 'TX9 pro', brand: 'SAMSUNG', device_model: 'SM-G9910', lang: 'zh-CN' }, 'body.$.model')).toBe('candidate');
  });

  it('asks less for a maker and its codes, and more where shops sort by them (brand_beside_os)', () => {
    expect(gradeOf({ model: 'SM-G9910', os_version: '11' }, 'body.$.model')).toBe('probable');
    expect(gradeOf({ factory: 'Meizu', os_version: '11' }, 'body.$.factory')).toBe('probable');
    expect(gradeOf({ brand: 'HUAWEI', os_version: '11' }, 'body.$.brand')).toBe('candidate');
    expect(gradeOf({ brand: 'HUAWEI', device_model: 'TAG-TL00' }, 'body.$.brand')).toBe('probable');
    expect(gradeOf({ model: 'm3 note', os_version: '11' }, 'body.$.model')).toBe('candidate');
  });
  it('takes a root for the phone’s where it is a yes or a no among device data, and no other', () => {
    const device = { os_version: '11', imei: '866123456789018' };
    expect(gradeOf({ ...device, root: 'false' }, 'body.$.root')).toBe('probable');
    expect(gradeOf({ ...device, root: 1 }, 'body.$.root')).toBe('probable');
    for (const root of ['/data/app', '4711', '0f0b9c2a3d4e5f60718293a4b5c6d7e8'])
      expect(gradeOf({ ...device, root }, 'body.$.root'), root).toBe('candidate');
    expect(gradeOf({ root: 'true', children: '3' }, 'body.$.root')).toBe('candidate');
  });

  it('takes a share that is in use for no part of the device (cpu_in_use)', () => {
    const device = { os_version: '11', device_model: 'SM-G9910', network_type: 'wifi' };
    expect(gradeOf({ ...device, cpu: '12.5%' }, 'body.$.cpu')).toBe('candidate');
    expect(gradeOf({ ...device, mem: '0.35' }, 'body.$.mem')).toBe('candidate');
  });

  it('takes a number under `ac` for no network, which ByteDance writes there in words', () => {
    const phone = { imei: '866123456789018', os_version: '11' };
    expect(gradeOf({ ...phone, ac: '3' }, 'body.$.ac')).toBe('candidate');
    expect(gradeOf({ ...phone, ac: 'wifi' }, 'body.$.ac')).toBe('probable');
    expect(gradeOf({ ...phone, nt: '3' }, 'body.$.nt')).toBe('probable');
  });

  it('takes a digest for a hardware address only under that name, and no masked one', () => {
    const phone = { imei: '866123456789018', os_version: '11' };
    const digest = 'd41e8cd98f0ab204e9800998ecf8427f';
    expect(gradeOf({ ...phone, mac: digest }, 'body.$.mac')).toBe('probable');
    expect(gradeOf({ ...phone, sign_mac: digest }, 'body.$.sign_mac')).toBe('candidate');
    expect(gradeOf({ ...phone, mac: '3C-CD-**-**-**-58' }, 'body.$.mac')).toBe('candidate');
  });

  it('incident: neighbours made a memory of nothing, a speed of -1 and the code of a picture sure', () => {
    const device = { os_version: '11', device_model: 'SM-G9910', imei: '866123456789018' };
    for (const [name, value] of [
      ['ram', '0'],
      ['cpu_speed', '-1'],
      ['disk_total', '0.0'],
    ] as const)
      expect(gradeOf({ ...device, [name]: value }, `body.$.${name}`), name).toBe('candidate');
    expect(gradeOf({ ...device, ram: '8192' }, 'body.$.ram')).toBe('probable');
    expect(gradeOf({ phone: '13912345678', captcha: 'x7Fp' }, 'body.$.captcha')).toBe('candidate');
    expect(gradeOf({ phone: '13912345678', captcha_code: '482917' }, 'body.$.captcha_code')).toBe('probable');
  });

  it('takes a release under the name of the system among device data', () => {
    expect(gradeOf({ ios: '16.2', idfa: '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0', imei: '866123456789018' }, 'body.$.ios')).toBe('probable');
    expect(gradeOf({ ios: '16.2' }, 'body.$.ios')).toBe('candidate');
    expect(gradeOf({ min_ios: '16.2', model: 'SM-G9910', imei: '866123456789018' }, 'body.$.min_ios')).not.toBe('probable');
  });

  it('makes no shop’s city that of who sends (shop_city)', () => {
    expect(gradeOf({ shop_city: '杭州', province: '浙江', city_id: '330100' }, 'body.$.shop_city')).toBe('candidate');
    expect(gradeOf({ city: '杭州', province: '浙江', city_id: '330100' }, 'body.$.city')).toBe('probable');
  });

  it('takes the state of something for no place (state_by_number)', () => {
    expect(gradeOf({ state: '128888', city: '杭州' }, 'body.$.state')).toBe('candidate');
    expect(gradeOf({ state: 'Texas', city: 'Austin' }, 'body.$.state')).toBe('probable');
  });

  it('regression: the release of an app under `platform` was told as that of the system', () => {
    const phone = { device_id: '0f0b9c2a-3d4e-4f60-8182-93a4b5c6d7e8', device_model: 'SM-G9910', platform: '5.0.0' };
    expect(gradeOf({ ...phone, appVersion: '4.1.0' }, 'body.$.platform')).toBe('probable');
    expect(gradeOf({ ...phone, appVersion: '5.0.0' }, 'body.$.platform')).toBe('candidate');
  });

  it('regression: a channel beside a cell that had names of its own', () => {
    const cell = { locLac: '4219', locCid: '52407', cid: '105301' };
    expect(gradeOf(cell, 'body.$.locCid')).toBe('probable');
    expect(gradeOf(cell, 'body.$.cid')).toBe('candidate');
    expect(gradeOf({ lac: '4219', cid: '52407' }, 'body.$.cid')).toBe('probable');
    expect(gradeOf({ loc_cid: '310100', loc_city: '上海' }, 'body.$.loc_cid')).toBe('candidate');
  });

  it('takes no group, game or goods for an installation (game_id_beside_imei)', () => {
    const phone = { imei: '866123456789018', os_version: '11', net: 'wifi' };
    expect(gradeOf({ ...phone, gid: 'hmCojC1fa4w62xd0325f02dD' }, 'body.$.gid')).not.toBe('probable');
    expect(gradeOf({ ...phone, gid: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' }, 'body.$.gid')).toBe('probable');
  });

  it('takes the department, the doctor and the day beside a hospital, and none of a firm (department_beside_hospital)', () => {
    const visit = { hospitalName: '例市第一人民医院' };
    expect(gradeOf({ ...visit, dept: '内科' }, 'body.$.dept')).toBe('probable');
    expect(gradeOf({ ...visit, dept: '研发部' }, 'body.$.dept')).toBe('candidate');
    expect(gradeOf({ ...visit, expertName: '王大夫' }, 'body.$.expertName')).toBe('probable');
    expect(gradeOf({ ...visit, appointmentDate: '20261120' }, 'body.$.appointmentDate')).toBe('probable');
    expect(gradeOf({ ...visit, appointmentDate: '2026-11-20' }, 'body.$.appointmentDate')).toBe('probable');
    expect(gradeOf({ ...visit, appointmentDate: '64' }, 'body.$.appointmentDate')).toBe('candidate');
    expect(gradeOf({ salon: '例店', appointmentDate: '2026-11-20' }, 'body.$.appointmentDate')).toBe('candidate');
  });

  it('takes what is displayed beside a person for a nickname, and not beside a device', () => {
    expect(gradeOf({ displayname: '海边的风', gender: 'male' }, 'body.$.displayname')).toBe('probable');
    expect(gradeOf({ display_name: '例应用', app_name: 'example', email: 'a@example.com' }, 'body.$.display_name')).toBe('candidate');
    const device = { displayName: 'Ada', os_version: '13', imei: '866123456789018', lang: 'zh-CN' };
    const found = detector.detect(decodeRequest(request({ body: JSON.stringify(device) })));
    expect(found.filter(({ dataType, grade }) => dataType === 'nickname' && grade !== 'candidate')).toEqual([]);
    expect(gradeOf({ displayName: '应用商店' }, 'body.$.displayName')).toBe('candidate');
  });

  it('does not reach into other objects', () => {
    expect(
      gradeOf({ device: { os_version: '11', imei: '866123456789018' }, items: [{ model: 'SM-G9910' }] }, 'body.$.items[0].model'),
    ).toBe('candidate');
  });

  it('never makes a person’s data surer', () => {
    expect(gradeOf({ name: '张小明', os_version: '11', lang: 'zh-CN', imei: '866123456789018' }, 'body.$.name')).toBe('candidate');
  });

  it('takes a name for a person’s beside what reaches that person', () => {
    expect(gradeOf({ name: '张小明', mobile: '13912345678' }, 'body.$.name')).toBe('probable');
    expect(gradeOf({ name: 'Ana Souza', email: 'ana@example.com' }, 'body.$.name')).toBe('probable');
    expect(gradeOf({ name: '王府井', gender: '1' }, 'body.$.name')).toBe('candidate');
  });

  it('takes a region for one beside a city, and not the state of a sign-in (oauth_state_beside_country)', () => {
    expect(gradeOf({ city: 'Lyon', region: 'Rhone' }, 'body.$.region')).toBe('probable');
    expect(gradeOf({ country_code: 'CN', state: 'REDIRECTION' }, 'body.$.state')).toBe('candidate');
  });

  it('wants more device data for a bare release than for a dotted one', () => {
    const device = { device_model: 'SM-G9910', lang: 'zh-CN', imei: '866123456789018' };
    expect(gradeOf({ ...device, ov: '11' }, 'body.$.ov')).toBe('probable');
    expect(gradeOf({ ...device, platform: '1' }, 'body.$.platform')).toBe('candidate');
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', ov: '11' }, 'body.$.ov')).toBe('candidate');
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', ov: '11.0.1' }, 'body.$.ov')).toBe('probable');
  });

  it('takes a cell’s number beside its area, and none alone', () => {
    expect(gradeOf({ mcc: '460', lac: '5459', cell: '60402' }, 'body.$.cell')).toBe('probable');
    expect(gradeOf({ mcc: '460', cid: '60402' }, 'body.$.cid')).toBe('candidate');
  });

  it('takes a sum for one that is paid beside a card and a device, and no count', () => {
    const device = { imei: '866123456789018', imsi: '460021234567890' };
    expect(gradeOf({ ...device, fee: '600' }, 'body.$.fee')).toBe('probable');
    expect(gradeOf({ ...device, fee: '1' }, 'body.$.fee')).toBe('candidate');
    expect(gradeOf({ ...device, amount: '200', order_id: '90000000012' }, 'body.$.amount')).toBe('probable');
    expect(gradeOf({ ...device, amount: '200' }, 'body.$.amount')).toBe('candidate');
  });

  it('takes `sn` for a serial number in a device, and neither a digest nor a count', () => {
    const device = { device_model: 'SM-G9910', os_version: '11.0', imei: '866123456789018' };
    expect(gradeOf({ ...device, sn: 'TZ187I3B3P' }, 'body.$.sn')).toBe('probable');
    expect(gradeOf({ ...device, sn: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' }, 'body.$.sn')).toBe('candidate');
    expect(gradeOf({ os_version: '11.0', sn: 'TZ187I3B3P' }, 'body.$.sn')).toBe('candidate');
    expect(gradeOf({ imei: '866123456789018', sn: 'TZ187I3B3P' }, 'body.$.sn')).toBe('probable');
  });

  it('takes the number of a player on a server, however short, and no role of an office', () => {
    const device = { device_model: 'SM-G9910', os_version: '11.0', imei: '866123456789018' };
    expect(gradeOf({ ...device, roleId: '1902', serverCode: '99' }, 'body.$.roleId')).toBe('probable');
    expect(gradeOf({ ...device, roleId: '1902' }, 'body.$.roleId')).toBe('candidate');
    expect(gradeOf({ ...device, roleId: '12', serverCode: '99' }, 'body.$.roleId')).toBe('candidate');
  });

  it('takes the level of the system’s interface for it under the name of an SDK, and no edition of a library (library_17)', () => {
    const device = { device_model: 'SM-G9910', imei: '866123456789018', network_type: 'WIFI' };
    expect(gradeOf({ ...device, sdkVersion: '29' }, 'body.$.sdkVersion')).toBe('probable');
    expect(gradeOf({ ...device, sdkVersion: '17' }, 'body.$.sdkVersion')).toBe('candidate');
    expect(gradeOf({ ...device, sdkVersion: '29.1.0' }, 'body.$.sdkVersion')).toBe('candidate');
    expect(gradeOf({ sdkVersion: '29' }, 'body.$.sdkVersion')).toBe('candidate');
  });

  it('takes the name of a board for a device beside one, and no goods of that name', () => {
    expect(gradeOf({ os_version: '9', device: 'umi' }, 'body.$.device')).toBe('probable');
    expect(gradeOf({ device: 'umi' }, 'body.$.device')).toBe('candidate');
    const phone = { os_version: '9', imei: '866123456789018', screen_width: 1080 };
    expect(gradeOf({ ...phone, device: 'HWVOG' }, 'body.$.device')).toBe('probable');
    expect(gradeOf({ ...phone, device: 'HARDWARE' }, 'body.$.device')).toBe('candidate');
    expect(gradeOf({ ...phone, device: 'ONLINE' }, 'body.$.device')).toBe('candidate');
    expect(gradeOf({ os_version: '9', product: 'HUAWEI' }, 'body.$.product')).toBe('candidate');
  });

  it('takes ten digits under `cell` for a number beside whom it reaches', () => {
    expect(gradeOf({ email: 'jane.doe@example.com', cell: '4155550134' }, 'body.$.cell')).toBe('probable');
    expect(gradeOf({ os_version: '9', cell: '4155550134' }, 'body.$.cell')).toBe('candidate');
  });

  it('takes no field for a neighbour of itself because it may be two things (gaid_and_its_token)', () => {
    expect(gradeOf({ gaid: '8886540e-13fb-4676-a3d4-027abf3760ce', token: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' }, 'body.$.token')).toBe(
      'candidate',
    );
  });

  it('takes `pass` and `pin` for a password beside the account that it opens', () => {
    expect(gradeOf({ email: 'jane.doe@example.com', pass: 'hunter2266' }, 'body.$.pass')).toBe('probable');
    expect(gradeOf({ userId: '820371956', pin: '1357' }, 'body.$.pin')).toBe('probable');
    expect(gradeOf({ pass: 'silver' }, 'body.$.pass')).toBe('candidate');
  });

  it('takes a role of a game for its player’s account beside a device (role_of_an_office)', () => {
    const device = { device_model: 'SM-G9910', os_version: '11.0', imei: '866123456789018' };
    expect(gradeOf({ ...device, roleId: '106588992' }, 'body.$.roleId')).toBe('probable');
    expect(gradeOf({ ...device, roleId: '1234' }, 'body.$.roleId')).toBe('candidate');
    expect(gradeOf({ roleId: '106588992' }, 'body.$.roleId')).toBe('candidate');
  });

  it('takes a role’s name for its player’s beside the role and a device', () => {
    const device = { device_model: 'SM-G9910', os_version: '11.0' };
    expect(gradeOf({ ...device, roleId: '106588992', roleName: '海边的风' }, 'body.$.roleName')).toBe('probable');
    expect(gradeOf({ ...device, roleName: '管理员' }, 'body.$.roleName')).toBe('candidate');
    expect(gradeOf({ userId: '820371956', roleId: '106588992', roleName: '管理员' }, 'body.$.roleName')).toBe('candidate');
  });

  it('takes an enciphered identifier for what its name says among much device data', () => {
    const sealed = 'REMALLWq83vEjRWeJCrze8SNFZ4kKvN7';
    const device = { device_model: 'SM-G9910', os_version: '11.0', lang: 'zh-CN' };
    expect(gradeOf({ ...device, IDFV: sealed }, 'body.$.IDFV')).toBe('probable');
    expect(gradeOf({ IDFV: sealed }, 'body.$.IDFV')).toBe('candidate');
  });

  it('takes a digest under `mac` for an address only beside a device (message_authentication_code)', () => {
    const digest = '0f0b9c2a3d4e5f60718293a4b5c6d7e8';
    expect(gradeOf({ device_model: 'SM-G9910', os_version: '11.0', mac: digest }, 'body.$.mac')).toBe('probable');
    expect(gradeOf({ iv: 'x', mac: digest }, 'body.$.mac')).toBe('candidate');
  });

  it('takes `vid` for Apple’s identifier in capitals beside a device', () => {
    const device = { device_model: 'iPhone14,3', os_version: '16.2', lang: 'zh-CN' };
    expect(gradeOf({ ...device, vid: 'E6B7A1C0-3F2D-4B8A-9C1E-5D7F90A1B2C4' }, 'body.$.vid')).toBe('probable');
    expect(gradeOf({ ...device, vid: 'e6b7a1c0-3f2d-4b8a-9c1e-5d7f90a1b2c4' }, 'body.$.vid')).not.toBe('probable');
  });

  it('takes `client` for an installation only where its number is one', () => {
    const device = { device_model: 'SM-G9910', os_version: '11.0', imei: '866123456789018' };
    expect(gradeOf({ ...device, client: 'c77bc7cfa00b1800f399938c4b3720aae4783b2a' }, 'body.$.client')).toBe('probable');
    expect(gradeOf({ ...device, client: 'web-mobile-2.0' }, 'body.$.client')).toBe('candidate');
  });

  it('takes `api` for the system’s level beside two kinds of device data', () => {
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', api: '23' }, 'body.$.api')).toBe('probable');
    expect(gradeOf({ device_model: 'SM-G9910', lang: 'zh-CN', api: '3' }, 'body.$.api')).not.toBe('probable');
  });

  it('never lifts part of an ambiguous name (bluetooth_state_beside_a_country)', () => {
    const device = { device_model: 'SM-G9910', lang: 'zh-CN', imei: '866123456789018' };
    expect(gradeOf({ ...device, bluetooth_state: 'off' }, 'body.$.bluetooth_state')).toBe('candidate');
    expect(gradeOf({ ...device, kernel: 'linear' }, 'body.$.kernel')).toBe('candidate');
    expect(gradeOf({ ...device, kernel: '5.4.61-perf' }, 'body.$.kernel')).toBe('probable');
  });

  it('incident: a number of the device of which nothing was left but its end was called the device’s', () => {
    const device = { device_model: 'SM-G9910', lang: 'zh-CN', os_version: '11' };
    expect(gradeOf({ ...device, device_id: '***********kiTz' }, 'body.$.device_id')).toBe('candidate');
    expect(gradeOf({ ...device, device_id: '0f0b9c2a3d4ekiTz' }, 'body.$.device_id')).toBe('probable');
  });

  it('takes 32 hexadecimal digits under uid for an installation’s, and a number for an account', () => {
    const device = { device_model: 'SM-G9910', lang: 'zh-CN', os_version: '11' };
    const read = (uid: string) =>
      detector.detect(decodeRequest(request({ body: JSON.stringify({ ...device, uid }) }))).find(({ path }) => path === 'body.$.uid')
        ?.dataType;
    expect(read('0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toBe('device_uuid');
    expect(read('820371956')).toBe('account_id');
    expect(read('3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f')).toBe('account_id');
  });

  it('wants a person or a device beside the tenant of an address (customer_id_of_an_advertiser)', () => {
    const inAddress = (query: string) =>
      detector
        .detect(decodeRequest(request({ url: `https://api.example.com/x?${query}` })))
        .find(({ path, dataType }) => path === 'query.customerId' && dataType === 'account_id')?.grade ?? 'none';
    expect(inAddress('customerId=5512345678')).not.toBe('probable');
    expect(inAddress('customerId=C5512345678&email=ana@example.com')).toBe('probable');
  });

  it('takes category and action of an event together, beside a device, for what somebody did', () => {
    const event = { osType: 'Android 13', eventCategory: '用户签到', eventAction: '签到' };
    expect(gradeOf(event, 'body.$.eventCategory')).toBe('probable');
    expect(gradeOf(event, 'body.$.eventAction')).toBe('probable');
    expect(gradeOf({ ...event, eventAction: '' }, 'body.$.eventCategory')).toBe('candidate');
    expect(gradeOf({ ...event, osType: '' }, 'body.$.eventCategory')).toBe('candidate');
    expect(gradeOf({ osType: 'Android 13', eventName: 'sign_in' }, 'body.$.eventName')).toBe('candidate');
  });

  it('takes no field for a device’s number that holds several values', () => {
    const device = { imei: '866123456789018', os_version: '11', model: 'SM-G9910' };
    expect(gradeOf({ ...device, duid: '0F0B9C2A3D4E5F60718293A4B5C6D7E8' }, 'body.$.duid')).toBe('probable');
    expect(gradeOf({ ...device, duid: 'u=0F0B9C2A3D4E5F60718293A4B5C6D7E8&v=0' }, 'body.$.duid') ?? 'candidate').toBe('candidate');
  });

  it('lets what was lifted corroborate the rest, once', () => {
    expect(gradeOf({ imei: '866123456789018', model: 'SM-G9910', pixel: '3.0' }, 'body.$.pixel')).toBe('probable');
    expect(gradeOf({ imei: '866123456789018', pixel: '3.0' }, 'body.$.pixel')).toBe('candidate');
  });

  it('gives back as many readings as it got', () => {
    expect(withCorroboration([], new Map(), () => [])).toEqual([]);
  });
});
