import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const page = (site: string, n: number) => ({ url: `https://${site}/p/${n}.html`, title: `示例页面${n}`, time: 1763604000 + n });

describe('visited pages', () => {
  it('incident: the whole history of a browser, sent as a list, was passed over', () => {
    const history = [page('www.clinic.example', 1), page('m.forum.example', 2)];
    expect(sure({ history })).toEqual([['browsing_history', 'probable', 'body.$.history']]);
    expect(sure({ data: { visited: history } })).toEqual([['browsing_history', 'probable', 'body.$.data.visited']]);
  });

  it('takes the way through one site, links without a title or a time, and lists of other names for none', () => {
    expect(sure({ history: [page('app.own.example', 1), page('app.own.example', 2)] })).toEqual([]);
    const bare = [page('www.clinic.example', 1), page('m.forum.example', 2)];
    expect(sure({ history: bare.map(({ url, time }) => ({ url, time })) })).toEqual([]);
    expect(sure({ history: bare.map(({ url, title }) => ({ url, title })) })).toEqual([]);
    expect(sure({ links: bare })).toEqual([]);
    expect(sure({ history: bare.map((page, n) => ({ ...page, url: `https://cdn${n}.example/app.js` })) })).toEqual([]);
  });
});
