import type { JSX } from 'preact';
import type { SessionDiff } from '../../options.js';
import { consentHalves } from '../consent-halves.js';
import { rankOf } from '../facts.js';
import { moment, visible, whole } from '../format.js';
import { net } from '../net.js';
import { address, counted, go, server, session, sessions } from '../state.js';
import { named, said, type TextKey, t } from '../text/index.js';
import { AcceptedTag } from './acceptance.js';
import { useAsked } from './answer.js';
import { typeName } from './finding-list.js';
import { PlainVerdict } from './verdict.js';
import { Waiting } from './waiting.js';

type Entry = SessionDiff['new'][number];

function EntryLine({ entry, note }: { readonly entry: Entry; readonly note?: JSX.Element }): JSX.Element {
  return (
    <li>
      <PlainVerdict verdict={entry.verdict} /> <b>{said(entry.dataTypeName)}</b> → <span class="host">{visible(entry.host)}</span>{' '}
      {entry.company === null ? null : <span class="sub">{visible(said(entry.company))}</span>} {note}
    </li>
  );
}

function Column({
  title,
  count,
  children,
}: {
  readonly title: TextKey;
  readonly count: number;
  readonly children: JSX.Element[];
}): JSX.Element {
  return (
    <section class="card">
      <h3>
        {t(title)} <span class="number">{whole(count)}</span>
      </h3>
      {count === 0 ? <p class="sub">–</p> : <ul class="diff-list">{children}</ul>}
    </section>
  );
}

function caveatText(caveat: string): string {
  const [, side, kind = caveat] = /^(before|after)-(.+)$/.exec(caveat) ?? [];
  const text = named('compare.caveat', kind);
  return side === undefined ? text : `${t(side === 'before' ? 'compare.before' : 'compare.after')}: ${text}`;
}

function SessionsDiff({ before, after }: { readonly before: string; readonly after: string }): JSX.Element {
  const query = new URLSearchParams({ before, after });
  const asked = useAsked<SessionDiff>(() => net.get(`/api/diff?${query}`), [], `${before} ${after}`);
  const diff = asked.answer;
  if (diff === null) return <Waiting asked={asked} />;
  return (
    <>
      {diff.caveats.length === 0 ? null : (
        <ul class="warn diff-caveats">
          {diff.caveats.map((caveat) => (
            <li key={caveat}>{caveatText(caveat)}</li>
          ))}
        </ul>
      )}
      <div class="diff">
        <Column title="compare.new" count={diff.new.length}>
          {diff.new.map((entry, index) => (
            <EntryLine key={index} entry={entry} />
          ))}
        </Column>
        <Column title="compare.gone" count={diff.gone.length}>
          {diff.gone.map((entry, index) => (
            <EntryLine key={index} entry={entry} />
          ))}
        </Column>
        <Column title="compare.changed" count={diff.changed.length}>
          {diff.changed.map(({ before: was, after: is, what }, index) => (
            <EntryLine
              key={index}
              entry={is}
              note={
                <span class="sub">
                  {what.includes('verdict') ? (
                    <>
                      {t('compare.was')} <PlainVerdict verdict={was.verdict} />{' '}
                    </>
                  ) : null}
                  {what
                    .filter((one) => one !== 'verdict')
                    .map((one) => named('compare.what', one))
                    .join(' · ')}
                </span>
              }
            />
          ))}
        </Column>
      </div>
      <p class="sub">{t('compare.same', { n: whole(diff.same) })}</p>
    </>
  );
}

/** Two halves of the session that is shown, by its marked scenes; no second session is needed. */
function ConsentDiff(): JSX.Element {
  const halves = consentHalves(counted.value, session.value?.scenes ?? []);
  if (halves === null) return <p>{t('compare.noScenes')}</p>;
  const column = (title: TextKey, rows: (typeof halves)['new']) => (
    <Column title={title} count={rows.length}>
      {[...rows]
        .sort((a, b) => rankOf(a) - rankOf(b))
        .map((row) => (
          <li key={row.id}>
            <button type="button" class="link" onClick={() => go({ view: 'findings', finding: row.id, filter: '', compare: null }, true)}>
              <PlainVerdict verdict={row.verdict} /> <b>{typeName(row.dataType)}</b> → <span class="host">{visible(row.party.host)}</span>{' '}
              <AcceptedTag id={row.id} />
            </button>
          </li>
        ))}
    </Column>
  );
  return (
    <>
      <div class="diff">
        {column('compare.onlyBefore', halves.gone)}
        {column('compare.both', halves.both)}
        {column('compare.onlyAfter', halves.new)}
      </div>
      {halves.elsewhere === 0 ? null : <p class="sub">{t('compare.elsewhere', { n: whole(halves.elsewhere) })}</p>}
    </>
  );
}

/** What one session sends that another does not: builds, versions, before and after consent. */
export function Compare(): JSX.Element | null {
  const offered = server.value?.offers.includes('diff') === true && sessions.value.length > 1;
  const { compare } = address.value;
  const [before = '', after = ''] = compare === null || compare === 'consent' ? [] : compare.split('..');
  const known = (id: string) => sessions.value.some((row) => row.session.id === id);
  const choose = (next: { readonly before?: string; readonly after?: string }) =>
    go({ compare: `${next.before ?? before}..${next.after ?? after}` });
  const picker = (side: 'before' | 'after', value: string) => (
    <label>
      <span>{t(`compare.${side}`)}</span>
      <select value={value} onChange={({ currentTarget }) => choose({ [side]: currentTarget.value })}>
        <option value="">{t('compare.choose')}</option>
        {sessions.value.map((row) => (
          <option key={row.session.id} value={row.session.id}>
            {row.session.subject.app === null ? t('app.none') : visible(row.session.subject.app)} · {moment(row.session.startedAt)}
          </option>
        ))}
      </select>
    </label>
  );
  if (!offered && session.value === null) return null;
  return (
    <section class="compare">
      <h2>{t('compare.title')}</h2>
      <div class="work-tools">
        {offered ? (
          <>
            {picker('before', before)}
            {picker('after', after)}
          </>
        ) : null}
        {session.value === null ? null : (
          <button
            type="button"
            class="button"
            aria-pressed={compare === 'consent'}
            onClick={() => go({ compare: compare === 'consent' ? null : 'consent' }, true)}
          >
            {t('compare.consent')}
          </button>
        )}
      </div>
      {compare === 'consent' ? <ConsentDiff /> : null}
      {offered && known(before) && known(after) ? <SessionsDiff before={before} after={after} /> : null}
    </section>
  );
}
