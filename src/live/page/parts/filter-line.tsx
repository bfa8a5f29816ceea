import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { GRADES, VERDICTS } from '../../../model/finding.js';
import { SORTS, type View } from '../address.js';
import { bodyHits, isSearching } from '../body-search.js';
import { labelOf } from '../devices.js';
import { isSearched, OPERATOR_WORDS, OPERATORS, type Operator, operatorOf, TEXT_LENGTH, termText } from '../filter.js';
import { whole } from '../format.js';
import { address, counted, filter, filtered, rules, session, setFilter, setSort } from '../state.js';
import { refusalWords, said, t } from '../text/index.js';
import { issueName } from './finding-list.js';
import { Icon } from './icon.js';
import { SavedFilters } from './saved-filters.js';

/** Views that show only what the filter lets through. */
const FILTERED = new Set<View>(['findings', 'matrix', 'timeline', 'requests']);

let field: HTMLInputElement | null = null;

/** @returns false where no filter is in sight: the letters typed next would be taken for keys of the page. */
export function focusFilter(): boolean {
  if (field === null || !field.checkVisibility()) return false;
  field.focus();
  field.select();
  return true;
}

/** What a reader must know about how the text was searched. */
export function searchNotes({
  depth,
  cut,
  partly,
}: {
  readonly depth: number;
  readonly cut: boolean;
  readonly partly: number | null;
}): readonly string[] {
  return [
    ...(depth === 0 ? [t('filter.shallow')] : depth === 1 ? [t('filter.beginnings')] : []),
    ...(cut ? [t('filter.cut')] : []),
    ...(partly === null ? [t('filter.partlyMaybe')] : partly > 0 ? [t('filter.partly', { n: whole(partly) })] : []),
  ];
}

/** What of the line's texts is not looked for in the requests, or not wholly. */
function textNotes(): readonly string[] {
  const texts = filter.value.terms.filter(({ operator }) => operator === null).map(({ value }) => value);
  return [
    ...(isSearching.value ? [t('filter.searching')] : []),
    ...(texts.some((text) => text.length > TEXT_LENGTH) ? [t('filter.long', { n: TEXT_LENGTH })] : []),
    ...(address.value.view === 'requests' || texts.every(isSearched) ? [] : [t('filter.short')]),
  ];
}

interface Suggestion {
  readonly text: string;
  readonly name: string;
}

/** Values that occur in this session, for the operator being typed. */
function valuesOf(operator: Operator): readonly Suggestion[] {
  const rows = counted.value;
  const once = (values: readonly Suggestion[]) => [...new Map(values.map((one) => [one.text, one])).values()];
  switch (operator) {
    case 'verdict':
      return VERDICTS.map((id) => ({ text: termText(operator, id), name: t(`verdict.${id}`) }));
    case 'grade':
      return GRADES.map((id) => ({ text: termText(operator, id), name: t(`grade.${id}`) }));
    case 'party':
      return (['first', 'third', 'unknown'] as const).map((id) => ({ text: termText(operator, id), name: t(`party.${id}`) }));
    case 'type':
      return once(
        rows.map(({ dataType }) => {
          const name = rules.value?.dataTypes.find(({ id }) => id === dataType)?.name;
          return { text: termText(operator, dataType), name: name === undefined ? dataType : said(name) };
        }),
      );
    case 'host':
      return once(
        rows.map(({ party }) => ({ text: termText(operator, party.host), name: party.company === null ? '' : said(party.company) })),
      );
    case 'issue':
      return once(rows.flatMap(({ issues }) => issues.map((issue) => ({ text: termText(operator, issue.check), name: issueName(issue) }))));
    case 'app':
      return once(
        rows.map(({ app }) => ({
          text: termText(operator, app),
          name: app === 'main' ? (session.value?.subject.app ?? t('app.none')) : '',
        })),
      );
    case 'device':
      return once(
        rows.flatMap(({ trail }) =>
          (trail?.devices ?? []).map((device) => ({ text: termText(operator, device), name: labelOf(device) ?? '' })),
        ),
      );
    case 'status':
      return once(
        rows.flatMap(({ trail }) =>
          (trail?.statuses ?? []).map((status) => ({
            text: termText(operator, status === null ? 'none' : String(status)),
            name: status === null ? t('filter.noStatus') : '',
          })),
        ),
      );
    case 'accepted':
      return (['yes', 'no'] as const).map((id) => ({ text: termText(operator, id), name: t(`filter.accepted.${id}`) }));
    case 'scene':
      return once((session.value?.scenes ?? []).map(({ consent }) => ({ text: termText(operator, consent), name: t(`scene.${consent}`) })));
  }
}

function suggestions(line: string): readonly Suggestion[] {
  const word = line.slice(line.lastIndexOf(' ') + 1);
  const bare = word.replace(/^-/, '').toLowerCase();
  const minus = word.startsWith('-') ? '-' : '';
  const colon = bare.search(/[:：]/);
  if (colon < 0)
    return OPERATORS.filter((name) => name.startsWith(bare) || OPERATOR_WORDS[name].startsWith(bare)).map((name) => ({
      text: `${minus}${name}:`,
      name: t(`filter.${name}`),
    }));
  const operator = operatorOf(bare.slice(0, colon));
  if (operator === undefined) return [];
  const begun = bare.slice(colon + 1);
  return valuesOf(operator)
    .filter(({ text, name }) => text.slice(operator.length + 1).includes(begun) || name.toLowerCase().includes(begun))
    .filter(({ text }) => text !== bare)
    .slice(0, 12)
    .map(({ text, name }) => ({ text: minus + text, name }));
}

export function FilterLine(): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const line = address.value.filter;
  const { view } = address.value;
  if (!FILTERED.has(view)) return null;
  const list = open ? suggestions(line) : [];
  const take = (one: Suggestion) => {
    const rest = line.slice(0, line.lastIndexOf(' ') + 1);
    setFilter(rest + one.text + (one.text.endsWith(':') ? '' : ' '));
    setAt(-1);
    field?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(list.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(-1, at - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && list[at] !== undefined) take(list[at]);
    else if (event.key === 'Enter') setOpen(false);
    else return;
    event.preventDefault();
  };
  const unknown = filter.value.unknown[0];
  return (
    <search class="filter">
      <div class="filter-box">
        <Icon name="search" />
        <input
          ref={(element) => {
            field = element;
          }}
          role="combobox"
          aria-label={t('filter.label')}
          aria-expanded={list.length > 0}
          aria-controls="suggestions"
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `suggestion-${at}` : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={t('filter.placeholder')}
          value={line}
          onInput={({ currentTarget }) => {
            setFilter(currentTarget.value);
            setOpen(true);
            setAt(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={keys}
        />
        {line === '' ? (
          <kbd aria-hidden="true">/</kbd>
        ) : (
          <>
            {view === 'requests' ? null : (
              <span class="filter-count number">
                {t('filter.count', { n: whole(filtered.value.length), total: whole(counted.value.length) })}
              </span>
            )}
            <button type="button" class="plain" aria-label={t('filter.clear')} onClick={() => setFilter('')}>
              <Icon name="close" />
            </button>
          </>
        )}
        <ul
          id="suggestions"
          role="listbox"
          tabIndex={-1}
          aria-label={t('filter.label')}
          class={list.length === 0 ? 'hidden' : 'suggestions'}
        >
          {list.map((one, index) => (
            // The field keeps the focus; keys move through the list there (ARIA combobox pattern).
            <li
              key={one.text}
              id={`suggestion-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <code>{one.text}</code>
              <span>{one.name}</span>
            </li>
          ))}
        </ul>
      </div>
      {unknown === undefined ? null : <small class="filter-note">{t('filter.unknown', { name: unknown })}</small>}
      {textNotes().map((note) => (
        <small key={note} class="filter-note" role="status">
          {note}
        </small>
      ))}
      {view === 'requests' || bodyHits.value === null
        ? null
        : searchNotes(bodyHits.value).map((note) => (
            <small key={note} class="filter-note">
              {note}
            </small>
          ))}
      {view === 'requests' || !bodyHits.value?.refused ? null : (
        <small class="filter-note" role="status">
          {t('filter.refused')} {refusalWords(bodyHits.value.refused)} <code>{bodyHits.value.refused.code}</code>
        </small>
      )}
      <SavedFilters line={line} />
      {view !== 'findings' ? null : (
        <select
          aria-label={t('sort.label')}
          value={address.value.sort}
          onChange={({ currentTarget }) => setSort(SORTS.find((one) => one === currentTarget.value) ?? 'newest')}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`sort.${sort}`)}
            </option>
          ))}
        </select>
      )}
    </search>
  );
}
