import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { withoutCatalogues } from '../../src/detect/catalogue.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const read = (body: unknown) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })));
const sure = (body: unknown) =>
  read(body)
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);

describe('withoutCatalogues', () => {
  it('makes clues of languages, systems, cities and addresses of which a list has many', () => {
    for (const body of [
      { translations: ['zh-CN', 'en', 'ja'].map((lang) => ({ lang, title: 'a' })) },
      { requirements: ['13', '14', '15'].map((osVersion) => ({ osVersion, build: 1 })) },
      { branches: ['深圳市', '杭州市', '成都市'].map((city) => ({ city, open: true })) },
      { answers: ['192.0.2.1', '198.51.100.2', '203.0.113.3'].map((ip) => ({ ip, ttl: 60 })) },
    ])
      expect(sure(body), JSON.stringify(body)).toEqual([]);
    const [first] = read({ translations: ['zh-CN', 'en', 'ja'].map((lang) => ({ lang })) });
    expect(first?.trace.at(-1)?.rule).toBe('many-in-list');
  });

  it('believes what the events of one phone repeat, and what changes once while they wait', () => {
    const events = (cities: readonly string[]) => ({ events: cities.map((city) => ({ city, lang: 'zh-CN', event: 'click' })) });
    expect(sure(events(['深圳市', '深圳市', '东莞市', '东莞市']))).toHaveLength(8);
  });

  it('leaves a list of plain values alone: a phone has several preferred languages', () => {
    expect(sure({ timezones: ['Asia/Shanghai', 'Asia/Tokyo', 'Europe/Paris'] })).toHaveLength(3);
  });

  it('leaves what it has nothing to say about as it is', () => {
    const none: [] = [];
    expect(withoutCatalogues(none)).toBe(none);
  });
});
