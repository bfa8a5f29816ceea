import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { LISTED_COMPANY, RECORD_OWNERS } from '../../src/detect/owners-records.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const sure = (body: object) => [
  ...new Set(
    detector
      .detect(decodeRequest(request({ body: JSON.stringify(body) })))
      .filter(({ grade }) => grade === 'strong' || grade === 'probable')
      .map(({ dataType }) => dataType),
  ),
];
const PHONE = { model: 'V2049A', osVersion: '13' };

describe('RECORD_OWNERS', () => {
  it('says of each why in both languages, under a name of its own', () => {
    expect(new Set(RECORD_OWNERS.map(({ name }) => name)).size).toBe(RECORD_OWNERS.length);
    for (const { why, types } of RECORD_OWNERS) {
      expect(why.zh).not.toBe(why.en);
      for (const type of types) expect(dataTypes.map(({ id }) => id)).toContain(type);
    }
    expect(RECORD_OWNERS).toContain(LISTED_COMPANY);
  });

  it('incident: the pages of an app in another language were a password, a clipboard and a receiver', () => {
    const said = { Password: 'Senha', Clipboard: 'Transferência', account: 'Conta', Receiver: 'Destinatário' };
    const letters = [...'abcdefg'];
    const more = Object.fromEntries(letters.flatMap((one) => letters.map((other) => [`Label${one}${other}`, 'Uma Etiqueta'])));
    expect(sure({ ...said, ...more })).toEqual([]);
    // A form has fewer fields, and what is filled in holds numbers.
    expect(sure(said)).toContain('account_id');
    const filled = Object.fromEntries(Object.keys(more).map((name, index) => [name, String(index * 17)]));
    expect(sure({ ...said, ...filled })).toContain('account_id');
  });

  it('incident: the fields that an interface defines, the traits of a kind, pollutants and fonts were names of people', () => {
    expect(sure({ members: [{ name: 'Applicant', type: 'string', required: true, document: '-' }] })).toEqual([]);
    expect(sure({ members: [{ name: 'Li Lei', type: 'adult' }] })).toEqual(['real_name']);
    expect(sure({ traits: [{ index: 'brave', name: 'Brave Heart', url: '/traits/brave' }] })).toEqual([]);
    expect(sure({ traits: { name: 'Han Meimei', email: 'hanmeimei@example.com', plan: 'pro' } })).toContain('real_name');
    expect(sure({ code: 'o3', name: 'O3', fullName: 'Ozone' })).toEqual([]);
    expect(sure({ name: 'LILEI', fullName: 'Li Lei' })).toContain('real_name');
    expect(sure({ code: '482917', name: 'LILEI', fullName: 'Li Lei' })).toContain('real_name');
    expect(sure({ fName: 'Helvetica', fFamily: 'Helvetica', fStyle: 'Regular' })).toEqual([]);
  });

  it('incident: the number of a dashboard, of an interface and of who rents a cloud was an account', () => {
    expect(sure({ datasource: { type: 'loki', uid: 'example-source' } })).toEqual([]);
    expect(sure({ uid: 'example-overview', schemaVersion: 36, editable: true })).toEqual([]);
    expect(sure({ uid: 'example-2018-06-26', endpointPrefix: 'example', signatureVersion: 'v4' })).toEqual([]);
    expect(sure({ uid: '820371956', schemaVersion: 3 })).toEqual(['account_id']);
    expect(sure({ accountId: '820371956012', apiId: 'a1b2c3', domainPrefix: 'x' })).toEqual([]);
    expect(sure({ accountId: '820371956012' })).toEqual(['account_id']);
  });

  it('incident: a rented machine and a thing that is connected at home were the phone', () => {
    expect(sure({ instance_uuid: '3f0c1d5e-7a2b-4c1d-8e9f-0a1b2c3d4e5f', vcpus: 2, flavor: 'm1' })).toEqual([]);
    // Apps of firms have tenants as well.
    expect(sure({ instance_uuid: '3f0c1d5e-7a2b-4c1d-8e9f-0a1b2c3d4e5f', tenantId: '12' })).toEqual(['device_uuid']);
    expect(sure({ nodeId: 74, manufacturerId: 411, productType: 3, firmwareVersion: '4.0' })).toEqual([]);
    expect(sure({ ...PHONE, firmwareVersion: '4.0' })).toContain('os_version');
  });

  it('incident: the server that a page came from was where the phone is', () => {
    const loaded = { mimeType: 'text/html', fromDiskCache: false };
    expect(sure({ ...loaded, remoteIPAddress: '203.0.113.9' })).toEqual([]);
    expect(sure({ ...loaded, clientIp: '203.0.113.9' })).toEqual(['ip_address']);
    expect(sure({ ...loaded, clientIp: '203.0.113.9', remoteIPAddress: '198.51.100.7' })).toContain('ip_address');
  });

  it('incident: the login of one service at another was that of a person', () => {
    expect(sure({ spring: { rabbitmq: { host: 'mq', username: 'example', password: 'example1' } } })).toEqual([]);
    expect(sure({ host: 'db', database: 'shop', password: 'example1' })).toEqual([]);
    expect(sure({ host: 'nas.example.com', port: 22, username: 'lilei', password: 'example1' })).toContain('password');
  });

  it('incident: the seat of a listed company was where somebody lives', () => {
    const company = { ticker: 'EXMP', cik: '0000000001', phone_number: '(212) 555-0100' };
    const address = { address1: 'ONE EXAMPLE WAY', city: 'CUPERTINO', state: 'CA', postal_code: '95014' };
    expect(sure({ ...company, address })).toEqual([]);
    expect(sure({ ticker: 'EXMP', phone_number: '13912345678' })).toEqual(['phone_number']);
  });

  it('incident: rows of a table of divisions were where somebody is', () => {
    const row = { code: '110101001', name: '示例街道', areaCode: '110101', cityCode: '1101' };
    expect(sure({ rows: [row] })).toEqual([]);
    expect(sure({ cityCode: '1101' })).toEqual(['location_coarse']);
    expect(sure({ ...row, code: '820371956' })).toContain('location_coarse');
  });

  it('incident: the zone of a station, a city or a feature of a map was the phone’s', () => {
    expect(sure({ dep: { locX: 0, dPlatfS: '4', dTimeS: '031900', dTZOffset: 120 } })).toEqual([]);
    const place = { name: '示例公园', lat: '31.2', lon: '121.4', country: '中国' };
    expect(sure({ poi: [{ ...place, tz: 'Asia/Shanghai' }] })).not.toContain('locale_timezone');
    expect(sure({ ...place, tz: 'Asia/Shanghai', deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' })).toContain('locale_timezone');
    expect(sure({ type: 'Feature', properties: { tzid: 'Asia/Shanghai', name: '示例' } })).toEqual([]);
    expect(sure({ type: 'event', properties: { timezone: 'Asia/Shanghai' } })).toEqual(['locale_timezone']);
    expect(sure({ platform: 'android', timezone: 'Asia/Shanghai' })).toContain('locale_timezone');
  });

  it('incident: the language that an article or a text is in was that of the phone', () => {
    expect(sure({ title: '山海', byline: '甲', excerpt: '山', lang: 'en' })).toEqual([]);
    expect(sure({ value: 'Shoes', language_tag: 'en_US', marketplace_id: 'A1' })).toEqual([]);
    expect(sure({ lang: 'en', deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8', excerpt: '山' })).toContain('locale_timezone');
  });

  it('incident: long forms, phones beside what they are connected to, and people signing in were told as records', () => {
    const form = Object.fromEntries([...'abcdefghijklmnopqrstuvwxyzABCDEFGH'].map((one) => [`答案${one}`, '一段文字']));
    expect(sure({ ...form, education: '本科学历', province: '浙江省' })).toContain('education');
    expect(sure({ ...form, education: '本科学历', phone: '13912345678' })).toContain('education');
    const node = { vendorId: 4660, endpoint: 'cn', ieeeAddr: '0x00124b0012345678' };
    expect(sure({ ...node, systemVersionName: 'Android 13' })).toContain('os_version');
    expect(sure({ device: { model: 'SM-G9910', release: '13', cores: 8, memory_mb: 7654 } })).toContain('os_version');
    expect(sure({ server: 'a.example.com', database: 'erp', login: 'lilei', password: 'Example1!' })).toContain('password');
    expect(sure({ accountId: 'lilei2', awsRegion: 'cn-north-1' })).toEqual(['account_id']);
    expect(sure({ code: 'a1b2', name: 'LILEI', fullName: 'Li Lei', gender: 'M' })).toContain('real_name');
    expect(sure({ traits: { name: 'Han Meimei', url: 'https://www.example.com/' } })).toContain('real_name');
  });

  it('incident: the number of an entry that is described was told as a device', () => {
    const uuid = '3f0c1d5e-7a2b-4c1d-8e9f-0a1b2c3d4e5f';
    const entry = { uuid, name: 'Example', description: 'What this is.', authors: ['Li Lei'], version: 3 };
    expect(sure(entry)).toEqual([]);
    // Whoever reports a bug describes it as well.
    expect(sure({ uuid, type: 'bug', description: 'It stopped.', version: '1.2.0', model: 'V2049A', os: 'Android 13' })).toContain(
      'device_uuid',
    );
  });

  it('incident: whoever took part in something on a service for source code was told as the user', () => {
    const sender = {
      id: 10000877,
      login: 'lilei',
      avatar_url: 'https://avatars.example.com/u/10000877',
      followers_url: 'https://api.example.com/users/lilei/followers',
      repos_url: 'https://api.example.com/users/lilei/repos',
    };
    expect(sure({ sender, pull_request: { head: { user: sender } } })).toEqual([]);
    // Who signs in with such a service is told with their own address and counts.
    expect(sure({ user: { ...sender, email: 'lilei@example.com', followers: 3 } })).toEqual(expect.arrayContaining(['avatar', 'email']));
  });

  it('incident: how a service hands over its mail, a cloud’s bill and a panel of a dashboard were told as the user', () => {
    expect(sure({ smarthost: 'mail.example.com:587', auth_username: 'localuser1', auth_password: 'mysecret1' })).toEqual([]);
    expect(sure({ smtpHost: 'smtp.example.com', username: 'lilei@example.com', password: 'Mysecret1' })).toContain('password');
    expect(sure({ account_id: '549730000709', metric_stream_name: 'a', region: 'eu-west-1' })).toEqual([]);
    expect(sure({ uid: '6wXtd3r7k', title: 'Workers', schemaVersion: 27, graphTooltip: 0, editable: true })).toEqual([]);
  });

  it('incident: the zone of a stadium was told as the phone’s', () => {
    expect(sure({ stadiums: [{ name: 'Example Stadium', city: 'Doha', capacity: 40000, timezone: 'UTC+3' }] })).toEqual([]);
    expect(sure({ name: 'Li Lei', city: 'Doha', timezone: 'UTC+3' })).toContain('locale_timezone');
  });
});
