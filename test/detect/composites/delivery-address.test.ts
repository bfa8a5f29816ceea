import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

const addresses = (body: unknown) =>
  sure(body)
    .filter(([dataType]) => dataType === 'postal_address')
    .map(([, , path]) => path.replace('body.$.', ''))
    .sort();

const reached = { consignee: '林泽远', mobile: '13912345678' };

describe('delivery-address', () => {
  it('house_beside_landmark: takes the parts that say little beside an address and a number', () => {
    expect(addresses({ ...reached, address: '测试南路9号3幢', houseNumber: '8', landmark: '例园2期', zipCode: '518000' })).toEqual([
      'address',
      'houseNumber',
      'landmark',
      'zipCode',
    ]);
  });

  it('post_names: takes the parts of whoever something is posted to, however they are joined', () => {
    const post = {
      postname: '张小明',
      postmobile: '13912345678',
      postaddr: '黄浦区测试南路100弄20号',
      poststreet: '测试南路',
      postcity: '上海市',
    };
    expect(addresses(post)).toEqual(['postaddr', 'postcity', 'poststreet']);
    expect(sure(post).map(([dataType]) => dataType)).toEqual(expect.arrayContaining(['real_name', 'contact_phone']));
  });

  it('short_line: takes a line that passes no test below two divisions, or under the name of who receives', () => {
    const short = { receiverMobile: '13912345678', receiverProvince: '北京', receiverCity: '北京市', receiverAddress: '测试村' };
    expect(addresses(short)).toEqual(['receiverAddress', 'receiverCity', 'receiverProvince']);
    expect(addresses({ receiver_phone: '13912345678', receiver_address: '南京' })).toEqual(['receiver_address']);
  });

  it('says why in the trace', () => {
    const body = JSON.stringify({ ...reached, address: '测试南路9号3幢', landmark: '例园2期' });
    const evidence = createDetector({ dataTypes }).detect(decodeRequest(request({ body })));
    expect(evidence.find(({ path }) => path === 'body.$.landmark')?.trace.map(({ rule }) => rule)).toContain('delivery-address');
  });

  it('takes none where nobody is reached, in another object, of a firm, of a shop, of a journey, and of where the phone is', () => {
    expect(addresses({ address: '测试南路9号3幢', landmark: '例园2期' })).toEqual(['address']);
    expect(addresses({ to: { ...reached, address: '测试南路9号3幢' }, landmark: '例园2期' })).toEqual(['to.address']);
    for (const other of ['companyAddress', 'shopAddress', 'startAddress', 'gpsAddress'])
      expect(addresses({ ...reached, [other]: '测试村', landmark: '例园2期', city: '杭州市', district: '余杭区' }), other).toEqual([]);
    expect(addresses({ ...reached, city: '杭州市', district: '余杭区' })).toEqual([]);
    const parcel = { ...reached, address: '测试村', landmark: '例园2期', city: '杭州市', district: '余杭区' };
    expect(addresses({ parcel })).toHaveLength(4);
    for (const other of ['company', 'shop', 'start', 'workplace.work'])
      expect(
        addresses({ [other]: parcel }).filter((path) => path.endsWith('landmark')),
        other,
      ).toEqual([]);
    // Where a phone found itself, beside its own number.
    expect(addresses({ mobile: '13912345678', province: '上海市', city: '上海市', district: '浦东新区', address: '世纪大道' })).toEqual([]);
    expect(addresses({ ...reached, title: '测试村', landmark: '例园2期' })).toEqual([]);
  });

  it('takes no sentence, no word of a program and no quantity', () => {
    const parcel = { ...reached, address: '测试南路9号3幢' };
    expect(addresses({ ...parcel, detail: '请尽快送达。谢谢！', landmark: 'none', zip: 'a.zip', roomNo: '' })).toEqual(['address']);
    expect(addresses({ ...parcel, capacity: '二十人以上', velocity: '很快很快' })).toEqual(['address']);
  });
});
