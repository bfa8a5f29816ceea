import { describe, expect, it, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { isDenied, OWNERS, PLACE_OF_BUSINESS } from '../../src/detect/owners.js';
import { isOwned } from '../../src/detect/ownership.js';
import { dataTypes, decodedOf, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const detect = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })));
const sure = (body: object) => [
  ...new Set(
    detect(body)
      .filter(({ grade }) => grade === 'strong' || grade === 'probable')
      .map(({ dataType }) => dataType),
  ),
];
const asked = (query: string) =>
  detector
    .detect(decodeRequest(request({ url: `https://shop.example.com/list?${query}` })))
    .filter(({ grade, part }) => part === 'query' && (grade === 'strong' || grade === 'probable'))
    .map(({ dataType }) => dataType);

describe('OWNERS', () => {
  it('says of each why in both languages, under a name of its own', () => {
    expect(new Set(OWNERS.map(({ name }) => name)).size).toBe(OWNERS.length);
    for (const { why, types } of OWNERS) {
      expect(why.zh).not.toBe(why.en);
      for (const type of types) expect(dataTypes.map(({ id }) => id)).toContain(type);
    }
  });

  it('takes what goods are made of for the goods’ (phone_in_a_shop)', () => {
    const phone = { brand: '小米', model: 'Redmi Note 13 Pro', memory: '12GB', battery: '5100mAh', resolution: '2712x1220', cpu: '骁龙7s' };
    expect(sure({ goodsId: '69012', price: '1699.00', ...phone })).toEqual([]);
    expect(sure(phone)).toContain('hardware_params');
    // An event of a shop tells of the phone that it is looked at with.
    expect(sure({ goodsId: '69012', price: '1699.00', ...phone, app_version: '3.2.1' })).toContain('hardware_params');
    expect(sure({ goodsId: '69012', price: '1699.00', ...phone, oaid: '6f1d2c3b4a5968778695a4b3c2d1e0f9' })).toContain('hardware_params');
  });

  it('takes the disk and the processor of a computer on sale for the goods’ (disk_of_a_laptop)', () => {
    expect(sure({ sku_id: '1', price: '5999', hard_disk: '512GB', memory: '16GB', cpu_name: 'i7-1260P' })).toEqual([]);
    expect(sure({ hard_disk: '512GB', cpu_name: 'i7-1260P' })).toEqual(['hardware_params']);
  });

  it('takes the temperature and the heart rate of a pet for the pet’s (fever_of_a_dog)', () => {
    expect(sure({ pet_name: '旺财', breed: '柯基', body_temp: 38.5, avg_heart_rate: 90 })).toEqual([]);
    expect(sure({ body_temp: 38.5, avg_heart_rate: 90 })).toEqual(['body_metrics']);
  });

  it('takes the sex and the age that goods are for for a filter, and not what a size is worked out from (sex_of_a_shoe)', () => {
    expect(asked('gender=women&age=3-6&color=red&size=38')).toEqual([]);
    expect(asked('gender=1&age=25&category=news&size=20')).toEqual(['gender', 'age']);
    expect(sure({ sku: 'A1029', price: 199, gender: 'male', height: '175', weight: '70' })).toEqual(['body_metrics', 'gender']);
  });

  it('leaves what is called a product a clue beside the id of a phone: whoever sells an old phone sends that, too (phone_traded_in)', () => {
    const product = { brand: 'Xiaomi', model: 'M2007J3SC', os: 'Android 11' };
    for (const beside of [{ deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' }, { price: '1999' }])
      expect(sure({ ...beside, product })).not.toContain('device_model');
    expect(sure({ deviceId: '0f0b9c2a3d4e5f60718293a4b5c6d7e8', device: product })).toContain('device_model');
  });

  it('incident: the number of a vehicle’s licence, beside its frame number, was a driver’s', () => {
    const vehicle = { vin: 'LSVAU2180N2183294', drivingLicenseNo: '330100123456' };
    expect(sure(vehicle)).not.toContain('driver_license');
    expect(sure({ ...vehicle, driverName: '范例甲' })).toContain('driver_license');
    expect(sure({ driverLicenseNo: '330100123456', plateNo: '京A0T0T1' })).toContain('driver_license');
    // What is numbered like a citizen is a driver's.
    expect(sure({ vin: 'LSVAU2180N2183294', drivingLicenseNo: '110101190401299267' })).toContain('driver_license');
  });

  it('incident: the address and the number of a lamp at home were the phone’s', () => {
    const lamp = { deviceName: '客厅灯', mac: '00:00:5e:00:53:6a', sn: 'YL1923004567', roomName: '客厅' };
    expect(sure(lamp)).toEqual([]);
    expect(sure({ mac: '00:00:5e:00:53:6a', oaid: '6f1d2c3b4a5968778695a4b3c2d1e0f9', homeId: '7' })).toContain('mac_address');
    expect(sure({ mac: '00:00:5e:00:53:6a' })).toEqual(['mac_address']);
  });

  it('takes the price of a car or of goods for no house’s (price_of_a_used_car)', () => {
    expect(sure({ vin: 'LSVAU2180N2183294', mileage: '3.2', expectPrice: '78000' })).not.toContain('property_price');
    expect(sure({ skuId: '5512', askingPrice: '780' })).not.toContain('property_price');
    expect(sure({ houseId: '12', layout: '2室1厅', expectPrice: '4500' })).toContain('property_price');
  });

  it('takes the card of a shop for the shop’s (address_of_a_shop)', () => {
    const place = { address: '上海市静安区南京西路1038号', lat: 31.2303, lng: 121.4521 };
    expect(sure({ storeId: 'SH0123', storeName: '南京西路店', ...place, phone: '021-62173333', openTime: '10:00-22:00' })).toEqual([]);
    expect(sure({ hotelName: '和平饭店', ...place, tel: '021-61386888' })).not.toContain('location_precise');
    // Who orders there, or how far it is to whom, is somebody's.
    expect(sure({ storeId: 'SH0123', storeName: '南京西路店', ...place })).toContain('location_precise');
    expect(sure({ storeName: '南京西路店', openTime: '10:00', ...place, phone: '13912345678' })).toContain('phone_number');
    expect(sure({ storeName: '南京西路店', openTime: '10:00', ...place, receiverName: '张小明' })).toContain('postal_address');
    expect(sure({ tel: '021-62173333', fax: '021-62173334' })).toEqual(['phone_number']);
  });

  it('takes what an enterprise is registered with for the enterprise’s (tel_of_a_company)', () => {
    const card = { address: '上海市浦东新区张江路88号', tel: '021-50801234' };
    expect(sure({ companyName: '某某网络科技有限公司', regCapital: '1000万', ...card })).toEqual([]);
    expect(sure({ title: '某某贸易有限公司', taxNo: '91310000MA1FL0001R', bankName: '招商银行张江支行', ...card })).toEqual([]);
    expect(sure({ companyName: '某某网络科技有限公司', ...card }).sort()).toEqual(['phone_number', 'postal_address']);
    expect(sure({ companyName: '某某科技', regCapital: '1000万', ...card, realName: '张小明' })).toContain('postal_address');
  });

  it('incident: the card and the account of whoever names a firm and its branch were taken for the firm’s', () => {
    const tel = '021-50801234';
    expect(sure({ companyName: '某某科技', industry: '软件', tel })).toEqual(['phone_number']);
    expect(sure({ companyName: '某某科技', industry: '软件', taxNo: '-', tel })).toEqual([]);
    expect(sure({ invoiceTitle: '某某科技', taxNo: '91310000MA1FL0001R', email: 'xiaoming@example.com' })).toEqual(['email']);
    expect(sure({ orgId: '17', companyCode: 'C01', account: 'zhang_san84' })).toEqual(['account_id']);
  });

  it('tells animals, characters and works from people (dog_with_a_birthday, hero_with_a_sex, film_of_a_country)', () => {
    expect(sure({ petName: '旺财', breed: '柯基', gender: 1, birthday: '2020-05-01' })).toEqual([]);
    expect(sure({ gender: 1, birthday: '1990-05-01' })).toEqual(['gender', 'birth_date']);
    expect(sure({ team: 'Blue', jersey: 17, age: 31, nationality: 'USA', birthDate: '1990-05-01' })).toEqual([]);
    expect(sure({ team: 'Blue', age: 31 })).toEqual(['age']);
    expect(sure({ director: '某某', country: '美国', language: '英语' })).toEqual([]);
    expect(sure({ country: '美国', language: '英语' }).sort()).toEqual(['locale_timezone', 'location_coarse']);
  });

  it('incident: an application for a job, a loan and a prescription were taken for those of a game, a share and a leaflet', () => {
    expect(sure({ skills: 'Java', position: '工程师', gender: '男', birthday: '1990-05-01' })).toEqual(['gender', 'birth_date']);
    expect(sure({ position: '工程师', cv: 'a.pdf', hp: '0812', gender: '男' })).toEqual(['gender']);
    expect(sure({ income: '12750', marketValue: '3000000' })).toEqual(['income']);
    expect(sure({ income: '12750', companyCode: 'C01' })).toEqual(['income']);
    expect(sure({ drugName: '阿莫西林胶囊', spec: '0.25g*24粒', disease: '细菌感染' })).toContain('health_record');
    expect(sure({ runtime: 'hermes', country: 'CN', language: 'zh' }).sort()).toEqual(['locale_timezone', 'location_coarse']);
  });

  it('tells a video’s resolution, a company’s income and a line’s ends (video_for_a_screen, income_of_a_share, ends_of_a_bus)', () => {
    expect(sure({ bitrate: 4000, fps: 25, resolution: '1920x1080' })).toEqual([]);
    expect(sure({ resolution: '1920x1080', dpi: 480 })).toContain('screen_info');
    expect(sure({ income: '1275000', netIncome: '233000', totalAssets: '99999999' })).toEqual([]);
    expect(sure({ income: '12750' })).toEqual(['income']);
    expect(sure({ startStation: '延安东路外滩', endStation: '申昆路枢纽站', firstTime: '05:30', lastTime: '23:30' })).toEqual([]);
    expect(sure({ startStation: '延安东路外滩', endStation: '申昆路枢纽站' }).sort()).toEqual(['trip_destination', 'trip_origin']);
  });

  it('tells an airline from a carrier, a medicine from an illness, a resource from an account (carrier_of_a_flight, leaflet_of_a_drug)', () => {
    expect(sure({ carrierCode: 'IB', flightNumber: 532 })).not.toContain('sim_operator');
    expect(sure({ carrierCode: '46000', flightNumber: 532 })).toContain('sim_operator');
    expect(sure({ carrierCountry: 'US', carrierCode: '22001', trackingNumber: '1Z999AA10123456784' })).not.toContain('sim_operator');
    expect(sure({ carrierCountry: 'cn', appVersion: '3.2.1' })).toContain('sim_operator');
    const leaflet = { drugName: '阿莫西林胶囊', spec: '0.25g*24粒', manufacturer: '某某制药' };
    expect(sure({ ...leaflet, disease: '细菌感染', symptom: '咽炎' })).toEqual([]);
    expect(sure({ ...leaflet, patientId: '12', disease: '细菌感染' })).toContain('health_record');
    expect(sure({ kind: 'Pod', namespace: 'default', uid: '0b6a9c4e-4d8f-4f5c-9b7c-2f6f8f0a1b2c' })).toEqual([]);
  });
});

describe('an object that is called what it is', () => {
  it('needs no neighbours for it (model_of_goods, birthday_of_a_dog, language_of_a_film)', () => {
    const phone = { memory: '12GB', cpu: '骁龙7s', gender: '女' };
    expect(sure({ goods: phone })).toEqual([]);
    expect(sure({ goods: { ...phone, app_version: '3.2.1' } })).toContain('hardware_params');
    expect(sure({ deviceInfo: { specs: phone } })).toContain('hardware_params');
    expect(asked('device.product.model=MI+9')).toEqual(['device_model']);
    expect(sure({ pet: { gender: 1, birthday: '2020-05-01' } })).toEqual([]);
    expect(sure({ movie: { country: '美国', language: '英语' } })).toEqual([]);
    expect(sure({ hero: { gender: 1, age: 20 } })).toEqual([]);
    expect(sure({ profile: { gender: 1, age: 20 } })).toEqual(['gender', 'age']);
  });

  it('takes what an employer wants for no answer of who looks at it (education_of_a_job)', () => {
    const wanted = { education: '本科', ageRange: '18-35' };
    expect(sure({ jobId: '88', salary: '10-15K', ...wanted })).toEqual([]);
    expect(sure({ salary: '10-15K', ...wanted })).toEqual(['education', 'age']);
    expect(sure({ jobId: '88', salary: '10-15K', resumeId: '7', ...wanted })).toEqual(['education', 'age']);
  });
});

describe('PLACE_OF_BUSINESS', () => {
  it('asks for the name of the place and one thing told of it', () => {
    const fields = (names: Record<string, string>) =>
      decodedOf(Object.entries(names).map(([key, value]) => ({ path: `body.$.${key}`, keys: [key], value }))).fields;
    expect(isOwned(PLACE_OF_BUSINESS, fields({ shopName: '人民广场店', tel: '400-820-8820' }))).toBe(true);
    expect(isOwned(PLACE_OF_BUSINESS, fields({ shopName: '人民广场店', tel: '13912345678' }))).toBe(false);
    expect(isOwned(PLACE_OF_BUSINESS, fields({ shopName: '人民广场店', openTime: '' }))).toBe(false);
  });
});

test('incident: a school, a seller, a shop as a page describes it to machines, and stars and machines at home were told as the user', () => {
  expect(sure({ school_name: '范例中学', address: '杭州市西湖区学院路1号', phone: '0571-87979889' })).toEqual([]);
  expect(sure({ school_name: '范例中学', student_name: '范例甲', address: '杭州市西湖区学院路1号' })).toContain('education');
  expect(sure({ invoice: { seller_address: '杭州市西湖区学院路1号', seller_phone: '0571-87979889' } })).toEqual([]);
  expect(sure({ '@type': 'CafeOrCoffeeShop', name: 'Example Cafe', telephone: '+33109758351', address: '杭州市西湖区学院路1号' })).toEqual(
    [],
  );
  expect(sure({ '@type': 'Person', name: 'x', telephone: '+33109758351' })).toEqual(['phone_number']);
  expect(sure({ star: { birthday: '1979-02-17', height: '178', blood_type: 'A' } })).toEqual([]);
  expect(sure({ printer: { model: 'HP LaserJet M1136', ip: '192.168.1.30', serial_number: 'CNG8D2X3K4' } })).toEqual([]);
  expect(sure({ tv: { model: 'L65M5-AD', mac: 'A4:50:46:11:22:33', osVersion: 'Android 9' } })).toContain('mac_address');
});

describe('isDenied', () => {
  it('nothing beside it makes sure what the neighbours deny (city_of_a_landmark)', () => {
    const landmark = { poiId: 'B00155', tel: '021-58791888', location: '121.499763,31.239703', address: '上海市浦东新区世纪大道1号' };
    expect(sure({ ...landmark, cityname: '上海市', adcode: '310115' })).toEqual([]);
    expect(isDenied([{ rule: PLACE_OF_BUSINESS.name, text: PLACE_OF_BUSINESS.why }])).toBe(true);
    expect(isDenied([{ rule: 'validator', text: PLACE_OF_BUSINESS.why }])).toBe(false);
  });

  it('incident: a hotel that was clicked on, by its rate and its comments, was where somebody stays', () => {
    const hotel = { hotelName: '湖滨酒店', address: '湖滨路9号', latitude: '30.25611', longitude: '120.16221' };
    expect(sure({ ...hotel, contactNumber: '0571-87001234', lowRate: 359, commentCount: 210 })).toEqual([]);
    expect(sure({ ...hotel, guestName: '甲乙', lowRate: 359 })).toEqual(expect.arrayContaining(['hotel_name', 'location_precise']));
    expect(sure(hotel)).toContain('hotel_name');
  });

  it('incident: a hospital that is described was where somebody goes, and a job that pays between two sums was somebody’s', () => {
    expect(sure({ hospitalName: '市第一医院', level: '三甲', tel: '0571-88110011' })).toEqual([]);
    expect(sure({ hospitalName: '市第一医院', level: '三甲', deptName: '心内科', visitDate: '2026-01-03' })).toContain(
      'medical_appointment',
    );
    expect(sure({ jobName: '电工', salaryDesc: '6-8K', cityName: '杭州' })).toEqual([]);
    expect(sure({ jobName: '电工', salary: '8000', cityName: '杭州' })).toContain('occupation');
  });

  it('incident: a firm by the initials of its register was a person', () => {
    expect(sure({ qymc: '示例科技有限公司', lxdh: '0571-88888888', lxdz: '杭州市余杭区文一西路969号', fddbr: '甲乙' })).toEqual([]);
    expect(sure({ entName: '示例科技有限公司', tel: '0571-88888888', regAddr: '杭州市余杭区文一西路969号' })).toEqual([]);
    expect(sure({ lxdh: '0571-88888888', lxdz: '杭州市余杭区文一西路969号' })).not.toEqual([]);
  });
});

test('incident: what stands in a room or numbers a payment was told as the phone’s identifier', () => {
  const uuid = '6F1D2C3B-4A59-4687-8796-A5B4C3D2E1F0';
  expect(sure({ beacons: [{ uuid, name: 'B-17', rssi: -63 }] })).not.toContain('device_uuid');
  expect(sure({ device: { uuid, name: 'B-17', rssi: -63 } })).toContain('device_uuid');
  expect(sure({ transactionId: '302345678901', uniqueId: '302345678901' })).not.toContain('device_uuid');
  expect(sure({ transactionId: '302345678901', uniqueId: uuid })).toContain('device_uuid');
  expect(sure({ transactionId: '', uniqueId: '302345678901' })).toContain('device_uuid');
});

test('incident: the name of a service stood in its token as subject and audience, and was told as an account (service_as_subject)', () => {
  const token = (claims: object) =>
    `${[{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.${'q83vEjRWeJCrze8SNFZ4kKvN7w'.repeat(2)}`;
  const accounts = (claims: object) =>
    detector
      .detect(decodeRequest(request({ url: `https://api.example.com/me?user_token=${token(claims)}` })))
      .filter(({ dataType, grade }) => dataType === 'account_id' && grade !== 'candidate')
      .map(({ value }) => value);
  expect(accounts({ iss: 'Exampla JWT', aud: 'Exampla', sub: 'Exampla', exp: 1900000000 })).toEqual([]);
  expect(accounts({ iss: 'Exampla JWT', aud: 'Exampla', sub: 'lilei1984', exp: 1900000000 })).toEqual(['lilei1984']);
});
