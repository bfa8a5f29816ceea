import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const searched = (parts: Parameters<typeof request>[0]) =>
  detector
    .detect(decodeRequest(request(parts)))
    .filter(({ dataType, grade }) => dataType === 'search_query' && grade !== 'candidate')
    .map(({ path }) => path);

describe('search-form', () => {
  it('reads plain names at an address that is searched', () => {
    expect(searched({ url: 'https://api.example.com/v3/general/search?keywords=Laptop&page=1' })).toEqual(['query.keywords']);
    expect(searched({ url: 'https://api.example.com/searchGoods.do', body: JSON.stringify({ input: '感冒药' }) })).toEqual([
      'body.$.input',
    ]);
    expect(searched({ url: 'https://api.example.com/autocomplete?q=prague' })).toEqual(['query.q']);
    expect(searched({ url: 'https://api.example.com/gw/mtop.shop.appsearch/1.0?q=%E6%89%8B%E6%9C%BA%E5%A3%B3' })).toEqual(['query.q']);
  });

  it('incident: how a list is asked for, the quality of a picture and the rows of a configuration were searches', () => {
    for (const query of ['q=memberShareFeed&count=20&start=0', 'q=viewer&count=20', 'q=auto&size=200', 'q=chronFeed&page=1'])
      expect(searched({ url: `https://api.example.com/feed?${query}` }), query).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search/config', body: JSON.stringify({ list: [{ key: '价格' }] }) })).toEqual([]);
  });

  it('reads what a list is asked for beside its page, and a key in Han characters where it is searched', () => {
    expect(searched({ url: 'https://api.example.com/api/ads.json?q=wohnung&page=0&size=2' })).toEqual(['query.q']);
    expect(searched({ url: 'https://api.example.com/v2/searchMix?key=%E4%B8%BB%E6%9C%BA&sort=1' })).toEqual(['query.key']);
    for (const query of ['q=wohnung', 'q=17&page=1', 'q=a&page=1', 'input=wohnung&page=1', 'key=wohnung&page=1', 'q=wohnung&page=first'])
      expect(searched({ url: `https://api.example.com/api/ads.json?${query}` }), query).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search?key=Example-Key' })).toEqual([]);
  });

  it('reads none elsewhere, and neither expressions nor identifiers', () => {
    expect(searched({ url: 'https://api.example.com/v3/list?keywords=Laptop' })).toEqual([]);
    for (const place of ['research', 'elasticsearch'])
      expect(searched({ url: `https://api.example.com/${place}?input=Laptop` }), place).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search?q=(and%20(phrase%20field%3Dlanguage))' })).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search?q=c6de3050843f3e3be3eb486880cf2a48' })).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search?q=1' })).toEqual([]);
    expect(searched({ url: 'https://api.example.com/search?q=true' })).toEqual([]);
  });

  it('reads no address that is quoted', () => {
    expect(searched({ url: 'https://api.example.com/search', headers: [['referer', 'https://www.example.com/?q=prague']] })).toEqual([]);
  });
});
