import { describe, expect, it } from 'vitest';
import { composite } from '../../../src/detect/composites/device-block.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, decodedOf, underKey } from '../fixture.js';
import { sure } from './lists.js';

const device = { os_version: '11', language: 'zh-CN', oaid: '1fe9a970efbb29e00bddf5dbbf751ab5' };
const told = (body: object) =>
  sure(body).filter(([, , path]) => path.endsWith('.x') || !Object.keys(device).some((key) => path === `body.$.${key}`));

describe('device-block', () => {
  it('reads a feature by its writing where a device is described', () => {
    for (const [x, type] of [
      ['SM-G9910', 'device_model'],
      ['V12.5.3.0.RJBCNXM', 'os_version'],
      ['MOBILE_LTE', 'network_type'],
      ['中国移动', 'sim_operator'],
      ['XXHDPI', 'screen_info'],
      ['866123456789018', 'imei'],
      ['89860012345678901238', 'iccid'],
    ])
      expect(told({ ...device, x }), x).toEqual([[type, 'probable', 'body.$.x']]);
  });

  it('reads what says by itself what it is (iOS,14.3; an enumeration of Flutter), unless it is what is asked for', () => {
    expect(sure({ p22: 'iOS,14.3' })).toEqual([['os_version', 'probable', 'body.$.p22']]);
    expect(sure({ NetEvn: 'ConnectivityResult.mobile' })).toEqual([['network_type', 'probable', 'body.$.NetEvn']]);
    for (const name of ['min_os_x', 'sdk_x', 'title', 'q']) expect(sure({ [name]: 'iOS,14.3' }), name).toEqual([]);
    expect(sure({ download_on: 'ConnectivityResult.wifi' })).toEqual([]);
    const digest = '0F0B9C2A3D4E5F60718293A4B5C6D7E8';
    expect(sure({ encoding: `${digest}${'7d58e1f2a3b4c5d6'.repeat(2)}` })).toEqual([['oaid', 'probable', 'body.$.encoding']]);
    expect(sure({ who: `${digest}|O` })).toEqual([['device_uuid', 'probable', 'body.$.who']]);
    expect(sure({ encoding: `${digest}${digest}`, who: `${digest}|02` })).toEqual([]);
  });

  it('incident: the number of an article was a size of memory in 2 of 9,000 events, because one number in 4,096 is whole pages', () => {
    const types = (body: object) => sure(body).map(([type]) => type);
    const found = new Set(['os_version', 'locale_timezone', 'oaid']);
    const more = (body: object) => types(body).filter((type) => !found.has(type));
    expect(more({ ...device, x: '381904601088' })).toEqual([]);
    expect(more({ ...device, x: '5944328192', y: '2207571968' })).toEqual(['hardware_params', 'hardware_params']);
    const events = (values: readonly string[]) => ({ events: values.map((x) => ({ ...device, x })) });
    expect(more(events(['866123456789018', '731204455566677']))).toEqual([]);
    expect(more(events(['866123456789018', '866123456789018']))).toEqual(['imei', 'imei']);
    expect(more({ ...device, item_no: '866123456789018' })).toEqual([]);
    expect(more({ ...device, x: '8986302587624767606' })).toEqual([]);
    expect(more({ ...device, pvid: '6d92b673f9ccd9858416bca1330a43b5' })).toEqual([]);
  });

  it('takes the bare name of a system for one under a name that says so, among three other features', () => {
    const phone = { language: 'zh-CN', oaid: '1fe9a970efbb29e00bddf5dbbf751ab5', network_type: 'wifi' };
    const systems = (body: object) => sure(body).filter(([type]) => type === 'os_version');
    expect(systems({ ...phone, os_kind: 'Android' })).toEqual([['os_version', 'probable', 'body.$.os_kind']]);
    expect(systems({ ...phone, kind: 'Android' })).toEqual([]);
    expect(systems({ language: 'zh-CN', network_type: 'wifi', os_kind: 'Android' })).toEqual([]);
  });

  it('reads none where no device is described', () => {
    for (const x of ['SM-G9910', 'MOBILE_LTE', '中国移动', '866123456789018']) expect(sure({ x, price: '99' }), x).toEqual([]);
    expect(sure({ os_version: '11', x: 'WIFI' }).map(([type]) => type)).toEqual(['os_version']);
  });

  it('asks the name whether the value speaks of something else (download_on_wifi, shop_of_a_maker, number_of_a_message)', () => {
    expect(told({ ...device, download_on: 'WIFI' })).toEqual([]);
    expect(told({ ...device, channel: 'huawei', model_x: 'SM-G9910' }).map(([, , path]) => path)).toEqual(['body.$.model_x']);
    expect(told({ ...device, msg_id: '866123456789018' })).toEqual([]);
    expect(told({ ...device, sdk: 'android_1.3.3' })).toEqual([]);
  });

  it('keeps to the object for what little else is written like', () => {
    expect(sure({ device, rule: { x: 'WIFI' } }).filter(([type]) => type === 'network_type')).toEqual([]);
    expect(sure({ ...device, more: { x: 'SM-G9910' } }).filter(([type]) => type === 'device_model')).toHaveLength(1);
    expect(sure({ ...device, goods: [{ x: 'SM-G9910' }] }).filter(([type]) => type === 'device_model')).toEqual([]);
    expect(sure({ device, goods: { x: 'SM-G9910' } }).filter(([type]) => type === 'device_model')).toEqual([]);
  });

  it('incident: the shop that an app came from was the maker of the phone', () => {
    const more = { ...device, resolution: '1080x2340' };
    const models = (body: object) => sure(body).filter(([type]) => type === 'device_model');
    expect(models({ ...more, dic: 'xiaomi', channel: 'xiaomi' })).toEqual([]);
    expect(models({ ...more, dic: 'xiaomi' })).toEqual([['device_model', 'probable', 'body.$.dic']]);
    expect(models({ ...more, mfo: 'Xiaomi', channel: 'xiaomi' })).toEqual([['device_model', 'probable', 'body.$.mfo']]);
    for (const shop of ['pf', 'pf_id']) expect(models({ ...more, [shop]: 'xiaomi' }), shop).toEqual([]);
    expect(models({ ...more, mfo: 'xiaomi', channel: 'appstore' })).toEqual([['device_model', 'probable', 'body.$.mfo']]);
  });

  it('incident: a network code of nought, which is written where none is known, was the carrier', () => {
    const more = { ...device, resolution: '1080x2340', mnc: '0' };
    const carriers = (body: object) => sure(body).flatMap(([type, , path]) => (type === 'sim_operator' ? [path] : []));
    expect(carriers(more)).toEqual([]);
    expect(carriers({ ...more, mcc: '0' })).toEqual([]);
    expect(carriers({ ...more, mcc: '460' })).toContain('body.$.mnc');
    expect(carriers({ ...more, mnc: '1' })).toEqual(['body.$.mnc']);
  });

  it('finds nothing in an empty message', () => {
    expect(createDetector({ dataTypes }).detect(decodedOf([]))).toEqual([]);
    expect(composite.named).toBeUndefined();
    expect(
      createDetector({ dataTypes })
        .detect(underKey('x', 'SM-G9910'))
        .every(({ grade }) => grade === 'candidate'),
    ).toBe(true);
  });
});
