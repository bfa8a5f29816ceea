import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName, tokensOf } from '../keys.js';

/** `/search?query=…`: what is sent under the plainest of names to an address that searches are sent to is what somebody looks for. */
const NAMES = /^(?:key|q|query|keyword|keywords|kw|word|words|text|input|term|searchkey|searchvalue|searchstr|inputtext)$/;
/** What lists are paged by: whatever typed word stands beside them under the names of a query is what they are searched for. */
const PAGED = /^(?:page|pageno|pagenum|pageindex|pagesize|perpage|limit|offset|rows|cursor)$/;
/** `q=memberShareFeed` names the way of asking (Rest.li protocol, finders), whose lists begin at `start` and count; `q=auto&size=200` is a picture's quality. */
const FINDER = /^[a-z]+(?:[A-Z][a-z]+)+$/;
const QUERIES = /^(?:q|searchkey|searchvalue|searchstr)$/;
/** `appsearch` and `wsearch` too: what an app calls the one of its searches; not research, and no program for searching. */
const SEARCHING = /^(?:(?!re|elastic|open)[a-z]{0,8}search|searches|suggest|suggests|suggestion|suggestions|sug|autocomplete|typeahead)$/;
/** Words as they are typed: no number, switch, identifier, expression or address. */
const TYPED = /^(?=.*\p{L})(?!(?:true|false|null|undefined|all|none)$)[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'’&+-]{0,59}$/iu;
const IDENTIFIER = /^(?=.*\d)[0-9a-f-]{16,}$|^(?=.*\d)[\w-]{24,}$/i;

export const composite: Composite = {
  named: (keys) => NAMES.test(leafName(keys)),
  triggers: (_, named) => named,
  spares: true,
  find(scope) {
    const searched = isSearch(scope);
    const paged = !searched && isPaged(scope);
    if (!searched && !paged) return [];
    const sure = surePaths(scope.candidates);
    const found: CompositeFinding[] = [];
    for (const field of scope.decoded.fields)
      if (isFilledIn(field) && !sure.has(field.path) && isAsked(field, searched) && isTyped(field.value.trim()))
        found.push({ candidate: readTogether(scope.decoded, field, 'search_query', line), absorbs: [] });
    return found;
  },
};

/** A list that is paged is searched by what its own parameters say; `key` opens an account with a service as often, but not in Han characters. */
function isAsked({ part, keys, value }: Field, searched: boolean): boolean {
  const name = leafName(keys);
  if (!searched) return part === 'query' && keys.length === 1 && QUERIES.test(name) && value.trim().length > 2 && !FINDER.test(value);
  return NAMES.test(name) && (name !== 'key' || (keys.length === 1 && /\p{Script=Han}/u.test(value)));
}

function isPaged({ decoded }: CompositeScope): boolean {
  return decoded.fields.some(({ part, keys, value }) => part === 'query' && PAGED.test(leafName(keys)) && /^\d{1,5}$/.test(value));
}

/** Whether a word of the message's own address says that it is searched there. */
function isSearch({ decoded }: CompositeScope): boolean {
  return decoded.fields.some(
    ({ part, path, value }) => part === 'url' && path.startsWith('url.path[') && tokensOf(value).some((word) => SEARCHING.test(word)),
  );
}

/** The form itself, not an address that it quotes. */
function isFilledIn({ part, path, kind, keys }: Field): boolean {
  return (part === 'query' || part === 'body') && kind === 'string' && keys.length > 0 && !path.includes('|url.');
}

function isTyped(text: string): boolean {
  return TYPED.test(text) && !IDENTIFIER.test(text);
}

const line = {
  rule: 'search-form',
  text: {
    zh: '发往搜索地址，或与列表页码同处的输入文字',
    en: 'text that is sent to an address for searching, or beside the page of a list',
  },
} as const;
