import { exchangeToHarEntry, type HarEntry, MASKED } from '../capture/har.js';
import { UsageError } from '../errors.js';
import { limits } from '../limits.js';
import { ANALYSIS_FAILED, type Exchange } from '../model/exchange.js';
import type { DataType } from '../model/rulebook.js';
import type { Session } from '../model/session.js';
import { RAW_WARNING } from '../report/evidence.js';
import type { Store } from '../store/index.js';
import type { Cli, CommonFlags } from './cli.js';
import { maskExchange } from './masked-exchange.js';
import { writePieces } from './output-file.js';
import { TOOL } from './place.js';
import { isTelling, markOf } from './scrub.js';
import { findSession, noteReveal, rulebookOf, withStore } from './stored.js';

export interface HarOptions {
  /** Values, credentials and bodies as they were captured. */
  readonly raw: boolean;
  readonly dataTypes: readonly DataType[];
}

/** What is read of a store; a session is walked once, exchange by exchange. */
export type HarSource = Pick<Store, 'exchanges' | 'evidenceOf' | 'findings' | 'occurrences' | 'exchangeRows'>;

const COMMENTS = {
  masked: `${MASKED}: each value found stands as [type:tag]. Left out: bodies that could not be decoded, bodies whose values lie behind a decode step, bodies of responses, credentials, and long numbers. 已脱敏：每个已发现的值以[类型:标记]代替；无法解码的正文、需逐层解码的正文、响应正文、登录凭据和长数字不在其中。`,
  raw: RAW_WARNING,
} as const;

/** Entries in the order of the session; the same session gives the same entries. */
export function* harEntries(store: HarSource, session: Session, { raw, dataTypes }: HarOptions): Generator<HarEntry> {
  const everywhere = raw ? new Map<string, string>() : valuesOf(store, session, dataTypes);
  const unread = raw ? new Set<number>() : unreadSeqs(store, session);
  for (const exchange of store.exchanges(session.id)) {
    if (raw) {
      yield exchangeToHarEntry(exchange);
      continue;
    }
    const evidence = store.evidenceOf(session.id, exchange.seq).map(({ occurrence }) => occurrence);
    const { exchange: masked, notes } = maskExchange(unread.has(exchange.seq) ? withoutUnread(exchange) : exchange, evidence, everywhere);
    const entry = exchangeToHarEntry(masked);
    yield notes.length === 0 ? entry : { ...entry, comment: [entry.comment ?? '', ...notes].filter((note) => note !== '').join('; ') };
  }
}

/** Exchanges whose analysis failed: nobody has looked into them. */
function unreadSeqs(store: HarSource, session: Session): ReadonlySet<number> {
  const seqs = new Set<number>();
  for (let offset = 0; ; offset += limits.pageRows) {
    const { rows } = store.exchangeRows(session.id, { offset, limit: limits.pageRows, order: 'oldest' });
    for (const { seq, warnings } of rows) if (warnings.some(({ code }) => code === ANALYSIS_FAILED)) seqs.add(seq);
    if (rows.length < limits.pageRows) return seqs;
  }
}

/** A body that nobody looked into counts as cut, so that it is left out. */
function withoutUnread(exchange: Exchange): Exchange {
  const body = { ...exchange.request.body, truncated: true };
  return { ...exchange, request: { ...exchange.request, body }, messages: [] };
}

/** Values of the whole session, for places where nobody looked for them. Technical words ("zh-CN") are everywhere anyway. */
function valuesOf(store: HarSource, session: Session, dataTypes: readonly DataType[]): ReadonlyMap<string, string> {
  const technical = new Set(dataTypes.filter((type) => type.technical).map((type) => type.id));
  const values = new Map<string, string>();
  for (const finding of store.findings(session.id)) {
    if (technical.has(finding.dataType) || finding.grade === 'opaque') continue;
    for (const piece of store.occurrences(session.id, finding.id)) if (isTelling(piece.value)) values.set(piece.value, markOf(piece));
  }
  return values;
}

/** The document in pieces, so that a long session is never one text in memory. */
export function* harText(entries: Iterable<HarEntry>, { raw }: Pick<HarOptions, 'raw'>): Generator<string> {
  const comment = COMMENTS[raw ? 'raw' : 'masked'];
  const head = { version: '1.2', creator: { name: TOOL.name, version: TOOL.version }, pages: [], comment };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let first = true;
  for (const entry of entries) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify(entry)}`;
    first = false;
  }
  yield '\n]}}\n';
}

/** What `--raw` asks of the person who gives it. @throws UsageError `OVR_RAW`. */
export function confirmRaw(flags: { readonly raw?: boolean; readonly yes?: boolean; readonly out?: string }): void {
  if (flags.raw !== true) return;
  if (flags.yes !== true)
    throw new UsageError('OVR_RAW', '--raw writes unmasked personal data and credentials. --raw 会写出未脱敏的个人信息和登录凭据。', {
      next: 'Add --yes if that is what you want; leave --raw out for a masked file.',
    });
  if (flags.out === undefined)
    throw new UsageError('OVR_RAW', '--raw writes to a file that only you can read, not to stdout.', { next: 'Add --out FILE.' });
}

export interface HarFlags extends CommonFlags {
  readonly raw?: boolean;
  readonly yes?: boolean;
  readonly out?: string;
}

/** `overreach report <session> --format har`. @param select which exchanges; all of them unless told. */
export function writeHar(
  cli: Cli,
  word: string,
  flags: HarFlags,
  select: (store: Store, session: Session) => HarSource = (store) => store,
): void {
  confirmRaw(flags);
  const { dataTypes } = rulebookOf(cli, flags);
  withStore(cli, flags, (store) => {
    const options = { raw: flags.raw === true, dataTypes };
    const session = findSession(store, word);
    if (options.raw) noteReveal(cli, flags, session.id, 'report --raw');
    const pieces = harText(harEntries(select(store, session), session, options), options);
    if (flags.out === undefined) {
      cli.terminal.result([...pieces].join('').trimEnd());
      return;
    }
    writePieces(flags.out, pieces, options.raw ? 0o600 : 0o644);
    if (options.raw) cli.terminal.say(cli.terminal.paint.yellow(RAW_WARNING));
    cli.terminal.say(flags.out);
  });
}
