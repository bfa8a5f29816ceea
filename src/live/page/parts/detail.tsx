import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { occurrenceAnswer } from '../../answers.js';
import type { FindingRow } from '../../trail.js';
import type { ExchangeView } from '../../view/exchange-view.js';
import { passThrough } from '../edits.js';
import { clock, visible, whole } from '../format.js';
import { net, sessionPath } from '../net.js';
import { allFindings, go, isRunning, mute, server, session } from '../state.js';
import { t } from '../text/index.js';
import { isUnread } from '../text/warnings.js';
import { AcceptanceNote, AcceptButton, AcceptedTag } from './acceptance.js';
import { type Asked, useAsked } from './answer.js';
import { CopyCurl, CopyLink } from './copy.js';
import { receiverWords, typeName } from './finding-list.js';
import { Icon } from './icon.js';
import { ExchangeText } from './message.js';
import { VerdictWord } from './verdict.js';
import { Waiting } from './waiting.js';
import { Why } from './why.js';

/** True while the reader holds the button or `m`. */
export const revealed = signal(false);

type Seen = ReturnType<typeof occurrenceAnswer>;
const PAGE = 100;

interface Aim {
  readonly seq: number;
  readonly finding: string | null;
  readonly occurrence: Seen | null;
}

/** The exchange masked, and a second, clear copy only while it is held open. */
function useExchange({ seq, finding, occurrence }: Aim): Asked<ExchangeView> {
  const id = session.value?.id ?? '';
  const place =
    occurrence === null
      ? {}
      : { direction: occurrence.direction, ...(occurrence.message === null ? {} : { message: occurrence.message }), path: occurrence.path };
  const query = new URLSearchParams(Object.entries(place).map(([key, value]) => [key, String(value)]));
  const keys = [id, seq, finding, query.toString()];
  const asked = useAsked<ExchangeView>(
    () => net.get(`${sessionPath(id, 'exchanges', seq)}?${query.toString()}`),
    keys,
    JSON.stringify(keys),
  );
  const masked = asked.answer;
  const open = revealed.value;
  // Inside an encoding, one value cannot be shown in its place without its neighbours; where there are no layers to show it in,
  // all of the request is opened, and the log says so.
  const alone = masked === null || masked.layers.length > 0 || occurrence?.path.includes('|') !== true;
  const wanted = alone ? finding : null;
  const { answer: clear, failed } = useAsked<ExchangeView>(
    open ? () => net.post(sessionPath(id, 'exchanges', seq, 'reveal'), { finding: wanted, ...place }) : null,
    [...keys, wanted, open],
  );
  // Refused, it is let go: to hold on would promise values that do not come.
  useEffect(() => {
    if (failed !== null) revealed.value = false;
  }, [failed]);
  return { ...asked, answer: open && clear !== null ? clear : masked };
}

/** @param shown the values are there: until they are, nothing is shown and nothing logged. */
function Reveal({ shown }: { readonly shown: boolean }): JSX.Element {
  const hold = (event: Event) => {
    event.preventDefault();
    revealed.value = true;
  };
  const release = () => {
    revealed.value = false;
  };
  return (
    <button
      type="button"
      class={`button reveal ${revealed.value ? 'reveal-on' : ''}`}
      title={t('detail.revealKey')}
      aria-pressed={revealed.value}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onKeyDown={(event) => {
        if (event.key === ' ' || event.key === 'Enter') hold(event);
      }}
      onKeyUp={release}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Icon name="eye" />
      {t(!revealed.value ? 'detail.reveal' : shown ? 'detail.revealed' : 'detail.loading')}
      <kbd>m</kbd>
    </button>
  );
}

function Occurrences({
  row,
  list,
  at,
  choose,
  offset,
  turn,
}: {
  readonly row: FindingRow;
  readonly list: readonly Seen[];
  readonly at: number;
  readonly choose: (index: number) => void;
  readonly offset: number;
  readonly turn: (offset: number) => void;
}): JSX.Element {
  const scenes = session.value?.scenes ?? [];
  return (
    <section>
      <h3>{t('detail.occurrences', { n: whole(row.count) })}</h3>
      <ol class="occurrences">
        {list.map((one, index) => (
          <li key={`${one.exchange} ${one.message} ${one.path}`}>
            <button type="button" aria-pressed={index === at} onClick={() => choose(index)}>
              <span class="number">{clock(one.at)}</span>
              <span class="mono">{visible(one.path)}</span>
              <span class="sub">{visible(scenes.find(({ id }) => id === one.scene)?.name ?? '')}</span>
            </button>
          </li>
        ))}
      </ol>
      {row.count > PAGE ? (
        <p class="turn">
          <button type="button" class="link" disabled={offset === 0} onClick={() => turn(Math.max(0, offset - PAGE))}>
            {t('detail.older')}
          </button>
          <span class="number sub">
            {whole(offset + 1)}–{whole(offset + list.length)}
          </span>
          <button type="button" class="link" disabled={offset + PAGE >= row.count} onClick={() => turn(offset + PAGE)}>
            {t('detail.newer')}
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Pane({ row }: { readonly row: FindingRow }): JSX.Element {
  const id = session.value?.id ?? '';
  const [offset, setOffset] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  // The newest page first; it is read again when more were seen, unless the reader turned pages.
  const from = offset ?? Math.max(0, row.count - PAGE);
  const asked = useAsked<{ readonly occurrences: readonly Seen[] }>(
    () => net.get(`${sessionPath(id, 'findings', row.id)}?offset=${from}&limit=${PAGE}`),
    [from, offset === null ? row.count : 0],
    `${id} ${row.id}`,
  );
  const { answer } = asked;
  // Fewer may be stored than were counted; then the newest page is the first.
  useEffect(() => {
    if (answer !== null && answer.occurrences.length === 0 && from > 0) setOffset(0);
  }, [answer]);
  const list = [...(answer?.occurrences ?? [])].reverse();
  const keyOf = (one: Seen) => `${one.exchange} ${one.message} ${one.path}`;
  // The one being read stays, whatever arrives.
  const found = list.findIndex((one) => keyOf(one) === chosen);
  const at = Math.max(found, 0);
  const occurrence = list[at] ?? null;
  const current = occurrence === null ? null : keyOf(occurrence);
  useEffect(() => {
    if (chosen === null && current !== null) setChosen(current);
  }, [current]);
  return (
    <div class="panes">
      <div class="why">
        <Why row={row} occurrence={occurrence} />
        <Occurrences
          row={row}
          list={list}
          at={at}
          offset={from}
          turn={setOffset}
          choose={(index) => {
            const one = list[index];
            if (one !== undefined) setChosen(keyOf(one));
          }}
        />
      </div>
      {occurrence === null ? <Waiting asked={asked} /> : <Evidence key={current} row={row} occurrence={occurrence} />}
    </div>
  );
}

function Evidence({ row, occurrence }: { readonly row: FindingRow; readonly occurrence: Seen }): JSX.Element {
  const asked = useExchange({ seq: occurrence.exchange, finding: row.id, occurrence });
  const view = asked.answer;
  const steps = occurrence.steps.length === 0 ? ['–'] : occurrence.steps;
  return (
    <div class="evidence">
      <dl class="place">
        <dt>{t('detail.field')}</dt>
        <dd class="mono">{visible(occurrence.path)}</dd>
        <dt>{t('detail.steps')}</dt>
        <dd class="mono">{steps.join(' → ')}</dd>
        <dt>{t('detail.tag')}</dt>
        <dd class="mono" title={t('detail.tagHint')}>
          {visible(occurrence.masked)} · {occurrence.tag}
        </dd>
      </dl>
      {view === null ? (
        <Waiting asked={asked} />
      ) : (
        <ExchangeText
          view={view}
          isAim={(mark) => view.marks[mark]?.finding === row.id}
          side={occurrence.message === null ? occurrence.direction : 'stream'}
          tools={
            <>
              <CopyCurl view={view} />
              <Reveal shown={view.revealed} />
            </>
          }
        />
      )}
    </div>
  );
}

function BackButton(): JSX.Element {
  return (
    <button
      type="button"
      class="plain detail-close"
      aria-label={t('detail.close')}
      onClick={() => go({ finding: null, exchange: null }, true)}
    >
      <Icon name="close" />
      <Icon name="back" />
    </button>
  );
}

/** Left why, right the message. */
export function Detail({ id }: { readonly id: string }): JSX.Element {
  const row = allFindings.value.find((one) => one.id === id);
  if (row === undefined)
    return (
      <article class="detail detail-single" aria-label={t('detail.title')}>
        <header class="detail-head">
          <BackButton />
          <h2>{t('detail.gone')}</h2>
        </header>
        <p class="pane-wait">{t('detail.goneNext')}</p>
      </article>
    );
  const { name, role } = receiverWords(row);
  const host = row.party.host;
  const passing = server.value?.passedThrough.includes(host) === true;
  return (
    <article class="detail" aria-label={t('detail.title')}>
      <header class="detail-head">
        <BackButton />
        <VerdictWord row={row} />
        <h2>{typeName(row.dataType)}</h2>
        <p>
          <span class="to" aria-hidden="true">
            →
          </span>{' '}
          {name} <span class="sub">{role}</span>
        </p>
        <span class="detail-tools">
          <CopyLink />
          <AcceptButton id={row.id} />
          <button type="button" class="link" onClick={() => mute(`host:${host}`)}>
            {t('mute.host')}
          </button>
          {row.app === 'main' ? null : (
            <button type="button" class="link" onClick={() => mute(`app:${row.app}`)}>
              {t('mute.app')}
            </button>
          )}
          {isRunning.value && server.value?.commands.includes('passThrough') === true ? (
            <button type="button" class="link" onClick={() => void passThrough(host, !passing)}>
              {t(passing ? 'coverage.unpass' : 'detail.passThrough')}
            </button>
          ) : null}
        </span>
      </header>
      <AcceptanceNote key={`accept ${row.id}`} id={row.id} />
      <Pane key={row.id} row={row} />
    </article>
  );
}

/** Whether nothing is known of this request that was not looked through. */
function isWhollyRead({ warnings, failure, request, messages }: ExchangeView): boolean {
  const bodies = [request.body, ...messages.list.filter(({ direction }) => direction === 'request').map(({ body }) => body)];
  return (
    ![...warnings, ...(failure === null ? [] : [failure])].some(({ code }) => isUnread(code)) &&
    bodies.every(({ cut, coding }) => cut !== 'bodyKept' && coding === null)
  );
}

function hasPictures({ request, response, messages }: ExchangeView): boolean {
  const bodies = [request.body, ...(response === null ? [] : [response.body]), ...messages.list.map(({ body }) => body)];
  return bodies.some(({ pictures }) => pictures.length > 0);
}

/** One request, whatever was found in it. */
export function ExchangeDetail({ seq }: { readonly seq: number }): JSX.Element {
  return (
    <article class="detail detail-single" aria-label={t('tab.requests')}>
      <header class="detail-head">
        <BackButton />
        <h2 class="number">#{seq}</h2>
        <span class="detail-tools">
          <CopyLink />
        </span>
      </header>
      <ExchangeEvidence key={seq} seq={seq} />
    </article>
  );
}

function ExchangeEvidence({ seq }: { readonly seq: number }): JSX.Element {
  const asked = useExchange({ seq, finding: null, occurrence: null });
  const view = asked.answer;
  if (view === null) return <Waiting asked={asked} />;
  const ids = [...new Set(view.marks.map(({ finding }) => finding))];
  const rows = allFindings.value.filter(({ id }) => ids.includes(id));
  return (
    <div class="evidence">
      {rows.length === 0 ? (
        <p class={isWhollyRead(view) ? 'sub' : 'warn'}>{t(isWhollyRead(view) ? 'detail.noneInThis' : 'detail.noneInPart')}</p>
      ) : (
        <ul class="found" aria-label={t('detail.inThis')}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                class="found-button"
                onClick={() => go({ view: 'findings', finding: row.id, exchange: null, filter: '' }, true)}
              >
                <VerdictWord row={row} /> {typeName(row.dataType)} <AcceptedTag id={row.id} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {view.limits.includes('viewMarks') ? <p class="warn">{t('detail.moreMarks', { n: whole(view.marks.length) })}</p> : null}
      <ExchangeText
        view={view}
        isAim={() => true}
        side="request"
        tools={
          <>
            <CopyCurl view={view} />
            {view.marks.length === 0 && !hasPictures(view) ? null : <Reveal shown={view.revealed} />}
          </>
        }
      />
    </div>
  );
}
