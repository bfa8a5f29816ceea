import { UsageError } from '../errors.js';
import { type Finding, SEVERITIES, VERDICTS } from '../model/finding.js';
import type { AuditRecord } from '../model/report.js';
import type { HarSource } from './har-export.js';
import { findScenes } from './scene-record.js';
import { rowsOf } from './stored.js';

const PARTIES = ['first', 'third', 'unknown'] as const;

type Test = (finding: Finding, record: AuditRecord) => boolean;

/** What may stand before the `=`, and what it asks of a finding. */
const KEYS: Readonly<Record<string, (value: string, record: AuditRecord) => Test>> = {
  verdict: (value) => {
    const wanted = oneOf('verdict', value, VERDICTS);
    return ({ verdict }) => verdict === wanted;
  },
  severity: (value) => {
    const wanted = oneOf('severity', value, SEVERITIES);
    return ({ issues }) => issues.some(({ severity }) => severity === wanted);
  },
  check: (value) => (finding) => finding.issues.some(({ check }) => check === value),
  type: (value) => (finding) => finding.dataType === value,
  /** The host itself or any name below it, as in the page's list. */
  host: (value) => (finding) => finding.party.host === value || finding.party.host.endsWith(`.${value}`),
  party: (value) => {
    const party = oneOf('party', value, PARTIES);
    const wanted = party === 'unknown' ? null : party === 'first';
    return (finding) => finding.party.firstParty === wanted;
  },
  scene: (value, { session }) => {
    const ids = new Set(findScenes(session.scenes, value).map(({ id }) => id));
    return (finding, record) => record.occurrencesOf(finding.id).some(({ scene }) => scene !== null && ids.has(scene));
  },
  finding: (value) => (finding) => finding.id === value,
};

function oneOf<T extends string>(key: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  const use = known.join(', ');
  throw fault(
    `--only ${key}=${value}: there is no such ${key}.`,
    `Use one of: ${use}.`,
    `--only ${key}=${value}：没有这个取值。可用：${use}。`,
  );
}

function fault(message: string, next: string, zh: string): UsageError {
  return new UsageError('OVR_ONLY', message, { next, zh });
}

/**
 * The findings that `--only KEY=VALUE` asks for: any value of a key, all keys.
 * @returns their ids; undefined where nothing was asked.
 * @throws UsageError `OVR_ONLY` for a key or value that there is not, and where nothing fits: an empty report would read as "clean".
 */
export function selectionOf(record: AuditRecord, words: readonly string[]): ReadonlySet<string> | undefined {
  if (words.length === 0) return undefined;
  const byKey = new Map<string, Test[]>();
  for (const word of words) {
    const equals = word.indexOf('=');
    const key = word.slice(0, Math.max(0, equals));
    const make = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (make === undefined) {
      const keys = Object.keys(KEYS).join(', ');
      throw fault(
        `--only "${word}" is no condition.`,
        `Write it like verdict=beyond_necessary; keys: ${keys}.`,
        `--only “${word}” 写法不对。请写成 键=值，例如 verdict=beyond_necessary；可用的键：${keys}。`,
      );
    }
    byKey.set(key, [...(byKey.get(key) ?? []), make(word.slice(equals + 1), record)]);
  }
  const fits = (finding: Finding) => [...byKey.values()].every((tests) => tests.some((test) => test(finding, record)));
  const ids = new Set(record.findings.filter(fits).map(({ id }) => id));
  if (ids.size > 0) return ids;
  throw fault(
    'No finding of the session fits --only.',
    'Leave out a condition; "overreach report <session> --format csv" lists all findings.',
    '会话中没有符合 --only 的发现项。请去掉一个条件；overreach report <会话> --format csv 列出全部发现项。',
  );
}

/** The exchanges that carry evidence of these findings, for an export that would otherwise walk all of them. */
export function selectedSource(store: HarSource, only: ReadonlySet<string>): HarSource {
  return narrowed(store, (id) => new Set([...only].flatMap((finding) => store.occurrences(id, finding).map(({ exchange }) => exchange))));
}

/** The exchanges of one app; what is masked in them is still what was found in all of the session. */
export function sourceOfApp(source: HarSource, app: string): HarSource {
  return narrowed(source, (id) => new Set(Array.from(rowsOf(source, id, { app }), ({ seq }) => seq)));
}

/** A source of which only these exchanges are given. */
function narrowed(source: HarSource, seqsOf: (id: string) => ReadonlySet<number>): HarSource {
  return {
    *exchanges(id) {
      const seqs = seqsOf(id);
      for (const exchange of source.exchanges(id)) if (seqs.has(exchange.seq)) yield exchange;
    },
    evidenceOf: (id, seq) => source.evidenceOf(id, seq),
    findings: (id) => source.findings(id),
    occurrences: (id, finding, page) => source.occurrences(id, finding, page),
    exchangeRows: (id, query) => source.exchangeRows(id, query),
  };
}
