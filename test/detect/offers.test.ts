import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { namesOffer, withOffers } from '../../src/detect/offers.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const detect = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })));

function sure(body: object): string[] {
  return detect(body)
    .filter(({ grade }) => grade === 'strong' || grade === 'probable')
    .map(({ dataType, path }) => `${dataType} ${path}`);
}

const rows = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const CITIES = [
  { city: '北京', adcode: '110100', lat: 39.9042, lng: 116.4074 },
  { city: '上海', adcode: '310100', lat: 31.2304, lng: 121.4737 },
  { city: '广州', adcode: '440100', lat: 23.1291, lng: 113.2644 },
  { city: '成都', adcode: '510100', lat: 30.5728, lng: 104.0668 },
];

describe('withOffers', () => {
  it('takes clothes by sex, age and size for goods (goods_by_sex)', () => {
    const goods = rows(4, (index) => ({
      skuId: 10_230 + index,
      price: 9900 + index,
      sellerNick: '良品旗舰店',
      gender: index % 2 === 0 ? '男' : '女',
      ageRange: '18-24',
    }));
    expect(sure({ goods })).toEqual([]);
    const [gender] = detect({ goods }).filter(({ dataType }) => dataType === 'gender');
    expect(gender).toMatchObject({ grade: 'candidate' });
    expect(gender?.trace.map(({ rule }) => rule)).toContain('doubt-goods');
  });

  it('incident: incomes of nations, flights of a year and cities of a state were what the user earns, takes and lives in', () => {
    const flights = rows(24, (index) => ({ flight_no: `XX${1000 + index}`, flight_date: `2026-01-${10 + (index % 20)}`, delay: index }));
    const incomes = rows(24, (index) => ({ nation_name: `n${index}`, income: `${1000 + index * 37}`, population: index }));
    expect(sure({ flights_2026: flights })).toEqual([]);
    expect(sure({ rows: incomes })).toEqual([]);
    // A few are somebody's own, and so are those that say whose they are.
    expect(sure({ rows: incomes.slice(0, 2) })).toHaveLength(2);
    expect(sure({ rows: incomes.map((row, index) => ({ ...row, user_name: `u${index}` })) }).length).toBeGreaterThan(20);
    expect(sure({ trips: flights }).length).toBeGreaterThan(20);
  });

  it('incident: police stations of a state were where the user went; a way stays one, however it winds', () => {
    // Steps of the golden section lie about evenly, and in no order.
    const about = rows(30, (index) => ({
      lat: 30 + ((index * 0.618034) % 1) * 5 + 0.00123,
      lng: 110 + ((index * 0.381966 * 7) % 1) * 5 + 0.00456,
      title: `n${index}`,
    }));
    expect(sure({ rows: about })).toEqual([]);
    expect(sure({ favorites: about }).length).toBeGreaterThan(0);
    expect(sure({ rows: about.slice(0, 10) }).length).toBeGreaterThan(0);
    const way = rows(30, (index) => ({
      lat: 31.2 + Math.sin(index / 5) / 50 + 0.00003,
      lng: 121.4 + index / 1_000 + 0.000031,
      title: `n${index}`,
    }));
    expect(sure({ rows: way }).length).toBeGreaterThan(0);
  });

  it('incident: doctors that a hospital shows were appointments', () => {
    const doctors = ['心内科', '神经内科', '骨科'].map((dept_name) => ({ doctor_name: '范例甲', title: '主任医师', dept_name }));
    expect(sure({ doctors })).toEqual([]);
    expect(sure({ appointments: doctors.map((row) => ({ ...row, patientName: '范例乙' })) }).length).toBeGreaterThan(0);
  });

  it('incident: a dictionary of illnesses, or of names, was the health or the name of the user', () => {
    const illnesses = rows(30, (index) => [`disease ${'abcdefghijklmnopqrstuvwxyzäöüß'[index]}`]);
    expect(sure({ diseases: illnesses })).toEqual([]);
    expect(sure({ diseases: ['高血压', '糖尿病'] })).toHaveLength(2);
    const names = rows(26, (index) => `${String.fromCharCode(65 + index)}aliyah`);
    expect(sure({ firstNames: names })).toEqual([]);
    expect(sure({ firstNames: names.slice(0, 2) })).toHaveLength(2);
  });

  it('incident: the ages that an advertisement is shown to were the user’s; children have ages of their own', () => {
    expect(sure({ audience: { age: ['18-24', '25-34'] } })).toEqual([]);
    expect(sure({ age: ['25-34'] })).toHaveLength(1);
    expect(sure({ age: ['3', '5'] })).toHaveLength(2);
  });

  it('leaves what events say of one sender (sex_beside_price)', () => {
    const event = (gender: string) => (index: number) => ({ event: 'view', sku: `${index}`, price: 9900 + index, gender, city: '杭州' });
    expect(sure({ events: rows(4, event('男')) }).filter((each) => each.startsWith('gender'))).toHaveLength(4);
    // The goods differ in it; the city stays the sender's.
    const mixed = rows(4, (index) => event(index % 2 === 0 ? '男' : '女')(index));
    expect(sure({ events: mixed }).map((each) => each.split(' ')[0])).toEqual([
      'location_coarse',
      'location_coarse',
      'location_coarse',
      'location_coarse',
    ]);
  });

  it('takes cities with their weather, and branches on the map, for what everybody knows', () => {
    expect(
      sure({ cities: CITIES.map((city) => ({ ...city, name: city.city, temp: 12, humidity: 40, obsTime: '2026-11-22 10:00' })) }),
    ).toEqual([]);
    expect(
      sure({ list: CITIES.map((city, index) => ({ ...city, name: '万达广场店', tel: `0571-8888123${index}`, avgPrice: 88 })) }),
    ).toEqual([]);
    // The same places without anything that is offered there may be where somebody was.
    expect(sure({ list: CITIES }).length).toBeGreaterThan(0);
  });

  it('takes the trains of a day for a timetable, and a ticket for a trip (trains_of_a_day)', () => {
    const train = (index: number) => ({
      trainNo: `G10${index}`,
      fromStationCode: 'VNP',
      toStationCode: 'AOH',
      departTime: '08:00',
      price: '553.0',
    });
    expect(sure({ trains: rows(8, train) })).toEqual([]);
    expect(sure({ trains: rows(2, train) }).length).toBeGreaterThan(0);
    expect(sure({ list: rows(8, (index) => ({ ...train(index), orderNo: `E1234567${index}` })) }).length).toBeGreaterThan(0);
    expect(sure({ list: rows(8, (index) => ({ ...train(index), passengerName: '张小明' })) }).length).toBeGreaterThan(0);
  });

  it('takes a plan of the hall for one, and six seats for an order', () => {
    const seats = (count: number) => ({ seats: rows(count, (index) => ({ seatNo: `5排${index + 1}座`, price: 380 })) });
    expect(sure(seats(40))).toEqual([]);
    expect(sure(seats(6))).toHaveLength(6);
  });

  it('takes medicines for goods, and a patient’s record for one', () => {
    const medicine = (index: number) => ({ disease: ['高血压', '糖尿病', '感冒'][index % 3], symptom: '头痛', price: 1990 });
    expect(sure({ list: rows(6, medicine) })).toEqual([]);
    expect(sure({ list: rows(6, (index) => ({ ...medicine(index), patientId: 7 })) }).length).toBeGreaterThan(0);
    expect(
      sure({ list: rows(6, (index) => ({ disease: ['高血压', '糖尿病', '感冒'][index % 3], date: '2026-11-22' })) }).length,
    ).toBeGreaterThan(0);
  });

  it('leaves what somebody measures day by day', () => {
    const day = (index: number) => ({
      weight: `${60 + index}.5kg`,
      height: '172cm',
      temp: 36.5,
      age: 30,
      gender: '男',
      date: `2026-11-1${index}`,
    });
    expect(sure({ list: rows(4, day) }).filter((each) => each.startsWith('body_metrics'))).toHaveLength(8);
  });

  it('says of people what it says of anybody, whatever they pay', () => {
    const people = (index: number) => ({ gender: index % 2 === 0 ? '男' : '女', price: 553 });
    expect(sure({ passengers: rows(4, people) }).length).toBeGreaterThan(0);
    expect(
      sure({ list: rows(4, (index) => ({ ...people(index), nickname: `小明${index}` })) }).some((each) => each.startsWith('gender')),
    ).toBe(true);
  });

  it('knows that few shops are called like a person (shop_named_lining)', () => {
    const shops = ['李宁', '良品铺子', '海底捞万达店', '周黑鸭'].map((name, index) => ({
      ...CITIES[index],
      name,
      phone: `1390000123${index}`,
      avgPrice: 80,
    }));
    // Whoever answers a mobile number, it is somebody's.
    expect(sure({ list: shops })).toEqual([0, 1, 2, 3].map((index) => `phone_number body.$.list[${index}].phone`));
    const drivers = ['张小明', '李晓红', '王小刚', '赵敏'].map((name, index) => ({
      name,
      phone: `1390000123${index}`,
      price: 80,
      gender: index % 2 === 0 ? '男' : '女',
    }));
    expect(sure({ list: drivers }).some((each) => each.startsWith('gender') || each.startsWith('real_name'))).toBe(true);
  });

  it('knows businesses by their opening hours and their landlines (schools_of_a_city)', () => {
    const school = (index: number) => ({ name: '实验学校', address: `杭州市余杭区文一西路${index + 1}号`, tel: `0571-8888123${index}` });
    expect(sure({ rows: rows(4, school) })).toEqual([]);
    const shops = ['李宁', '张小明', '王小刚'].map((name, index) => ({
      name,
      phone: `1390000123${index}`,
      ...CITIES[index],
      openTime: '10:00',
    }));
    expect(sure({ rows: shops }).filter((each) => !each.startsWith('phone_number'))).toEqual([]);
    // An address book of one's own has mobiles in it.
    const own = (index: number) => ({ name: '张小明', address: `杭州市余杭区文一西路${index + 1}号`, phone: `1390000123${index}` });
    expect(sure({ rows: rows(4, own) })).not.toEqual([]);
  });

  it('takes the answers that a form lets choose from for no answer (options_of_a_form)', () => {
    expect(sure({ nation_list: ['汉族', '回族', '满族'], marriage: ['未婚', '已婚'] })).toEqual([]);
    expect(sure({ nation: ['汉族'], marriage: '已婚' })).toEqual(['ethnicity body.$.nation[0]', 'marital_status body.$.marriage']);
  });

  it('says the same of what a known person shares with many (known_sex_of_goods)', () => {
    const persona = { values: { gender: ['女'], location_coarse: ['杭州'] }, salts: [], keys: [] };
    const knowing = createDetector({ dataTypes, persona });
    const grades = (body: object) =>
      knowing
        .detect(decodeRequest(request({ body: JSON.stringify(body) })))
        .filter(({ dataType, detector: by }) => dataType === 'gender' && by === 'known-value')
        .map(({ grade }) => grade);
    const goods = rows(4, (index) => ({ sku: `${index}`, price: 9900, gender: index % 2 === 0 ? '男' : '女' }));
    expect(new Set(grades({ goods }))).toEqual(new Set(['candidate']));
    expect(grades({ gender_options: ['男', '女', '保密'] })).not.toContain('probable');
    expect(grades({ gender: '女' })).toEqual(['probable']);
  });

  it('leaves what is certain of the tester as it is, in whatever list it stands', () => {
    const body = { goods: rows(4, (index) => ({ sku: `${index}`, price: 9900, gender: index % 2 === 0 ? '男' : '女' })) };
    const { fields } = decodeRequest(request({ body: JSON.stringify(body) }));
    const read = detect(body).flatMap((each) => (each.dataType === 'gender' ? [{ ...each, grade: 'probable' as const, trace: [] }] : []));
    const [first, ...others] = read;
    if (first === undefined) throw new Error('no evidence');
    const grades = withOffers([{ ...first, grade: 'confirmed' }, ...others], () => fields).map(({ grade }) => grade);
    expect(grades).toEqual(['confirmed', 'candidate', 'candidate', 'candidate']);
  });

  it('gives everything else back as it is', () => {
    const evidence = detect({ imei: '866123456789018', gender: '男' });
    expect(withOffers(evidence, () => [])).toBe(evidence);
  });
});

describe('namesOffer', () => {
  it('knows the words of what is sold or shown', () => {
    expect(['salePrice', 'sku_id', 'businessHours', 'avgPrice', '库存'].every((key) => namesOffer([key]))).toBe(true);
    expect(['gender', 'name', 'city', 'orderId'].some((key) => namesOffer([key]))).toBe(false);
  });
});

describe('choices', () => {
  it('incident: two features of one phone under names in brackets were taken for what may be chosen', () => {
    const told = sure({ properties: { '#os': 'Android', '#os_version': '8.0.0', '#device_model': 'SM-G9910' } });
    expect(told.filter((each) => each.startsWith('os_version'))).toHaveLength(2);
  });

  it('takes the systems that something runs on for none that this phone has (platforms_of_a_plugin)', () => {
    expect(sure({ platforms: ['ios', 'android'], supportedPlatforms: ['Linux'] })).toEqual([]);
    expect(sure({ os: ['Android 13'] })).toEqual(['os_version body.$.os[0]']);
  });
});

describe('a list that says what it lists', () => {
  it('takes the stops of a line for an offer (stops_as_places)', () => {
    const stops = CITIES.map(({ lat, lng }, index) => ({ name: `${index}号站`, lat, lng }));
    expect(sure({ stops })).toEqual([]);
    expect(sure({ fixes: stops }).length).toBeGreaterThan(0);
  });

  it('incident: departments and schools that are listed were where somebody goes', () => {
    const departments = ['心血管内科', '呼吸内科', '骨科'].map((deptName, index) => ({ deptId: `${index}`, deptName }));
    expect(sure({ departments })).toEqual([]);
    expect(sure({ schools: ['第一中学', '第二中学', '第三中学'].map((schoolName, id) => ({ id, schoolName })) })).toEqual([]);
    expect(sure({ visits: departments }).length).toBeGreaterThan(0);
  });

  it('incident: words that everybody looks for were what one looked for', () => {
    const words = ['世界杯', '高考', '天气'].map((keyword, index) => ({ keyword, rank: index + 1 }));
    expect(sure({ hotWords: words })).toEqual([]);
    expect(sure({ searchHistory: words }).length).toBeGreaterThan(0);
  });
});
