import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExchangeRow } from '../../../model/audit.js';
import type { exchangeList } from '../../schema.js';
import { factsOf } from '../facts.js';
import { bytes, clock, visible, whole } from '../format.js';
import { net, Refusal, sessionPath } from '../net.js';
import { againAfter, TYPING_MS } from '../pace.js';
import { rowFilter } from '../row-query.js';
import { address, allFindings, feed, filter, go, keepUp, live, rules, session } from '../state.js';
import { t, warningSaid } from '../text/index.js';
import { isOdd } from '../text/warnings.js';
import { searchNotes } from './filter-line.js';
import { Waiting } from './waiting.js';
import { ListRow, WindowList } from './window-list.js';

const ROW_HEIGHT = 32;
const PAGE = 200;
/** Rows asked for beyond a page: as many may arrive while it is asked for. */
const SLACK = 100;
/** The first read may only tell how many there are by now. */
const MOST_READS = 4;
/** While the list stands at its top it is read again at most this often. */
const REFRESH_MS = 1_000;

type Answer = (typeof exchangeList)['_output'];

/** Moves the selection of the list that is on screen. */
let stepBy: ((by: 1 | -1) => void) | null = null;

/** The request below or above the open one; the newest where none is. */
export function stepRequest(by: 1 | -1): void {
  stepBy?.(by);
}

interface Book {
  /** What was asked: a new question begins a new book. */
  readonly key: string;
  /** Matching rows when the book was begun; positions count from there, so that new rows do not move what is on screen. */
  readonly base: number;
  /** How the text of the question was searched. */
  readonly notes: readonly string[];
  readonly pages: ReadonlyMap<number, readonly ExchangeRow[]>;
}

function Row({ row, index }: { readonly row: ExchangeRow; readonly index: number }): JSX.Element {
  const selected = address.value.exchange === row.seq;
  const choose = () => go({ exchange: selected ? null : row.seq }, true);
  const failed = row.failure !== null || (row.status ?? 0) >= 400;
  const odd = row.warnings.filter(({ code }) => isOdd(code)).map(({ code }) => warningSaid(code));
  return (
    <ListRow index={index} selected={selected} look="request" choose={choose}>
      <span class="cell number sub cell-no" role="cell">
        {row.seq}
      </span>
      <span class="cell number" role="cell">
        {clock(row.at)}
      </span>
      <span class="cell mono" role="cell">
        {visible(row.method)}
      </span>
      <span class={`cell number ${failed ? 'bad' : ''}`} role="cell">
        {row.failure === null ? (row.status ?? '…') : t('requests.failed')}
      </span>
      <span class="cell cell-url" role="cell" title={row.failure === null ? undefined : visible(warningSaid(row.failure.code))}>
        {row.secure ? null : <b class="tag tag-bad">HTTP</b>}
        {odd.length === 0 ? null : (
          <b class="tag" title={visible(odd.join('\n'))}>
            {t('requests.odd')}
            <span class="hidden">: {visible(odd.join(', '))}</span>
          </b>
        )}
        <span class="host">{visible(row.host)}</span>
        <span class="mono sub">{visible(row.url.slice(row.url.indexOf('/', row.url.indexOf('://') + 3)))}</span>
      </span>
      <span class="cell number sub cell-size" role="cell">
        {bytes(row.bytesUp)} / {bytes(row.bytesDown)}
      </span>
      <span class="cell number cell-found" role="cell">
        {row.evidence === 0 ? '' : <b class="tag">{whole(row.evidence)}</b>}
      </span>
    </ListRow>
  );
}

function rowAt({ pages }: Book, index: number): ExchangeRow | undefined {
  return pages.get(Math.floor(index / PAGE))?.[index % PAGE];
}

/** Among the rows that were read so far. */
function indexOf({ pages }: Book, seq: number | null): number | null {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.seq === seq);
    if (at >= 0) return page * PAGE + at;
  }
  return null;
}

/** The filter line, as it is asked of the store. */
function wanted() {
  const { scenes = [], subject } = session.value ?? {};
  return rowFilter(filter.value, allFindings.value, (row) => factsOf(row, rules.value, session.value), {
    scenes,
    app: subject?.app ?? null,
    devices: subject?.devices ?? [],
  });
}

/** Every request, newest first; pages are fetched as they come into sight, search runs in the store. */
export function Requests(): JSX.Element {
  const [evidence, setEvidence] = useState(false);
  const [book, setBook] = useState<Book | null>(null);
  const [total, setTotal] = useState(0);
  /** Why the last question was refused; null: it was not. */
  const [failed, setFailed] = useState<Refusal | null>(null);
  /** Place the keyboard went to, to be kept in sight. */
  const [aim, setAim] = useState<number | null>(null);
  const atTop = useRef(true);
  /** Rows in sight. */
  const range = useRef<readonly [number, number]>([0, 0]);
  const asked = useRef(new Set<string>());
  /** Ends what is still asked when another question comes. */
  const asking = useRef(new AbortController());
  const refresh = useRef({ timer: 0, took: 0 });
  const id = session.value?.id ?? '';
  const { where, findings, cut } = wanted();
  const key = JSON.stringify([id, where, findings, evidence]);
  const current = useRef(key);
  current.current = key;
  const arrived = live.value?.counters.exchanges ?? 0;

  const read = async (offset: number, limit: number) => {
    const query = new URLSearchParams([
      ['offset', String(offset)],
      ['limit', String(limit)],
      ...where.map((word) => ['where', word]),
      ...(findings === null ? [] : [['finding', findings.join(',')]]),
      ...(evidence ? [['evidence', '1']] : []),
    ]);
    const { signal } = asking.current;
    return net.get<Answer>(`${sessionPath(id, 'exchanges')}?${query}`, signal).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
  };
  /** A refusal is shown by whoever keeps the page up to date, and beside the list: its rows may be those of another question. */
  const telling = async <T,>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (current.current === key) setFailed(error instanceof Refusal ? error : new Refusal(0, 'OVR_UI_LOST', '', ''));
      throw error;
    }
  };
  const begin = () =>
    keepUp(async () => {
      const began = Date.now();
      const answer = await telling(read(0, PAGE));
      if (answer === null || current.current !== key) return;
      setFailed(null);
      refresh.current.took = Date.now() - began;
      asked.current = new Set();
      setTotal(answer.total);
      const notes = where.some((word) => /^-?text:/.test(word)) ? searchNotes(answer) : [];
      setBook({ key, base: answer.total, pages: new Map([[0, answer.rows]]), notes });
    });
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => {
    setFailed(null);
    asking.current.abort();
    asking.current = new AbortController();
    // The first look at once; while somebody types, when the typing pauses.
    const timer = window.setTimeout(() => void begin(), book === null ? 0 : TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [key]);
  useEffect(() => {
    // One that waits already is left alone: under steady traffic it would be put off for ever.
    if (!atTop.current || refresh.current.timer !== 0) return;
    refresh.current.timer = window.setTimeout(
      () => {
        refresh.current.timer = 0;
        if (atTop.current) void latest.current();
      },
      againAfter(REFRESH_MS, refresh.current.took),
    );
  }, [arrived]);
  useEffect(
    () => () => {
      window.clearTimeout(refresh.current.timer);
      asking.current.abort();
    },
    [],
  );

  const isUp = feed.value === 'up';
  useEffect(() => {
    if (isUp && failed !== null) void latest.current();
  }, [isUp]);

  /** Rows that came since the book was begun stand before those of the page: the offset moves by as many. */
  const pageOf = async (page: number, base: number): Promise<readonly ExchangeRow[] | null> => {
    for (let known = total, reads = 0; reads < MOST_READS; reads += 1) {
      const answer = await read(page * PAGE + known - base, PAGE + SLACK);
      if (answer === null) return null;
      const late = answer.total - known;
      known = answer.total;
      setTotal(known);
      if (late >= 0 && late <= SLACK) return answer.rows.slice(late, late + PAGE);
    }
    return null;
  };
  const need = (from: number, to: number) => {
    range.current = [from, to];
    if (book === null || book.key !== key) return;
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page += 1) {
      const mark = `${book.base} ${page}`;
      if (book.pages.has(page) || asked.current.has(mark)) continue;
      asked.current.add(mark);
      void keepUp(async () => {
        const rows = await telling(pageOf(page, book.base)).catch((error: unknown) => {
          asked.current.delete(mark);
          throw error;
        });
        if (rows === null || current.current !== book.key) {
          asked.current.delete(mark);
          return;
        }
        setBook((old) =>
          old === null || old.base !== book.base || old.key !== book.key ? old : { ...old, pages: new Map([...old.pages, [page, rows]]) },
        );
      });
    }
  };
  // A book that was begun anew lacks the pages that are in sight.
  useEffect(() => need(...range.current), [book?.key, book?.base]);
  const isOld = book !== null && book.key !== key;
  const count = book?.base ?? 0;
  stepBy = (by) => {
    if (book === null) return;
    const at = indexOf(book, address.value.exchange);
    const next = at === null ? 0 : at + by;
    const row = rowAt(book, next);
    if (row === undefined) return;
    setAim(next);
    go({ exchange: row.seq });
  };
  useEffect(
    () => () => {
      stepBy = null;
    },
    [],
  );
  return (
    <section class={`list ${isOld ? 'list-old' : ''}`} aria-label={t('requests.title')} aria-busy={isOld}>
      <div class="list-tools">
        <label class="check">
          <input type="checkbox" checked={evidence} onChange={({ currentTarget }) => setEvidence(currentTarget.checked)} />
          {t('requests.evidence')}
        </label>
        {/* Nothing is counted before it was looked for. */}
        <span class="number sub">
          {failed !== null ? '' : book === null || isOld ? t('requests.reading') : t('requests.count', { n: whole(total) })}
        </span>
        {cut ? <span class="warn">{t('requests.cut')}</span> : null}
        {(isOld ? [] : (book?.notes ?? [])).map((note) => (
          <span key={note} class="warn">
            {note}
          </span>
        ))}
      </div>
      {failed === null ? null : <Waiting asked={{ failed, again: () => void latest.current() }} />}
      {isOld && failed !== null ? null : count === 0 && book !== null && !isOld ? (
        <p class="nothing">{t('requests.empty')}</p>
      ) : (
        <WindowList
          count={count}
          rowHeight={ROW_HEIGHT}
          label={t('requests.title')}
          selected={aim}
          onTop={(top) => {
            atTop.current = top;
          }}
          onRange={need}
          head={
            <div class="row request list-head" role="row">
              {(['no', 'time', 'method', 'status', 'url', 'size', 'found'] as const).map((name) => (
                <span key={name} class={`cell cell-${name}`} role="columnheader">
                  {t(`requests.${name}`)}
                </span>
              ))}
            </div>
          }
          row={(index) => {
            const row = book === null ? undefined : rowAt(book, index);
            return row === undefined ? (
              <div key={`wait ${index}`} class="row request row-wait" role="row">
                <span class="cell" role="cell">
                  …
                </span>
              </div>
            ) : (
              <Row key={row.seq} row={row} index={index} />
            );
          }}
        />
      )}
    </section>
  );
}
