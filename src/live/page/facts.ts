import type { Issue, VerdictName } from '../../model/finding.js';
import type { Party } from '../../model/party.js';
import { purposeWords } from '../../model/purpose-words.js';
import type { Session } from '../../model/session.js';
import type { Rules } from '../schema.js';
import type { FindingRow } from '../trail.js';
import type { Facts } from './filter.js';
import { zh } from './text/zh.js';

const ORDER: Readonly<Record<VerdictName, number>> = { beyond_necessary: 0, conditional: 2, not_judged: 3, necessary: 4, technical: 5 };

/** Whether one of the issues is of high severity. */
export function isHigh(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'high');
}

/** Red is kept for what needs a person at once: beyond necessary and handed to a third party, or an issue of high severity. */
export function isAlarm(row: Pick<FindingRow, 'verdict' | 'issues' | 'party'>): boolean {
  return isHigh(row.issues) || (row.verdict === 'beyond_necessary' && row.party.firstParty === false);
}

/** 0 is the most severe. */
export function rankOf(row: Pick<FindingRow, 'verdict' | 'issues' | 'party'>): number {
  return ORDER[row.verdict] * 2 + (isAlarm(row) ? 0 : 1) - (isHigh(row.issues) ? 2 : 0);
}

/** The receiver by whose it is; `unknown` where nothing tells. */
export function partyWord(party: Party): 'first' | 'third' | 'unknown' {
  return party.firstParty === null ? 'unknown' : party.firstParty ? 'first' : 'third';
}

/** Company and SDK in one line; null when neither is known. */
export function companyOf(party: Party, english: boolean): string | null {
  const company = party.company === null ? null : english ? party.company.en : party.company.zh;
  return company ?? party.sdk;
}

/** Where the address of a receiver is registered, with the date of the table that says so; the code where it has no name. */
export function placeOf({ country, countryAsOf }: Party, rules: Rules | null, english: boolean): string | null {
  if (country === null) return null;
  const name = rules?.places[country];
  const words = name === undefined ? country : english ? `${name.en} (${country})` : `${name.zh}（${country}）`;
  if (countryAsOf === undefined) return words;
  return english ? `${words}, table of ${countryAsOf}` : `${words}，登记表日期 ${countryAsOf}`;
}

function both(text: { readonly zh: string; readonly en: string } | null | undefined): readonly string[] {
  return text === null || text === undefined ? [] : [text.zh, text.en];
}

function purposeNames({ purpose }: Party): readonly string[] {
  return purpose === null ? [] : [purpose, ...both(purposeWords(purpose))];
}

const ACCEPTED_WORDS = { yes: ['yes', zh['filter.accepted.yes']], no: ['no', zh['filter.accepted.no']] } as const;
const NOTHING: ReadonlySet<string> = new Set();
const PARTY_WORDS = {
  first: ['first', zh['party.first']],
  third: ['third', zh['party.third']],
  unknown: ['unknown', zh['party.unknown']],
} as const;

/** A finding as the filter sees it: ids and words of both languages, so that a saved link works for a reader of either. */
export function factsOf(
  row: FindingRow,
  rules: Rules | null,
  session: Pick<Session, 'scenes' | 'subject'> | null,
  met: ReadonlySet<string> = NOTHING,
): Facts {
  const type = rules?.dataTypes.find(({ id }) => id === row.dataType);
  const seen = (session?.scenes ?? []).filter(({ id }) => row.trail?.scenes.includes(id) === true);
  const nameOf = (check: string) => rules?.checks.find(({ id }) => id === check)?.name;
  const issues = row.issues.flatMap(({ check, text, severity }) => [check, severity, ...both(nameOf(check)), ...both(text)]);
  const types = [row.dataType, row.family, ...both(type?.name)];
  const parties = [...PARTY_WORDS[partyWord(row.party)], ...both(row.party.company), row.party.sdk ?? '', ...purposeNames(row.party)];
  return {
    verdict: row.verdict,
    grade: row.grade,
    gradeWord: zh[`grade.${row.grade}`],
    type: types,
    party: parties.filter((word) => word !== ''),
    host: row.party.host,
    issue: issues,
    scene: seen.flatMap(({ name, consent }) => [name, consent]),
    app: [row.app, ...(row.app === 'main' ? [session?.subject.app ?? ''] : [])].filter((word) => word !== ''),
    device: (row.trail?.devices ?? []).flatMap((name) => [
      name,
      ...(session?.subject.devices ?? []).filter(({ address }) => address === name).map(({ label }) => label),
    ]),
    status: (row.trail?.statuses ?? []).map((status) => (status === null ? 'none' : String(status))),
    accepted: ACCEPTED_WORDS[session?.subject.accepted?.some(({ finding }) => finding === row.id) === true ? 'yes' : 'no'],
    met,
    text: [zh[`verdict.${row.verdict}`], ...types, ...parties, row.party.host, ...issues, row.trail?.url ?? '', row.trail?.path ?? ''].join(
      '\n',
    ),
  };
}
