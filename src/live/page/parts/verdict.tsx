import type { JSX } from 'preact';
import type { Finding, Grade, VerdictName } from '../../../model/finding.js';
import { isAlarm } from '../facts.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

/** Colour class of a finding: red only where `isAlarm` says so. */
export function toneOf(row: Pick<Finding, 'verdict' | 'issues' | 'party'>): string {
  return isAlarm(row) ? 'tone-alarm' : `tone-${row.verdict}`;
}

/** Icon and word, so that colour never speaks alone. */
export function VerdictWord({ row }: { readonly row: Pick<Finding, 'verdict' | 'issues' | 'party'> }): JSX.Element {
  return (
    <span class={`verdict ${toneOf(row)}`}>
      <Icon name={row.verdict} />
      <span>{t(`verdict.${row.verdict}`)}</span>
    </span>
  );
}

export function PlainVerdict({ verdict }: { readonly verdict: VerdictName }): JSX.Element {
  return (
    <span class={`verdict tone-${verdict}`}>
      <Icon name={verdict} />
      <span>{t(`verdict.${verdict}`)}</span>
    </span>
  );
}

const STRENGTH: Readonly<Record<Grade, number>> = { confirmed: 4, strong: 3, probable: 2, candidate: 1, opaque: 0 };

/** Four bars and the word. */
export function GradeWord({ grade }: { readonly grade: Grade }): JSX.Element {
  return (
    <span class="grade" title={t(`grade.hint.${grade}`)}>
      <svg class="bars" viewBox="0 0 16 10" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect key={bar} class={bar < STRENGTH[grade] ? 'on' : ''} x={bar * 4} y={7 - bar * 2} width="3" height={3 + bar * 2} rx="0.8" />
        ))}
      </svg>
      {t(`grade.${grade}`)}
    </span>
  );
}
