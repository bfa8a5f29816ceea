import { describe, expect, it } from 'vitest';
import { fixedMeaningAt } from '../../src/detect/fixed-meaning.js';
import { KeyDictionary } from '../../src/detect/keys.js';
import { dataTypes, decodedOf } from './fixture.js';

const dictionary = new KeyDictionary(dataTypes);

function ruleAt(id: string, path: string, keys: readonly string[], value: string): string | null {
  const [field] = decodedOf([{ path, keys, value }]).fields;
  const match = dictionary.lookup(keys).find(({ type }) => type.id === id);
  if (field === undefined || match === undefined) throw new Error(`${keys.join('.')} does not name ${id}`);
  return fixedMeaningAt(match, field, value)?.line.rule ?? null;
}

describe('fixedMeaningAt', () => {
  it('takes any words where object and name together mean one thing', () => {
    expect(ruleAt('device_model', 'body.$.device.model', ['device', 'model'], 'Living Room Box')).toBe('key-path');
    expect(ruleAt('os_version', 'body.$.device.os', ['device', 'os'], 'ExampleOS')).toBe('key-path');
  });

  it('takes no mere name of a system, and nothing without letters or digits', () => {
    for (const value of ['none', 'Unknown', 'android', 'iOS', '{}', '<b>', 'aaaaaa'])
      expect(ruleAt('user_agent', 'body.$.device.ua', ['device', 'ua'], value), value).toBeNull();
  });

  it('takes no name of the kind of object for what it is (context_of_sentry)', () => {
    expect(ruleAt('os_version', 'body.$.contexts.os.type', ['contexts', 'os', 'type'], 'os')).toBeNull();
  });

  it('asks for the object: the bare name is not enough', () => {
    expect(ruleAt('os_version', 'body.$.os', ['os'], 'ExampleOS')).toBeNull();
    expect(ruleAt('ip_address', 'body.$.ip', ['ip'], '203.0.113.xxx')).toBeNull();
  });

  it('takes masked octets below a device and in the header of proxies', () => {
    expect(ruleAt('ip_address', 'body.$.device.ip', ['device', 'ip'], '203.0.113.xxx')).toBe('key-path');
    expect(ruleAt('ip_address', 'header.x-forwarded-for', ['X-Forwarded-For'], '203.0.113.*')).toBe('key-header');
  });

  it('takes a User-Agent of an app’s own making, but not a client’s bare name', () => {
    expect(ruleAt('user_agent', 'header.user-agent', ['User-Agent'], '6.0.2;Model X;Android;13')).toBe('key-header');
    expect(ruleAt('user_agent', 'header.user-agent', ['User-Agent'], 'ExampleClient')).toBeNull();
    expect(ruleAt('user_agent', 'body.$.userAgent', ['userAgent'], '6.0.2;Model X;Android;13')).toBeNull();
  });

  it('knows no other types', () => {
    expect(ruleAt('imei', 'body.$.device.imei', ['device', 'imei'], 'whatever')).toBeNull();
  });

  it('takes an IMEI with a wrong check digit under its own name only', () => {
    expect(ruleAt('imei', 'query.imei', ['imei'], '866123456789011')).toBe('key-name');
    expect(ruleAt('imei', 'query.imei', ['imei'], '123456789012345')).toBeNull();
    expect(ruleAt('imei', 'query.imei', ['imei'], '86612345678901')).toBeNull();
  });

  it('resident_id_with_wrong_check_digit: takes it under its own name only, with an area and the birthday of somebody grown up', () => {
    expect(ruleAt('id_number', 'body.$.idCard', ['idCard'], '110101199003078031')).toBe('key-name');
    expect(ruleAt('id_number', 'body.form.customerIdentityNo', ['customerIdentityNo'], '11010119900307803x')).toBe('key-name');
    expect(ruleAt('id_number', 'body.$.cardNo', ['cardNo'], '110101199003078031')).toBeNull();
    expect(ruleAt('id_number', 'body.$.certificateNo', ['certificateNo'], '110101199003078031')).toBeNull();
    expect(ruleAt('id_number', 'body.$.taskIdNumber', ['taskIdNumber'], '110101199003078031')).toBeNull();
    for (const value of ['990101199003078031', '110101199013078031', '110101202403078031', '11010119900307803', '311111111111111111'])
      expect(ruleAt('id_number', 'body.$.idCard', ['idCard'], value), value).toBeNull();
  });

  it('takes an IMEI with a digest of the device behind it, and no other long number', () => {
    const digest = '0F0B9C2A3D4E5F60718293A4B5C6D7E8';
    expect(ruleAt('imei', 'body.$.imei', ['imei'], `866123456789018${digest}`)).toBe('key-name');
    expect(ruleAt('imei', 'body.$.imei', ['imei'], `466123456789018${digest}`)).toBeNull();
    expect(ruleAt('imei', 'body.$.imei', ['imei'], `866123456789018${'0'.repeat(32)}`)).toBeNull();
    expect(ruleAt('imei', 'body.$.deviceId', ['deviceId'], `866123456789018${digest}`)).toBeNull();
  });

  it('bank_card_with_wrong_check_digit: takes it under the name of a bank only', () => {
    expect(ruleAt('bank_card_number', 'body.$.bankCardNo', ['bankCardNo'], '6228480402564890019')).toBe('key-name');
    expect(ruleAt('bank_card_number', 'body.$.银行卡号', ['银行卡号'], '6228480402564890019')).toBe('key-name');
    expect(ruleAt('bank_card_number', 'body.$.cardNo', ['cardNo'], '6228480402564890019')).toBeNull();
    expect(ruleAt('bank_card_number', 'body.$.bankAccount', ['bankAccount'], '1028480402564890019')).toBeNull();
  });

  it('takes a name in small letters under the name of its part, and no word that is nobody’s', () => {
    expect(ruleAt('real_name', 'body.$.firstName', ['firstName'], 'anna')).toBe('key-name');
    expect(ruleAt('real_name', 'body.$.realName', ['realName'], 'anna')).toBeNull();
    // `fname` is the name of a file as often.
    expect(ruleAt('real_name', 'body.$.fname', ['fname'], 'upload')).toBeNull();
    for (const value of ['guest', 'test', 'page_home', '安全中心', 'x1', 'true'])
      expect(ruleAt('real_name', 'body.$.lastName', ['lastName'], value), value).toBeNull();
  });

  it('calls an octet beyond 255 nobody’s', () => {
    const [field] = decodedOf([{ path: 'body.$.device.ip', keys: ['device', 'ip'], value: '111.222.333.444' }]).fields;
    const match = dictionary.lookup(['device', 'ip']).find(({ type }) => type.id === 'ip_address');
    if (field === undefined || match === undefined) throw new Error('device.ip names no address');
    expect(fixedMeaningAt(match, field, '111.222.333.444')?.placeholder).toBe(true);
    expect(fixedMeaningAt(match, field, '203.0.113.xxx')?.placeholder).toBe(false);
  });

  it('asks for an object that is the device: env.model may be a language model', () => {
    expect(ruleAt('device_model', 'body.$.env.model', ['env', 'model'], 'Some Model')).toBeNull();
  });
});
