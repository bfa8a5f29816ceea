import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { withHolders } from '../../src/detect/holders.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const evidenceOf = (body: object | string) =>
  detector.detect(decodeRequest(request({ body: typeof body === 'string' ? body : JSON.stringify(body) })));
const sure = (body: object | string) => [
  ...new Set(
    evidenceOf(body)
      .filter(({ grade }) => grade === 'strong' || grade === 'probable')
      .map(({ dataType }) => dataType),
  ),
];
const AVATAR = 'https://img.example.com/a/1.jpg';

describe('withHolders', () => {
  it('leaves evidence alone that no object explains, and asks for no field then', () => {
    const evidence = evidenceOf({ gender: 'F', profile: { age: '34' } });
    expect(
      withHolders(evidence, () => {
        throw new Error('asked');
      }),
    ).toEqual(evidence);
  });

  it('says why in both languages, and keeps the finding as a clue', () => {
    const [age] = evidenceOf({ movie: { name: '山海', age: '12' } }).filter(({ dataType }) => dataType === 'age');
    expect(age?.grade).toBe('candidate');
    const line = age?.trace.at(-1);
    expect(line?.rule).toBe('doubt-of-work');
    expect(line?.text.zh).not.toBe(line?.text.en);
  });

  it.each([
    ['a film', { movie: { name: '山海', gender: '1', age: '12' } }],
    ['a star', { star: { id: 1, name: '甲乙', height: '181', weight: '70', avatar: AVATAR, birthday: '1980-02-03' } }],
    ['a streamer', { anchorInfo: { anchorId: '1', nickname: '阿猫直播', avatar: AVATAR, gender: '2', age: 23, city: '长沙' } }],
    ['a recipe', { recipe: { id: 1, name: '红烧肉', avatar: AVATAR } }],
    ['a product of a bank', { product: { name: '装修贷', loanAmount: '50000', income: '5000', education: '大专' } }],
    ['a company', { company: { name: '示例科技有限公司', income: '2000000' } }],
    ['a bank to choose', { bank: { bankCode: 'ICBC', bankName: '中国工商银行', singleLimit: '50000' } }],
    ['a vehicle', { vehicle_state: { odometer: 12345, battery_level: 59 } }],
    ['a screen on a wall', { camera: { id: 'c1', resolution: '2560x1440' } }],
    ['a doctor', { doctor: { name: '甲乙', gender: '男', age: '52', avatar: AVATAR, phone: '0571-87000001' } }],
    ['an athlete', { players: [{ name: '甲乙', number: 9, age: '23', height: '183', weight: '78', nationality: '中国' }] }],
    [
      'the sheet of a match',
      {
        game: {
          homeTeam: {
            players: [
              { personId: 1234567, firstName: 'Lilei', familyName: 'Example', jerseyNum: '9', starter: '1', statistics: { points: 3 } },
            ],
          },
        },
      },
    ],
    ['whom one follows', { target: { uid: '88110022', nickname: '甲', age: 28, gender: 2 } }],
    ['what people have liked', { post: { id: '1', user_id: '88110022', nickname: '甲', likes: 3 } }],
    ['a server', { node: { name: 'n1', ip: '10.0.0.1', cpu: '8', memory: '16GB', os: 'linux' } }],
    ['a room that streams', { rooms: [{ roomId: 1, nickname: '甲', avatar: AVATAR, online: 3 }] }],
    ['what an insurer sells', { plan: { age: '0-17', gender: '1', premium: '99' } }],
    ['a plug on a wall', { plugs: [{ id: 'p1', mac: '04:CF:8C:00:00:02', ip: '192.168.31.22' }] }],
    ['a course', { course: { id: 'c1', title: '高数', teacherName: '甲乙', school: '示例大学' } }],
    ['goods that somebody sells', { item: { id: 1, price: '2600', brand: 'Apple', model: 'iPhone 13', memory: '128GB' } }],
    ['a bus', { buses: [{ plateNo: '浙A12345', lat: 30.28123, lng: 120.19123 }] }],
    ['whoever comments', { ratings: [{ username: '甲', avatar: AVATAR, score: 5 }] }],
    ['a contributor', { contributors: [{ id: 1, name: '甲乙', gender: 'Male', birthYear: 1956 }] }],
    ['the seat of a company', { headquarters: { city: 'Hawthorne', state: 'California' } }],
    ['an interface', { info: { title: 'Example', version: '1.0', contact: { email: 'lilei@corp-example.com' } } }],
    ['an offer', { offers: [{ sellerId: 'A1', shipsFrom: { country: 'US' } }] }],
    ['a program in a store', { app: { packageName: 'com.example.a', age: '12+', email: 'dev@corp-example.com' } }],
  ])('incident: what the object of %s holds was told of who sends it', (_, body) => {
    expect(sure(body)).toEqual([]);
  });

  it.each([
    ['a person who sends the same', { profile: { gender: '1', age: '12', avatar: AVATAR } }, 'age'],
    ['a driver that the user is', { user: { driver: { gender: '男', avatar: AVATAR } } }, 'gender'],
    ['a mobile number, whoever answers it', { doctor: { phone: '13900000001' } }, 'phone_number'],
    ['a driver who signs up', { driver: { gender: '男', age: '33', phone: '13900000001' } }, 'gender'],
    ['a player who is signed in', { player: { uid: '10000877', age: '23' } }, 'age'],
    ['a card of one’s own', { bank: { bankName: '中国工商银行', cardNo: '6222020000000000000' } }, 'bank_name'],
    ['the phone that is called a product', { device: { product: { brand: 'HUAWEI', model: 'LIO-AN00' } } }, 'device_model'],
    ['what one writes', { post: { user_id: '88110022', nickname: '甲', text: '早安' } }, 'account_id'],
    ['the battery of a phone', { battery: { batteryLevel: '88' } }, 'hardware_params'],
    ['a room of one’s own', { room: { nickname: '甲', avatar: AVATAR } }, 'nickname'],
    ['what somebody plans', { plan: { age: '33', gender: '1' } }, 'age'],
    ['goods without a price', { item: { gender: 'F', age: '33' } }, 'gender'],
    ['a comment that is written', { comment: { nickname: '阿猫', avatar: AVATAR } }, 'avatar'],
    ['who drives', { car: { lat: 30.28123, lng: 120.19123 } }, 'location_precise'],
  ])('%s is told all the same', (_, body, type) => {
    expect(sure(body)).toContain(type);
  });

  it('incident: whom an advertiser or an experiment picks was the user', () => {
    const picked = { gender: 'female', age: '25-34', city: '上海' };
    expect(sure({ campaignId: 12, budget: 1000, targeting: picked })).toEqual([]);
    expect(sure({ experiments: [{ key: 'home', variant: 'B', filters: picked }] })).toEqual([]);
    expect(sure({ creative: { id: 'c9', title: '新品', gender: '1' } })).toEqual([]);
    // An app that asks for an advertisement tells whom it is for.
    expect(sure({ adUnit: '/12/banner', targeting: picked })).toEqual(expect.arrayContaining(['gender', 'age']));
    expect(sure({ filters: picked })).toEqual(expect.arrayContaining(['gender', 'age']));
  });

  it('incident: features of a map and entities of a city stood where the phone is', () => {
    const point = { type: 'Point', coordinates: [120.1312, 30.2311] };
    const id = 'urn:ngsi-ld:ParkingSpot:1';
    expect(sure({ type: 'Feature', properties: { name: '西湖' }, geometry: point })).toEqual([]);
    expect(sure({ features: [{ type: 'Feature', properties: { name: '西湖' }, geometry: point }] })).toEqual([]);
    expect(sure({ id, type: 'ParkingSpot', location: point })).toEqual([]);
    expect(sure({ id, type: 'ParkingSpot', location: { type: 'GeoProperty', value: point } })).toEqual([]);
    expect(sure({ id, type: 'Streetlight', address: { streetAddress: '文三路90号', postalCode: '310012' } })).toEqual([]);
    // Whoever reports a fix so says when it was.
    expect(
      sure({ type: 'Feature', properties: { timestamp: '2026-01-01T08:00:00Z', horizontal_accuracy: 12 }, geometry: point }),
    ).toContain('location_precise');
    expect(sure({ type: 'Feature', geometry: point })).toContain('location_precise');
    expect(sure({ id: 'urn:ngsi-ld:Device:1', type: 'Device', location: point })).toContain('location_precise');
    expect(sure({ location: point })).toContain('location_precise');
  });

  it('incident: the place of a car park stood one object below its name and its spaces', () => {
    const location = { lat: 30.2511, lng: 120.1411 };
    expect(sure({ lot: { code: 'p9', totalSpace: 300, leftSpace: 12, location } })).toEqual([]);
    expect(sure({ report: { location } })).toContain('location_precise');
  });

  it('incident: who makes out an invoice was the user', () => {
    const party = (name: string) =>
      `<Invoice xmlns:cac="a" xmlns:cbc="b"><cac:${name}><cac:Party><cac:Contact><cbc:Telephone>+49 30 1234567</cbc:Telephone>` +
      `<cbc:ElectronicMail>li.lei@corp-example.com</cbc:ElectronicMail></cac:Contact></cac:Party></cac:${name}></Invoice>`;
    expect(sure(party('AccountingSupplierParty'))).toEqual([]);
    expect(sure(party('AccountingCustomerParty'))).toContain('email');
  });

  it.each([
    ['a booking', { book: { department: '妇科', diagnosis: '高血压', age: '30' } }, 'medical_diagnosis'],
    ['whoever comes along', { companion: { diagnosis: '高血压', age: '66' } }, 'age'],
    ['a run', { train: { startTime: '2026-01-02 03:04:05', lat: 30.28123, lng: 120.19123 } }, 'location_precise'],
    ['a parcel that is shipped', { ship: { city: '杭州', lat: 30.28123, lng: 120.19123 } }, 'location_precise'],
    ['a ride of somebody', { bus: { userId: '10000877', lat: 30.28123, lng: 120.19123 } }, 'location_precise'],
    ['the first steps with an app', { guide: { height: '170', weight: '60', gender: '2' } }, 'body_metrics'],
    ['a coach that is a program', { coach: { height: '180', weight: '75', gender: '1' } }, 'body_metrics'],
    ['what somebody wants to weigh', { target: { weight: '60', height: '170', gender: '1' } }, 'body_metrics'],
    [
      'somebody who enters a team',
      { players: [{ firstName: 'Lilei', lastName: 'Example', phone: '13900000001', jerseyNumber: 9 }] },
      'real_name',
    ],
    ['a player with a nickname', { player: { nickname: '阿猫', age: '22' } }, 'age'],
    ['a driver who is to be called', { driver: { gender: '男', age: '33', contactPhone: '13900000001' } }, 'gender'],
    ['where somebody earns', { resume: { company: { income: '20000' } } }, 'income'],
    ['the bank of an account', { bank: { bankName: '中国工商银行', accountName: '甲乙' } }, 'bank_name'],
  ])('incident: %s was silenced by what the object is called', (_, body, type) => {
    expect(sure(body)).toContain(type);
  });

  it('incident: a mobile number and a card proved themselves, and were the supplier’s', () => {
    const found = sure({ supplierParty: { phone: '13900000001', bankCard: '6222600260001072444' } });
    expect(found).toEqual(expect.arrayContaining(['phone_number', 'bank_card_number']));
  });

  it('incident: the language of a notice, of a record of a work and of its titles was told of the phone', () => {
    expect(sure({ document: { category: 'csaf_base', lang: 'en', title: 'An advisory' } })).toEqual([]);
    expect(sure('<resource><identifier>10.1/a</identifier><publisher>Example</publisher><language>en</language></resource>')).toEqual([]);
    expect(sure({ titles: [{ title: 'Ein Titel', lang: 'de-DE', titleType: 'Other' }] })).toEqual([]);
    expect(sure({ resource: { language: 'zh-CN', model: 'V2049A', osVersion: '13' } })).toContain('locale_timezone');
  });

  it('incident: the fingerprint of a key was told as that of a device', () => {
    const fingerprint = '8F5F267907B2C4559DB360DB2294BA7D2B229800';
    expect(sure({ public_openpgp_keys: [{ fingerprint, url: 'https://example.com/key.asc' }] })).toEqual([]);
    expect(sure({ device: { fingerprint } })).toContain('device_fingerprint');
  });

  it('incident: the country by which an experiment picks people was told as the user’s', () => {
    expect(sure({ rules: [{ condition: { country: 'US' }, coverage: 0.5, hashAttribute: 'id' }] })).toEqual([]);
    expect(sure({ attributes: { country: 'US' } })).toContain('location_coarse');
  });

  it('incident: names that are written as ways in a form were taken for one name, and objects were not seen', () => {
    const form = (body: string) =>
      detector
        .detect(decodeRequest(request({ headers: [['Content-Type', 'application/x-www-form-urlencoded']], body })))
        .filter(({ grade }) => grade === 'strong' || grade === 'probable')
        .map(({ dataType }) => dataType);
    expect(form('movie[name]=A&movie[gender]=1&movie[age]=12')).toEqual([]);
    expect(form('user[name]=A&user[gender]=1&user[age]=12')).toEqual(['gender', 'age']);
    expect(form('titles[][title]=A&titles[][lang]=en-US')).toEqual([]);
  });
});
