import { expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const warm = (body: object, url = 'https://api.example.com/x') =>
  detector
    .detect(decodeRequest(request({ url, body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'body_metrics' && grade !== 'candidate')
    .map(({ path }) => path);

it('incident: the temperature in a daily report of health was not seen', () => {
  expect(warm({ temperature: '36.5' }, 'https://api.example.com/health/save.json')).toEqual(['body.$.temperature']);
  expect(warm({ isFever: 0, noonTemperature: '36.5°C~36.9°C', temperature: '36"C~36.5°C' })).toEqual([
    'body.$.noonTemperature',
    'body.$.temperature',
  ]);
});

it('takes no temperature of a battery, of a room or of the weather', () => {
  expect(warm({ temperature: '36.5' })).toEqual([]);
  expect(warm({ temperature: 36.5, health: 2, level: 87, voltage: 4100 }, 'https://api.example.com/health')).toEqual([]);
  expect(warm({ battery: { temperature: 36.5, health: 2 } }, 'https://api.example.com/health')).toEqual([]);
  expect(warm({ temperature: 22, nightTemperature: 18 }, 'https://api.example.com/health/room')).toEqual([]);
  expect(warm({ temperature: 36.5, humidity: 40 }, 'https://api.example.com/health')).toEqual([]);
});

it('incident: a form in Chinese asked for today’s temperature beside symptoms, and for three of a day, and neither was seen', () => {
  expect(warm({ 是否有以下症状: '无', 今日体温: '36.4' })).toEqual(['body.$.今日体温']);
  expect(warm({ morning: '36.1℃', afternoon: '36.4℃', night: '36.3℃' })).toEqual(['body.$.morning', 'body.$.afternoon', 'body.$.night']);
  expect(warm({ 早上: '36.1℃', 晚上: '36.6℃' })).toEqual(['body.$.早上', 'body.$.晚上']);
  expect(warm({ morning: '35.1℃', afternoon: '38.4℃', night: '36℃' }), 'a hot day').toEqual([]);
  expect(warm({ morning: '36.1', night: '36.3' }), 'of what').toEqual([]);
  expect(warm({ morning: '36.1℃', night: '36.3℃', humidity: 40 })).toEqual([]);
  expect(warm({ 水体温: '36.4', 是否有以下症状: '无' })).toEqual([]);
});

it('incident: temperatures of yesterday and today beside the colour of a health code were not seen', () => {
  expect(warm({ todayMorningTemperature: '36°C~36.5°C', yesterdayMiddayTemperature: '36.4', healthColor: '绿色' })).toEqual([
    'body.$.todayMorningTemperature',
    'body.$.yesterdayMiddayTemperature',
  ]);
  expect(warm({ todayMorningTemperature: '36°C~36.5°C', healthIndex: 3 }), 'a forecast').toEqual([]);
});
