import { expect, test } from 'vitest';
import { identifies, isFiller, isNobodys, isTyped, isUntold } from '../../src/detect/filler.js';
import { processorTime } from '../processor-time.js';
import { dataTypes, decodedOf } from './fixture.js';

const is = (id: string, key: string, value: string, part: 'body' | 'query' = 'body') => {
  const [field] = decodedOf([{ path: `${part}.${key}`, part, keys: [key], value }]).fields;
  const type = dataTypes.find((each) => each.id === id);
  if (field === undefined || type === undefined) throw new Error(`no data type ${id}`);
  return isFiller(field, value, type);
};

test('a field that holds its own name holds nothing', () => {
  for (const value of ['userId', 'user_ID', 'traits.userId']) expect(is('account_id', 'userId', value), value).toBe(true);
  for (const value of ['user-1984', 'zhang.san', 'zhangsan']) expect(is('account_id', 'userId', value), value).toBe(false);
});

test('incident: a line of a program told where it keeps a city, a model and a token, and that was theirs', () => {
  expect(is('location_coarse', 'row.city', 'address.city')).toBe(true);
  expect(is('device_model', 'converted.device_name', 'self.__config.device_name')).toBe(true);
  expect(is('device_model', 'device_name', 'self.__config')).toBe(true);
  expect(is('auth_token', 'access_token', 'Gateway.GATEWAY_ACCESS_TOKEN')).toBe(true);
  expect(is('nickname', 'nickname', 'request.form')).toBe(true);
  expect(is('password', 'password', 'DEFAULT_PASSWORD')).toBe(true);
  for (const [id, key, value] of [
    ['password', 'password', 'MY_LONG_SECRET'],
    ['nickname', 'nickname', 'li.lei'],
    ['location_coarse', 'city', 'St. Louis'],
    ['device_model', 'model', 'config'],
    ['account_id', 'account', 'trader.options88'],
  ] as const)
    expect(is(id, key, value), value).toBe(false);
});

test('the label of a form is no answer, and the name of a feature may be one', () => {
  expect(is('password', 'password', '请输入密码')).toBe(true);
  expect(is('gender', 'sex', '性别')).toBe(true);
  expect(is('gender', 'sex', '男')).toBe(false);
  expect(is('password', 'password', '请输入密码', 'query'), 'nobody labels an address').toBe(false);
  expect(is('network_type', 'wifi', 'wifi')).toBe(false);
});

test('a feature that nobody could tell is none (unknown_as_network), and of an identifier the attempt counts', () => {
  for (const value of ['unknown', 'Unknown', 'unavailable']) expect(is('network_type', 'network', value), value).toBe(true);
  expect(is('hardware_params', 'soc_name', 'Unknown')).toBe(true);
  expect(is('network_type', 'network', 'none'), 'there is no network').toBe(false);
  expect(is('imsi', 'imsi', 'unknown')).toBe(false);
  expect(is('ssid', 'ssid', '<unknown ssid>')).toBe(false);
  expect(is('nickname', 'nickname', 'unknown')).toBe(false);
});

test('what leaves a filter open is no answer, and an address no device (all_as_model, address_as_agent)', () => {
  expect(is('device_model', 'deviceModel', '全部', 'query')).toBe(true);
  expect(is('religion', 'religion', '不限')).toBe(true);
  expect(is('user_agent', 'ua', 'https://img.example.cn/a.png')).toBe(true);
  expect(is('nickname', 'nickname', 'https://img.example.cn/a.png')).toBe(true);
  expect(is('avatar', 'avatar', 'https://img.example.cn/a.png')).toBe(false);
  expect(is('nickname', 'nickname', '全部都好')).toBe(false);
});

test('a processor of nothing is none, and nothing that is free is an answer', () => {
  for (const key of ['cpu', 'cpuInfo', 'processor']) expect(is('hardware_params', key, '0'), key).toBe(true);
  expect(is('hardware_params', 'cpu', '8')).toBe(false);
  for (const key of ['battery_level', 'rooted', 'is_charging']) expect(is('hardware_params', key, '0'), key).toBe(false);
});

test('one digit over and over numbers no account (ones_as_user_key)', () => {
  expect(is('account_id', 'user_key', '1'.repeat(32))).toBe(true);
  expect(is('account_id', 'user_id', '88888888')).toBe(false);
  expect(is('account_id', 'user_id', '1111111111111112')).toBe(false);
  expect(is('device_uuid', 'peer_id', '0'.repeat(32))).toBe(false);
});

test('types whose values name somebody', () => {
  expect(dataTypes.filter(identifies).map(({ id }) => id)).toEqual(expect.arrayContaining(['imei', 'ssid', 'bssid', 'ip_address']));
  expect(dataTypes.filter(identifies).map(({ id }) => id)).not.toContain('network_type');
});

test('where a value is to be put there is none, nor in what a form holds one to (template_as_password)', () => {
  for (const value of ['{db-password.inputs.value}', `${'{DB_PASSWORD}'}`, '{{ password }}', '$REGISTRY_PASSWORD', '<your password>'])
    expect(is('password', 'password', value), value).toBe(true);
  for (const value of ['^.{8,20}$', '^(?=.*\\d)[a-z\\d]+$']) expect(is('password', 'password', value), value).toBe(true);
  expect(is('nickname', 'nickname', 'required|string|max:20')).toBe(true);
  for (const value of ['{bcrypt}$2b$10$N9qo8uLOickgx2ZMRZoMye', '$6$exDY1mhS4KUY', 'required', '^_^', '<3', 'Tr0ub4dor{3}'])
    expect(is('password', 'password', value), value).toBe(false);
});

test('incident: a text of many brackets under the name of a password held the analysis up for minutes', () => {
  const cost = processorTime(() => {
    expect(is('password', 'password', `^${'('.repeat(200_000)}`)).toBe(false);
  });
  expect(cost).toBeLessThan(1_000);
});

test('incident: what a document writes in place of a value was told as an account and as marks of the device', () => {
  for (const value of ['your_user_id', 'YourUserId', 'example-user-id'])
    expect(is('account_id', 'user_id', value, 'query'), value).toBe(true);
  for (const value of ['your_friend_wang', 'yolanda', 'examplar_user_id'])
    expect(is('account_id', 'user_id', value, 'query'), value).toBe(false);
  expect(is('nickname', 'nickname', 'string')).toBe(true);
  expect(is('nickname', 'nickname', 'stringer')).toBe(false);
  expect(is('hardware_params', 'bootMark', 'BootMark')).toBe(true);
  expect(is('hardware_params', 'boot_mark', '6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0')).toBe(false);
  expect(is('hardware_params', 'bluetooth', 'bluetooth'), 'one word may be the answer').toBe(false);
});

test('incident: what could not be told of a device was told as its model, its carrier and its system (unknown_model)', () => {
  for (const value of ['Unknown Model', 'unknown_device', '未知机型', 'Desconocido', 'not available', '获取失败'])
    for (const [id, key] of [
      ['device_model', 'deviceModel'],
      ['sim_operator', 'carrier'],
      ['os_version', 'osVersion'],
      ['hardware_params', 'cpu'],
    ] as const)
      expect(is(id, key, value, 'query'), `${key}=${value}`).toBe(true);
  expect(is('device_model', 'deviceModel', 'MI 8')).toBe(false);
  expect(is('nickname', 'nickname', 'Unknown Device'), 'people call themselves so').toBe(false);
});

test('an identifier that could not be told is no feature: its attempt is told elsewhere', () => {
  const [field] = decodedOf([{ path: 'body.$.imei', keys: ['imei'], value: 'unknown' }]).fields;
  const [imei, model] = ['imei', 'device_model'].map((id) => dataTypes.find((each) => each.id === id));
  if (field === undefined || imei === undefined || model === undefined) throw new Error('no data type');
  expect(isUntold(field, 'unknown', imei)).toBe(false);
  expect(isUntold(field, 'unknown', model)).toBe(true);
});

test('an identifier that somebody typed is nobody’s, and a number that is given out may be a tester’s', () => {
  const type = (id: string) => {
    const found = dataTypes.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no data type ${id}`);
    return found;
  };
  for (const id of ['android_id', 'oaid', 'idfa', 'gaid', 'idfv', 'device_uuid', 'device_serial', 'push_token']) {
    expect(isTyped('0123456789ABCDEF', type(id)), id).toBe(true);
    expect(isNobodys('12345678-1234-1234-1234-123456789012', type(id)), id).toBe(true);
    expect(isNobodys('00000000-0000-0000-0000-000000000000', type(id)), id).toBe(true);
    expect(isNobodys('3f9d1c7ab0e25486', type(id)), id).toBe(false);
  }
  for (const id of ['imei', 'meid', 'imsi', 'iccid', 'mac_address']) expect(isNobodys('123456789012347', type(id)), id).toBe(false);
  for (const id of ['phone_number', 'account_id', 'auth_token']) expect(isTyped('abcdabcdabcdabcd', type(id)), id).toBe(false);
});
