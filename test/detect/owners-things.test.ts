import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { LOCATED_THING, THING_OWNERS } from '../../src/detect/owners-things.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const sure = (body: object | string) => [
  ...new Set(
    detector
      .detect(decodeRequest(request({ body: typeof body === 'string' ? body : JSON.stringify(body) })))
      .filter(({ grade }) => grade === 'strong' || grade === 'probable')
      .map(({ dataType }) => dataType),
  ),
];

describe('THING_OWNERS', () => {
  it('says of each why in both languages, under a name of its own', () => {
    expect(new Set(THING_OWNERS.map(({ name }) => name)).size).toBe(THING_OWNERS.length);
    for (const { why, types } of THING_OWNERS) {
      expect(why.zh).not.toBe(why.en);
      for (const type of types) expect(dataTypes.map(({ id }) => id)).toContain(type);
    }
    expect(THING_OWNERS).toContain(LOCATED_THING);
  });

  it('incident: where a ship, an aircraft or an earthquake was told as where the phone is', () => {
    for (const [thing, place] of [
      [
        { mmsi: '413990001', vessel: 'EXAMPLE STAR' },
        { lat: 31.12, lng: 122.45 },
      ],
      [
        { icao24: '780abc', callsign: 'XX1234' },
        { latitude: 39.21, longitude: 117.14 },
      ],
      [
        { mag: 5.1, depth: 10 },
        { latitude: 30.1234, longitude: 101.9876 },
      ],
    ] as const) {
      expect(sure({ ...thing, ...place }), JSON.stringify(thing)).toEqual([]);
      expect(sure(place)[0], JSON.stringify(place)).toMatch(/^location_/);
    }
    // Whoever dives or walks with a phone is somewhere at some height, and a phone has free space.
    const place = { latitude: 30.1234, longitude: 101.9876 };
    expect(sure({ ...place, elevation: 45.2, depth: 1.2, accuracy: 12 })).toContain('location_precise');
    expect(sure({ ...place, free: 12, capacity: 64, battery: 80 })).toContain('location_precise');
    // A phone that reports what it felt is somewhere itself.
    expect(sure({ mag: 5.1, depth: 10, latitude: 30.1234, longitude: 101.9876, deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' })).toContain(
      'location_precise',
    );
  });

  it('incident: the user of the system that a program of a log runs under was an account', () => {
    expect(sure('01-05 10:00:00 D ActivityManager: start uid=10088 pid=4411 gids=3003\n')).toEqual([]);
    expect(sure({ uid: '1041', pid: '221', exe: '/system/bin/server' })).toEqual([]);
    expect(sure({ uid: '88112233' })).toEqual(['account_id']);
    expect(sure({ uid: '880011223344', pid: '221' })).toEqual(['account_id']);
    expect(sure({ uid: '7654321', flags: 1 })).toEqual(['account_id']);
  });

  it('incident: how a service signs in to its database was somebody’s login', () => {
    expect(sure({ url: 'jdbc:mysql://db:3306/shop', username: 'shop_rw', password: 'made-Up-1' })).toEqual([]);
    expect(sure('MYSQL_ROOT_PASSWORD=made-Up-1\nREDIS_PASSWORD=made-Up-2\n')).toEqual([]);
    expect(sure({ driverName: '范例甲', password: 'made-Up-1' })).toContain('password');
    expect(sure({ driver: 'com.mysql.cj.jdbc.Driver', username: 'shop_rw', password: 'made-Up-1' })).toEqual([]);
    expect(sure({ url: 'https://mail.example.com/', username: 'lilei88', password: 'made-Up-1' })).toContain('password');
  });

  it('incident: numbers and fingerprints of certificates, cards, programs and their parts were the phone’s', () => {
    expect(sure({ serial_number: '0a1b2c3d4e5f60718293', issuer: 'CN=Example CA', notAfter: '2027-01-01' })).toEqual([]);
    expect(sure({ fingerprint: 'Xq3mB7kP0aZr9LwT', last4: '4242', exp_year: 2030 })).toEqual([]);
    expect(sure({ serial: 'ABCD-1234-EFGH-5678', licensee: 'Example Ltd', product: 'Example Pro' })).toEqual([]);
    expect(sure({ serialNumber: 'R58M41ABCDE', activation: '2026-01-01' })).toEqual(['device_serial']);
    expect(sure({ uuid: '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0', image: 'libexample.so', arch: 'arm64' })).toEqual([]);
    expect(sure({ characteristicUUID: '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0' })).toEqual([]);
    expect(sure({ serialNumber: 'R58M41ABCDE', fingerprint: 'Xq3mB7kP0aZr9LwTXq3mB7kP0aZr9LwT' })).toEqual([
      'device_serial',
      'device_fingerprint',
    ]);
    expect(sure({ uuid: '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0', arch: 'arm64', os: 'Android 14' })).toContain('device_uuid');
  });

  it('incident: the author and the systems of a package of software were the user and the phone', () => {
    expect(sure({ name: 'a', version: '1.0.0', license: 'MIT', email: 'dev@developer.example', cpu: 'x64', os: 'linux' })).toEqual([]);
    expect(sure({ name: 'a', version: '1.0.0', homepage: 'https://a.example', email: 'dev@developer.example' })).toEqual(['email']);
  });

  it('incident: the sex and the age of a voice that reads a text were somebody’s', () => {
    const voice = { text: '欢迎使用', voice: 'example', gender: 'female', age: '18' };
    expect(sure(voice)).toEqual([]);
    expect(sure({ gender: 'female', age: '18' })).toEqual(['gender', 'age']);
    expect(sure({ ...voice, uid: '88112233' })).toContain('gender');
  });

  it('incident: the language that a text or a page is written in was that of the phone', () => {
    expect(sure({ name: [{ text: 'Bike share', language: 'en' }] })).toEqual([]);
    expect(sure({ lang: 'zh-CN', start_url: '/', display: 'standalone' })).toEqual([]);
    expect(sure({ '@value': 'category', '@language': 'en' })).toEqual([]);
    expect(sure({ language: 'en', version: '1.2.3' })).toEqual(['locale_timezone']);
  });

  it('incident: cards, seats and chips of a game, quotes of a market and tickets on sale were what somebody bought', () => {
    expect(sure({ card_id: '1001', cost: 3, race: 'dragon', card_type: 'M' })).toEqual([]);
    expect(sure({ table_id: 77, seat_no: '5', pot: 1200, bet: 50, total_amount: '300' })).toEqual([]);
    expect(sure({ symbol: 'EXMP', open: 189, close: 190, total_amount: '100200' })).toEqual([]);
    expect(sure({ ticket_type: '成人票', price: '100', stock: 88, seat_type: '一等座' })).toEqual([]);
    expect(sure({ seat_no: '5', order_no: '880112233', total_amount: '300' })).toEqual(['seat_number', 'payment_amount']);
    expect(sure({ ticket_type: '成人票', seat_type: '一等座', price: '100', passengerName: '范例甲' })).toContain('passenger_type');
  });

  it('incident: the terms of a bill and of a report were a menstrual cycle', () => {
    expect(sure({ period_start: '2026-01-01', period_end: '2026-01-31', cycle_length: '30' })).toEqual([]);
    expect(sure({ period_date: '2026-01', report: 'weekly' })).toEqual([]);
    expect(sure({ cycle_length: '28', period_length: '5' })).toEqual(['reproductive_health']);
    expect(sure({ period_start: '2026-01-01', ovulation_day: '2026-01-14' })).toEqual(['reproductive_health']);
    expect(sure({ periodInfo: { period_start: '2026-01-01' } })).toEqual(['reproductive_health']);
    expect(sure({ period_start: '2026-01-01', symptoms: '痛经' })).toContain('reproductive_health');
    expect(sure({ menstrual_date: '2026-01-01' })).toEqual(['reproductive_health']);
  });

  it('incident: the last menstruation beside the days of the cycle, or a mood, was taken for the term of a bill', () => {
    expect(sure({ last_period: '2026-01-03', cycle_length: '28' })).toEqual(['reproductive_health']);
    expect(sure({ period_start: '2026-01-03', period_end: '2026-01-08', mood: '平静' })).toEqual(['reproductive_health']);
    expect(sure({ last_period: '2026-01', cycle_length: '90' })).toEqual([]);
  });

  it('incident: what somebody says of themselves was denied for a voice, an edition, a cover, a picture or a licence beside it', () => {
    expect(sure({ gender: 'female', age: 29, birthday: '1995-03-02', voice_type: 'soft' })).toEqual(['gender', 'age', 'birth_date']);
    expect(sure({ serial_no: 'R58M41ABCDE', model: 'SM-G9910', brand: 'samsung', edition: 'pro' })).toContain('device_serial');
    expect(sure({ head_img_url: 'https://cdn.example.com/h.png', cover_url: 'https://cdn.example.com/c.png', gender: '女' })).toContain(
      'avatar',
    );
    expect(sure({ uuid: '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0', image_name: 'face.jpg' })).toEqual(['device_uuid']);
    expect(sure({ license: 'C1', version: '3.2.1', email: 'lilei@mail.example' })).toEqual(['email']);
    expect(sure({ os_version: '13', model: 'SM-G9910', brand: 'samsung', engines: 'webview' })).toContain('os_version');
    expect(sure({ nickname: '小明同学', method: 'wx', summary: '热爱生活' })).toEqual(['nickname']);
  });

  it('incident: pictures of pages and channels were somebody’s face', () => {
    expect(sure({ portrait: 'https://cdn.example.com/p.png', landscape: 'https://cdn.example.com/l.png' })).toEqual([]);
    expect(sure({ article_id: 'a1', head_image: 'https://cdn.example.com/h.png' })).toEqual([]);
    expect(sure({ channel: { name: '体育', profile_image: 'https://cdn.example.com/c.png' } })).toEqual([]);
    expect(sure({ portrait: 'https://cdn.example.com/p.png', nickname: '阿猫' })).toEqual(['avatar', 'nickname']);
  });

  it('incident: how dense an element is, and what an operation is called, were a screen and a nickname', () => {
    expect(sure({ name: 'Helium', density: 1.785, phase: 'gas', atomic_number: 2 })).toEqual([]);
    expect(sure({ density: '2.75' })).toEqual(['screen_info']);
    expect(sure({ nickname: 'getOrderById', method: 'GET', summary: 'find an order' })).toEqual([]);
    expect(sure({ nickname: 'getOrderById' })).toEqual(['nickname']);
  });

  it('incident: what hospitals offer was somebody’s appointment, its fee was paid, and its number registered a phone for pushes', () => {
    const offered = { deptName: '心血管内科', totalFee: 15, regId: '20260115020110106', haveCount: 20 };
    expect(sure(offered)).toEqual([]);
    expect(sure({ deptName: '心血管内科', doctorName: '甲乙', doctorSkill: '擅长冠心病' })).toEqual([]);
    expect(sure({ deptName: '心血管内科', patientName: '甲乙', haveCount: 20 })).toContain('medical_appointment');
    expect(sure({ deptName: '心血管内科' })).toContain('medical_appointment');
    expect(sure({ regId: '16600000000000012345678' })).toEqual(['push_token']);
  });

  it('incident: what a wallet sells was what somebody has', () => {
    expect(sure({ menu: [60, 300, 680].map((coins) => ({ coins, price: coins / 10 })) })).toEqual([]);
    expect(sure({ coins: '500', balance: '12' })).toEqual(['virtual_property']);
  });

  it('incident: where a host is reached was where the phone is', () => {
    expect(sure({ list: [{ domain: 'cdn.example.com', ip: '203.0.113.10', rt: 23 }] })).toEqual([]);
    expect(sure({ domain: 'cdn.example.com', ip: '203.0.113.10', uid: '10000877' })).toContain('ip_address');
    expect(sure({ ip: '203.0.113.10' })).toEqual(['ip_address']);
  });

  it('incident: a lamp at home, whose model is written in three parts, was the phone', () => {
    const lamp = { did: '100230001', model: 'example.light.mb3', localip: '192.168.31.21', mac: '04:CF:8C:00:00:01', battery: 93 };
    expect(sure(lamp)).toEqual([]);
    expect(sure({ ...lamp, imei: '860000000000009' })).toEqual(expect.arrayContaining(['mac_address', 'hardware_params']));
    expect(sure({ ...lamp, model: 'M2012K11AC' })).toContain('mac_address');
  });

  it('incident: a station with its weather stood where the phone is', () => {
    expect(sure({ stationId: '58457', lat: 30.2312, lon: 120.1712, humidity: 66 })).toEqual([]);
    expect(sure({ lat: 30.2312, lon: 120.1712, humidity: 66 })).toEqual(['location_precise']);
  });

  it('incident: shares, words on sale, ways to pay and notices were the user’s', () => {
    expect(sure({ stats: [{ gender: '男', ratio: 0.4 }], top: [{ city: '杭州', ratio: 0.2 }] })).toEqual([]);
    expect(sure({ gender: '男', ratio: 0.4, uid: '10000877' })).toContain('gender');
    expect(sure({ keyword: '羽绒服', bid: 1.2 })).toEqual([]);
    expect(sure({ keyword: '羽绒服', page: 1 })).toEqual(['search_query']);
    expect(sure({ payType: 'wxpay', icon: 'https://img.example.com/w.png' })).toEqual([]);
    expect(sure({ payType: 'wxpay', icon: 'w.png', orderAmount: '35.00' })).toContain('payment_channel');
    expect(sure({ pushId: 'p1', messageContent: '春季上新，全场八折' })).toEqual([]);
    expect(sure({ title: '甲', messageContent: '春季上新，全场八折', toUser: '乙' })).toContain('chat_content');
  });

  it('incident: a profile that is complete to so many per cent, and a form that was confirmed, were statistics', () => {
    expect(sure({ gender: '男', age: '33', percent: '85' })).toEqual(expect.arrayContaining(['gender', 'age']));
    expect(sure({ education: '硕士', income: '20000', confirmed: 'true' })).toContain('income');
    expect(sure({ stats: [{ gender: '男', percent: '40' }] })).toEqual([]);
    expect(sure({ stats: [{ gender: '男', age: '18-24', ratio: 0.2 }] })).toEqual([]);
  });

  it('incident: beside what somebody calls a computer, its address was that of a server', () => {
    expect(sure({ ip: '203.0.113.7', hostname: 'lilei-laptop' })).toContain('ip_address');
    expect(sure({ ip: '203.0.113.7', hostname: 'cdn.example.com' })).toEqual([]);
  });

  it('incident: athletes of a season, and people of whom a biography tells, were told as the user', () => {
    expect(sure({ playerID: 'lilei001', yearID: 1983, teamID: 'EXA', lgID: 'NL' })).toEqual([]);
    expect(sure({ playerId: 'lilei001', season: 3, teamId: 'EXA', serverId: '7' })).toContain('account_id');
    expect(sure({ fullName: 'Li Lei', birthday: '1891-02-03', deathYear: 1950 })).toEqual([]);
    expect(sure({ gender: '男', age: '23', kill: 7, death: 3 })).toEqual(expect.arrayContaining(['gender', 'age']));
    expect(sure({ realName: '李晓明', birthday: '1991-02-03', idCard: '', phone: '13912345678', deathDate: '2020-01-02' })).toContain(
      'birth_date',
    );
  });

  it('incident: where a record of nature was made, and its sex, were told as the user', () => {
    const found = { scientificName: 'Exemplum vulgare', basisOfRecord: 'PRESERVED_SPECIMEN' };
    expect(sure({ results: [{ ...found, sex: 'Male', decimalLatitude: 10.7606, decimalLongitude: -85.335 }] })).toEqual([]);
    // Whoever reports what they have seen tells how exact their place is.
    expect(sure({ taxonId: 12, latitude: 30.281234, longitude: 120.191234, accuracy: 12 })).toContain('location_precise');
  });

  it('incident: the address of a host from which something was loaded was told as the phone’s', () => {
    const loaded = { _ip_addr: '203.0.113.7', _host: 'cdn.example.com', _url: '/a.js', _responseCode: 200, _dns_ms: 12, _connect_ms: 30 };
    expect(sure({ entries: [loaded] })).toEqual([]);
    expect(sure({ _ip_addr: '203.0.113.7', _host: 'api.example.com', _url: '/login' })).toContain('ip_address');
  });
});
