import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Issue } from '../../../model/finding.js';
import type { FindingRow } from '../../trail.js';
import { isSearching } from '../body-search.js';
import { acceptances } from '../edits.js';
import { companyOf, partyWord } from '../facts.js';
import { clock, visible, whole } from '../format.js';
import { address, allFindings, counted, filtered, go, isRunning, live, mutedCount, rules, session, unmute } from '../state.js';
import { language, purposeSaid, said, type TextKey, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { Icon } from './icon.js';
import { GradeWord, toneOf, VerdictWord } from './verdict.js';
import { ListRow, WindowList } from './window-list.js';

const ROW_HEIGHT = 56;
/** Rows whose elements are remembered; a window shows fewer than 60. */
const ELEMENTS_KEPT = 400;

const checkNames = computed(() => new Map((rules.value?.checks ?? []).map(({ id, name }) => [id, name])));

/** Short name of an issue; its whole sentence stands in the detail. */
export function issueName({ check, text }: Pick<Issue, 'check' | 'text'>): string {
  return said(checkNames.value.get(check) ?? text);
}

const types = computed(() => new Map((rules.value?.dataTypes ?? []).map((type) => [type.id, type])));

export function typeName(id: string): string {
  const type = types.value.get(id);
  if (type !== undefined) return said(type.name);
  // Not a type of the rules: what the detector calls bytes that resisted every decoder.
  return id === 'opaque_payload' ? t('list.opaque') : visible(id);
}

/** The id of a type that a person wrote: the id itself, or its name in either language; otherwise what was written. */
export function typeIdOf(written: string): string {
  const text = written.trim();
  if (types.value.has(text)) return text;
  const lower = text.toLowerCase();
  const named = [...types.value.values()].find(({ name }) => name.zh === text || name.en.toLowerCase() === lower);
  return named?.id ?? text;
}

/** Company (or host) and what it is to the app. */
export function receiverWords(row: Pick<FindingRow, 'party'>): { readonly name: string; readonly role: string } {
  const { party } = row;
  const company = companyOf(party, language.value === 'en');
  const purpose = party.purpose === null || party.purpose === 'first_party' ? [] : [purposeSaid(party.purpose)];
  return {
    name: company === null ? t(party.firstParty === true ? 'party.own' : 'party.noCompany') : visible(company),
    role: [t(`party.${partyWord(party)}`), ...purpose].join(' · '),
  };
}

function sceneName(row: FindingRow): string {
  const scene = session.value?.scenes.find(({ id }) => id === row.trail?.scene);
  return scene === undefined ? '–' : visible(scene.name);
}

function Place({ row }: { readonly row: FindingRow }): JSX.Element {
  const { trail, party } = row;
  const url = trail?.url ?? '';
  const path = url.slice(url.indexOf('/', url.indexOf('://') + 3));
  return (
    <>
      <span class="line host">
        {trail?.secure === false ? <b class="tag tag-bad">HTTP</b> : null}
        {visible(party.host)}
      </span>
      <span class="line sub mono">{trail === null ? '' : `${trail.method} ${visible(path)}`}</span>
    </>
  );
}

function Row({ row, index, compact }: { readonly row: FindingRow; readonly index: number; readonly compact: boolean }): JSX.Element {
  const { name, role } = receiverWords(row);
  const selected = address.value.finding === row.id;
  const [first] = row.issues;
  const choose = () => go({ finding: selected ? null : row.id }, true);
  return (
    <ListRow index={index} selected={selected} look={`${toneOf(row)}-edge`} choose={choose}>
      <span class="cell cell-verdict" role="cell">
        <span class="line">
          <VerdictWord row={row} />
          <AcceptedTag id={row.id} />
        </span>
        <span class="line sub">
          {first === undefined ? null : (
            <>
              <span class={first.severity === 'high' ? 'bad' : ''}>{issueName(first)}</span>
              {row.issues.length > 1 ? ` +${row.issues.length - 1}` : ''}
            </>
          )}
        </span>
      </span>
      <span class="cell cell-type" role="cell">
        <span class="line strong">{typeName(row.dataType)}</span>
        <span class="line sub">
          <GradeWord grade={row.grade} />
          <span class="mono masked">{row.placeholder ? t('list.placeholder') : visible(row.trail?.masked ?? '')}</span>
        </span>
      </span>
      <span class="cell cell-receiver" role="cell">
        <span class="line">{name}</span>
        <span class={`line sub party-${partyWord(row.party)}`}>{role}</span>
      </span>
      {compact ? null : (
        <>
          <span class="cell cell-place" role="cell">
            <Place row={row} />
          </span>
          <span class="cell cell-scene" role="cell" title={sceneName(row)}>
            {sceneName(row)}
          </span>
        </>
      )}
      <span class="cell cell-count" role="cell">
        <span class="line number">{whole(row.count)}</span>
        <span class="line sub number cell-last-narrow">{clock(row.lastSeen)}</span>
      </span>
      <span class="cell cell-last number" role="cell">
        {clock(row.lastSeen)}
      </span>
    </ListRow>
  );
}

function Head({ compact }: { readonly compact: boolean }): JSX.Element {
  return (
    <div class="row list-head" role="row">
      <span class="cell cell-verdict" role="columnheader">
        {t('list.verdict')}
      </span>
      <span class="cell cell-type" role="columnheader">
        {t('list.type')}
      </span>
      <span class="cell cell-receiver" role="columnheader">
        {t('list.receiver')}
      </span>
      {compact ? null : (
        <>
          <span class="cell cell-place" role="columnheader">
            {t('list.place')}
          </span>
          <span class="cell cell-scene" role="columnheader">
            {t('list.scene')}
          </span>
        </>
      )}
      <span class="cell cell-count" role="columnheader">
        {t('list.count')}
      </span>
      <span class="cell cell-last" role="columnheader">
        {t('list.last')}
      </span>
    </div>
  );
}

function quietWords(): readonly [TextKey, TextKey] {
  if (isRunning.value) return ['list.quiet', 'list.quietNext'];
  if ((live.value?.counters.exchanges ?? 0) === 0) return ['list.noTraffic', 'list.noTrafficNext'];
  return ['list.quietEnded', 'list.quietEndedNext'];
}

/** Why no finding is on screen: none there, or none that the filter lets through. */
export function Nothing(): JSX.Element {
  const searching = counted.value.length > 0;
  // No hits before the store has answered would pass for none there.
  if (searching && isSearching.value)
    return (
      <p class="nothing" role="status">
        {t('filter.searching')}
      </p>
    );
  const [words, next] = searching ? (['list.nothing', 'list.nothingNext'] as const) : quietWords();
  return (
    <div class="nothing">
      <strong>{t(words)}</strong>
      <p>{t(next)}</p>
      {searching ? (
        <button type="button" class="button" onClick={() => go({ filter: '', muted: [] })}>
          {t('filter.clear')}
        </button>
      ) : null}
    </div>
  );
}

/** What the reader keeps out of every view of findings, each to be taken back. */
export function Muted(): JSX.Element | null {
  const { muted } = address.value;
  if (muted.length === 0) return null;
  return (
    <p class="muted">
      <span>{t('mute.lead', { n: whole(mutedCount.value) })}</span>
      {muted.map((one) => (
        <button key={one} type="button" class="type-chip" title={t('mute.back')} onClick={() => unmute(one)}>
          {visible(one)}
          <Icon name="close" />
        </button>
      ))}
    </p>
  );
}

/**
 * The findings, newest first. While the reader is scrolled down, the list stands still: what arrives waits behind the "n new"
 * pill, and rows that are on screen only change their counts.
 */
export function FindingList({ compact }: { readonly compact: boolean }): JSX.Element {
  const [atTop, setAtTop] = useState(true);
  const held = useRef<{ readonly key: string; readonly ids: readonly string[] } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const rows = filtered.value;
  const key = JSON.stringify([address.value.filter, address.value.muted, address.value.sort, session.value?.id]);
  if (atTop || held.current?.key !== key) held.current = { key, ids: rows.map(({ id }) => id) };
  const { ids } = held.current;
  const shown = useMemo(() => {
    if (atTop) return rows;
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }, [rows, ids, atTop]);
  // A row that did not change keeps its element, which preact then skips: a frame costs what changed, not what is on screen.
  const elements = useRef(new Map<string, { readonly row: FindingRow; readonly index: number; readonly element: JSX.Element }>());
  const elementOf = (row: FindingRow, index: number): JSX.Element => {
    const known = elements.current.get(row.id);
    if (known?.row === row && known.index === index) return known.element;
    const element = <Row key={row.id} row={row} index={index} compact={compact} />;
    if (elements.current.size > ELEMENTS_KEPT) elements.current.clear();
    elements.current.set(row.id, { row, index, element });
    return element;
  };
  useMemo(() => elements.current.clear(), [compact, acceptances.value]);
  const fresh = rows.length - shown.length;
  const selected = address.value.finding === null ? -1 : shown.findIndex(({ id }) => id === address.value.finding);
  const [follow, setFollow] = useState<string | null>(null);
  // The selection is scrolled to when it changes, not each time rows arrive above it.
  useEffect(() => setFollow(address.value.finding), [address.value.finding]);
  const hidden = allFindings.value.length - counted.value.length;
  return (
    <section class={`list ${compact ? 'list-compact' : ''}`} aria-label={t('list.title')} ref={box}>
      <Muted />
      {shown.length === 0 ? (
        <Nothing />
      ) : (
        <WindowList
          count={shown.length}
          rowHeight={ROW_HEIGHT}
          label={t('list.title')}
          selected={follow !== null && selected >= 0 && shown[selected]?.id === follow ? selected : null}
          onTop={setAtTop}
          head={<Head compact={compact} />}
          row={(index) => {
            const row = shown[index];
            return row === undefined ? null : elementOf(row, index);
          }}
        />
      )}
      {fresh > 0 && !atTop ? (
        <button
          type="button"
          class="pill"
          onClick={() => {
            box.current?.querySelector('.window')?.scrollTo({ top: 0 });
            setAtTop(true);
          }}
        >
          ↑ {t('list.new', { n: whole(fresh) })}
        </button>
      ) : null}
      {hidden > 0 ? <p class="list-note">{t('list.hidden', { n: hidden })}</p> : null}
      <p class="hidden" aria-live="polite">
        {`${t('tab.findings')} ${whole(live.value?.counters.findings ?? 0)}`}
      </p>
    </section>
  );
}
