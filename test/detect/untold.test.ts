import { expect, it } from 'vitest';
import { isUntoldText } from '../../src/detect/untold.js';

it.each([
  'Unknown Model',
  'unknown',
  'UNKNOWN_DEVICE',
  'unknown unknown',
  '<unknown>',
  'Device not supported',
  'default',
  'other',
  'No permission',
  'modelo desconocido',
  'appareil inconnu',
  'unbekannte',
  'Неизвестно',
  'không xác định',
  '未知',
  '未知设备',
  '其他品牌',
  '无法获取运营商',
  '获取失败',
  '不明な端末',
  '알 수 없음',
])('%s says that it could not be told', (value) => {
  expect(isUntoldText(value)).toBe(true);
});

it.each([
  'MI 8',
  'Android unknown',
  'Others Mobile 5',
  'none',
  'NA',
  'Nothing Phone (2)',
  'Default 12 Pro Max Ultra Edition Of The Year',
  'Error 404 Phone',
  '其他安卓',
  '无限',
  'device',
  '10',
  '',
])('%s says something, or nothing that it knows of', (value) => {
  expect(isUntoldText(value)).toBe(false);
});
