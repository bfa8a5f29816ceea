import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { besideSubject } from '../../src/detect/subjects.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const typesOf = (body: object, path: string) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter((each) => each.path === `body.$.${path}`)
    .map(({ dataType, grade }) => `${dataType} ${grade}`);

const PERSON = { realName: '何思远', idCardNo: '11010119900307803X', marriage: '未婚' };

describe('besideSubject', () => {
  it('asks for as much of a person as an ordinary report of an app does not hold', () => {
    expect(besideSubject('id_type', 'id type', '01', new Set(['id_number']))).not.toBeNull();
    expect(besideSubject('education', 'degree', '本科', new Set(['gender', 'age']))).toBeNull();
    expect(besideSubject('education', 'degree', '本科', new Set(['gender', 'age', 'marital_status']))).not.toBeNull();
  });

  it('does not count the type itself for the person', () => {
    expect(besideSubject('income', 'salary', '12000', new Set(['income', 'gender', 'age']))).toBeNull();
  });

  it('asks of work and pay that the form asks how somebody lives', () => {
    expect(besideSubject('occupation', 'company', '示例商贸有限公司', new Set(['id_number', 'real_name']))).toBeNull();
    expect(
      besideSubject('occupation', 'company', '示例商贸有限公司', new Set(['id_number', 'real_name', 'marital_status'])),
    ).not.toBeNull();
  });

  it('takes one other field of the subject for a journey, a stay and a visit, and no person', () => {
    expect(besideSubject('stay_dates', 'in date', '2023-10-01', new Set(['hotel_name']))).not.toBeNull();
    expect(besideSubject('stay_dates', 'in date', '2023-10-01', new Set(['id_number', 'real_name']))).toBeNull();
    expect(besideSubject('medical_condition', 'zs', '反复咳嗽', new Set(['medical_appointment']))).not.toBeNull();
    expect(besideSubject('medical_condition', 'zs', '反复咳嗽', new Set(['body_metrics']))).toBeNull();
  });

  it('takes a word of the program and a flag for nothing of a person', () => {
    const kinds = new Set(['id_number', 'gender', 'age']);
    expect(besideSubject('occupation', 'company', 'banner_top', kinds)).toBeNull();
    expect(besideSubject('political_status', 'politics', '0', kinds)).toBeNull();
    expect(besideSubject('id_type', 'id type', '1', kinds)).not.toBeNull();
  });

  it('takes only words for what somebody is to another for a relation', () => {
    expect(besideSubject('family_relation', 'relation', '父子', new Set(['id_number']))).toBeNull();
    expect(besideSubject('family_relation', 'relation', '父亲', new Set(['contact_phone']))).not.toBeNull();
    expect(besideSubject('family_relation', 'relation', 'follow', new Set(['contact_phone']))).toBeNull();
  });
});

describe('names in a context', () => {
  it('count where the object describes a person', () => {
    expect(typesOf({ ...PERSON, degree: '硕士' }, 'degree')).toEqual(['education probable']);
    expect(typesOf({ ...PERSON, companyName: '示例商贸有限公司' }, 'companyName')).toEqual(['occupation probable']);
    expect(typesOf({ ...PERSON, salary: '10000-15000' }, 'salary')).toEqual(['income probable']);
  });

  it('are not even a clue elsewhere', () => {
    expect(typesOf({ degree: '一级', className: '首页组件' }, 'degree')).toEqual([]);
    expect(typesOf({ degree: '一级', className: '首页组件' }, 'className')).toEqual([]);
    expect(typesOf({ gender: 1, age: 25, position: '首页推荐' }, 'position')).toEqual([]);
    expect(typesOf({ ...PERSON, position: 'banner_top' }, 'position')).toEqual([]);
  });

  it('speak of a visit, a stay and a journey beside these', () => {
    expect(typesOf({ ksmc: '心血管内科', zs: '胸闷三天' }, 'zs')).toEqual(['medical_condition probable']);
    expect(typesOf({ customerName: '何思远', phone: '13912345678', zs: '催单' }, 'zs')).toEqual([]);
    expect(typesOf({ hotelName: '示例大酒店', inDate: '2023-10-01' }, 'inDate')).toEqual(['stay_dates probable']);
    expect(typesOf({ phone: '13912345678', inDate: '2023-10-01' }, 'inDate')).toEqual([]);
    expect(typesOf({ flightNo: 'MU5101', originName: '上海虹桥' }, 'originName')).toEqual(['trip_origin probable']);
    expect(typesOf({ page: 'home', originName: '默认来源' }, 'originName')).toEqual([]);
  });

  it('incident: the rank of a member, a channel of news and a motto were a class, a party and a belief', () => {
    const person = { ...PERSON, gender: '男' };
    expect(typesOf({ ...person, gradeName: '黄金会员' }, 'gradeName')).toEqual([]);
    expect(typesOf({ ...person, className: '瑜伽班' }, 'className')).toEqual([]);
    expect(typesOf({ ...person, politics: '新闻' }, 'politics')).toEqual([]);
    expect(typesOf({ ...person, belief: '不放弃' }, 'belief')).toEqual([]);
    expect(typesOf({ ...person, gradeName: '三年级' }, 'gradeName')).toEqual(['education probable']);
    expect(typesOf({ ...person, className: '高一(3)班' }, 'className')).toEqual(['education probable']);
    expect(typesOf({ ...person, politics: '共青团员' }, 'politics')).toEqual(['political_status probable']);
    expect(typesOf({ ...person, belief: '佛教' }, 'belief')).toEqual(['religion probable']);
  });

  it('incident: the day that a ticket is valid until was that of a document, and a policy a number of social security', () => {
    const holder = { realName: '何思远', idCardNo: '11010119900307803X', gender: '男' };
    expect(typesOf({ ...holder, couponId: '7', validDate: '2031-12-31' }, 'validDate')).toEqual([]);
    expect(typesOf({ ...holder, nation: '汉族', ethnicity: '汉族', validDate: '2031-12-31' }, 'validDate')).toEqual(['id_expiry probable']);
    expect(typesOf({ ...holder, marriage: '未婚', insuranceNo: 'DEMO20240101' }, 'insuranceNo')).toEqual([]);
  });

  it('incident: who carries a parcel was the employer of whoever sends it', () => {
    expect(typesOf({ ...PERSON, company: '示例速运', waybillNo: 'DEMO1234567890' }, 'company')).toEqual([]);
    expect(typesOf({ ...PERSON, company: '示例速运' }, 'company')).toEqual(['occupation probable']);
  });

  it('say nothing of a digest', () => {
    expect(typesOf({ document_no_md5: '0f0b9c2a3d4e5f60718293a4b5c6d7e8' }, 'document_no_md5')).toEqual([]);
  });

  it('are kept where the name alone is a clue: a type known without a test of its value', () => {
    expect(typesOf({ brzd: '高血压病2级', gms: '青霉素过敏' }, 'gms')).toEqual(['health_record probable']);
    expect(typesOf({ action: 'play', gms: '青铜局' }, 'gms')).toEqual([]);
  });
});

it('names whoever has shares in a firm or answers for it beside the number of a person, and beside none not', () => {
  expect(typesOf({ idCardNo: '11010119900307803X', shareholder: '何思远' }, 'shareholder')).toEqual(['real_name probable']);
  expect(typesOf({ bankName: '示例银行', shareholder: '何思远' }, 'shareholder')).toEqual([]);
  expect(typesOf({ idCardNo: '11010119900307803X', corporation: '示例科技有限公司' }, 'corporation')).toEqual([]);
});
