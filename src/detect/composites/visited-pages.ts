import type { Field } from '../../model/field.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName, phraseOf } from '../keys.js';

/**
 * What a browser keeps of the pages that were looked at: `history: [{ url, title, time }]`. The way through an app’s own pages, and the
 * redirects of a request, stay on one site; what somebody reads on several is told to nobody but the browser.
 */
const LIST = /(?:^| )(?:history|histories|browsed|visited|visits?|browse|browsing)(?: |$)|浏览|历史/;
const ADDRESS = /^(?:url|link|href|uri|pageurl|weburl|siteurl)$/;
const TITLE = /^(?:title|pagetitle|webtitle)$/;
/** What a page is made of: programs, styles, pictures. */
const MADE_OF = /\.(?:js|mjs|css|json|png|jpe?g|gif|webp|svg|ico|woff2?|ttf|mp[34]|m3u8|ts|wasm)(?:[?#]|$)/i;
const MOMENT = /(?:time|date|ts|timestamp|visited|at)$/;
const PAGE = /^https?:\/\/([^/?#\s]+)/i;
const SITES = 2;

export const composite: Composite = {
  named: (keys) => ADDRESS.test(leafName(keys)) && keys.slice(0, -1).some((key) => LIST.test(phraseOf(key))),
  triggers: ({ value, path }, named) => named && path.includes('[') && PAGE.test(value),
  find({ lists, decoded }) {
    return lists.flatMap(({ path, keys, elements }): CompositeFinding[] => {
      if (!keys.some((key) => LIST.test(phraseOf(key)))) return [];
      const pages = elements.filter(isPage);
      const sites = new Set(pages.map((page) => siteOf(page.find(isAddress))));
      const first = pages[0]?.[0];
      if (first === undefined || sites.size < SITES) return [];
      const candidate = readAsOne(decoded, first, {
        dataType: 'browsing_history',
        grade: 'probable',
        value: firstOf(pages, ' ', '; '),
        path,
        trace: [
          {
            rule: 'visited-pages',
            text: {
              zh: `${pages.length} 个网页的网址、标题和时间，来自 ${sites.size} 个网站`,
              en: `addresses, titles and times of ${pages.length} pages of ${sites.size} sites`,
            },
          },
        ],
        passRate: 1e-4,
      });
      return [{ candidate, absorbs: [] }];
    });
  },
};

function isAddress({ keys, value }: Field): boolean {
  return ADDRESS.test(leafName(keys)) && PAGE.test(value) && !MADE_OF.test(value);
}

function siteOf(field: Field | undefined): string {
  return PAGE.exec(field?.value ?? '')?.[1]?.toLowerCase() ?? '';
}

function isPage(element: readonly Field[]): boolean {
  const has = (name: RegExp) => element.some(({ keys, value }) => value.trim() !== '' && name.test(leafName(keys)));
  return element.some(isAddress) && has(TITLE) && has(MOMENT);
}
