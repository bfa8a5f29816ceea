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

  it('incident: the numbers of the rows of a table were those of the phone', () => {
    const uuid = (index: number) => `6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f${index}`;
    const rows = [0, 1, 2, 3].map((index) => ({ uuid: uuid(index), category: 'network', comment: 'a' }));
    expect(sure({ rows })).toEqual([]);
    expect(sure({ rows: rows.map((row) => ({ ...row, uuid: uuid(0) })) })).toHaveLength(4);
    // A device under a name of its own is one, wherever it stands.
    expect(sure({ rows: rows.map(({ uuid: deviceId }) => ({ deviceId })) })).toHaveLength(4);
  });

  it('incident: whoever wrote the comments that a page shows was the user; friends stay what an app knows of its user', () => {
    const people = [1, 2, 3].map((index) => ({ uid: `1000222${index}`, nickname: `阿猫${'甲乙丙'[index - 1]}` }));
    expect(sure({ comments: people })).toEqual([]);
    expect(sure({ data: { commentList: people, rank_list: people } }).filter((each) => each.includes('rank_list'))).toEqual([]);
    expect(sure({ comments: people.slice(0, 2) })).toEqual([]);
    expect(sure({ friends: people.slice(0, 2) }).length).toBeGreaterThan(3);
    expect(sure({ friends: people }).length).toBeGreaterThan(0);
    expect(sure({ comments: people.map(() => ({ uid: '10002221', text: 'a' })) })).toHaveLength(3);
  });

  it('incident: a list of carriers was that of the SIM', () => {
    expect(sure({ operators: ['46000', '46001', '46003'].map((mccmnc) => ({ mccmnc, area: 1 })) })).toEqual([]);
    expect(sure({ sims: ['46000', '46001'].map((mccmnc) => ({ mccmnc })) })).toHaveLength(2);
  });

  it('incident: a table by names was told member by member: gods by their sex, countries by their language', () => {
    const members = (make: (index: number) => object, count = 9) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`name ${index}`, make(index)]));
    const languages = ['zh-CN', 'en', 'ja', 'de', 'fr', 'it', 'ko', 'pt', 'nl'];
    expect(sure({ gods: members((index) => ({ genders: [index % 2 === 0 ? 'male' : 'female'], keywords: ['a'] })) })).toEqual([]);
    expect(sure({ countries: members((index) => ({ lang: languages[index], area: 1 })) })).toEqual([]);
    // Some parts of a report have a name in common, and what they repeat is the phone's.
    expect(sure({ parts: members((index) => ({ lang: languages[index], area: 1 }), 3) })).toHaveLength(3);
    expect(sure({ parts: members(() => ({ lang: 'zh-CN', area: 1 })) })).toHaveLength(9);
  });

  it('leaves what it has nothing to say about as it is', () => {
    const none: [] = [];
    expect(withoutCatalogues(none)).toBe(none);
  });
});
