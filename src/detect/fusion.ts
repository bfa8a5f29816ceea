import type { Evidence, TraceLine } from '../model/finding.js';
import { GRADES } from '../model/finding.js';
import type { Candidate } from './candidate.js';

/** Proof of transfer; nothing that is read from form or name stands against it. */
export function isProof(evidence: Evidence): boolean {
  return evidence.detector === 'known-value' || evidence.detector === 'digest';
}

function spanLength(evidence: Evidence): number {
  return evidence.span === null ? Number.POSITIVE_INFINITY : evidence.span[1] - evidence.span[0];
}

/** Known value, then grade, then stricter validator, then longer span, then the more particular key; the name last, so that the order is total. */
function order(a: Candidate, b: Candidate): number {
  return (
    Number(isProof(b.evidence)) - Number(isProof(a.evidence)) ||
    GRADES.indexOf(a.evidence.grade) - GRADES.indexOf(b.evidence.grade) ||
    strictness(b.passRate) - strictness(a.passRate) ||
    spanOrder(a.evidence, b.evidence) ||
    a.preference - b.preference ||
    b.keyLength - a.keyLength ||
    a.passRate - b.passRate ||
    (a.evidence.dataType < b.evidence.dataType ? -1 : 1)
  );
}

/** Powers of ten that a random value has against it: small differences between rates decide nothing. */
function strictness(passRate: number): number {
  return passRate <= 0 ? 12 : Math.floor(-Math.log10(passRate) + 0.05);
}

function spanOrder(a: Evidence, b: Evidence): number {
  const first = spanLength(a);
  const second = spanLength(b);
  return first === second ? 0 : second - first > 0 ? 1 : -1;
}

function overlap(a: Evidence, b: Evidence): boolean {
  // Known values have settled among themselves by their bytes; in a layer, which has no text to count in, all of them lack a span.
  if (isProof(a) && isProof(b)) return false;
  if (isApart(a, b) || isApart(b, a)) return false;
  if (a.span === null || b.span === null) return true;
  return a.span[0] < b.span[1] && b.span[0] < a.span[1];
}

/**
 * A User-Agent is found as a whole for what it says of the client, and a login for what it opens; an identifier within the one, and the name of
 * the account within the other, say something else.
 */
function isApart(whole: Evidence, part: Evidence): boolean {
  if (whole.span !== null || part.span === null) return false;
  return (
    whole.dataType === 'user_agent' || (whole.dataType === 'auth_token' && part.dataType === 'account_id' && part.detector === 'composite')
  );
}

function lossLine(loser: Evidence): TraceLine {
  return {
    rule: 'also-read-as',
    text: {
      zh: `同一处也可读作 ${loser.dataType}（${loser.detector}，${loser.grade}），未采用`,
      en: `the same place could also be read as ${loser.dataType} (${loser.detector}, ${loser.grade}); not taken`,
    },
  };
}

/**
 * One reading for each place: all candidates of one path and overlapping span compete, the losers stay in the winner's trace.
 * @returns evidence in the order in which the places were first named.
 */
export function fuse(candidates: readonly Candidate[]): Evidence[] {
  const places = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const place = places.get(candidate.evidence.path);
    if (place) place.push(candidate);
    else places.set(candidate.evidence.path, [candidate]);
  }
  const fused: Evidence[] = [];
  for (const place of places.values()) {
    if (place.length === 1) {
      fused.push((place[0] as Candidate).evidence);
      continue;
    }
    const winners: Array<{ candidate: Candidate; losses: TraceLine[] }> = [];
    for (const candidate of [...place].sort(order)) {
      const winner = winners.find(({ candidate: taken }) => overlap(taken.evidence, candidate.evidence));
      if (winner === undefined) winners.push({ candidate, losses: [] });
      else if (winner.candidate.evidence.dataType !== candidate.evidence.dataType) winner.losses.push(lossLine(candidate.evidence));
    }
    winners.sort((a, b) => (a.candidate.evidence.span?.[0] ?? 0) - (b.candidate.evidence.span?.[0] ?? 0));
    for (const { candidate, losses } of winners)
      fused.push(losses.length === 0 ? candidate.evidence : { ...candidate.evidence, trace: [...candidate.evidence.trace, ...losses] });
  }
  return fused;
}
