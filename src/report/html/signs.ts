import type { Grade, Severity, VerdictName } from '../../model/finding.js';
import { GRADE_MEANING, GRADE_WORDS, SEVERITY_WORDS, VERDICT_WORDS } from '../words.js';
import { Html, html } from './markup.js';
import type { Page } from './page.js';

/** Shapes differ, not only colours: the report is printed in grey and read by people who do not see red. */
const SHAPES: Record<VerdictName, Html> = {
  beyond_necessary: new Html('<path d="M8 1.5 15 14.2H1z"/><path class="cut" d="M8 6v4M8 11.6v.9"/>'),
  conditional: new Html('<circle class="rim" cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z"/>'),
  necessary: new Html('<circle cx="8" cy="8" r="7"/><path class="cut" d="m4.8 8.3 2.2 2.2 4.3-4.8"/>'),
  technical: new Html('<rect class="rim" x="2.2" y="2.2" width="11.6" height="11.6" rx="2"/><path class="line" d="M5 6h6M5 10h4"/>'),
  not_judged: new Html('<circle class="rim dash" cx="8" cy="8" r="6"/><path class="line" d="M5 8h6"/>'),
};

/** The shape alone; the word stands beside it. */
export function icon(verdict: VerdictName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[verdict]}</svg>`;
}

/** Shape and word. */
export function verdictSign(page: Page, verdict: VerdictName): Html {
  return html`<span class="verdict ${verdict}">${icon(verdict)}${page.text(VERDICT_WORDS[verdict])}</span>`;
}

/** A word in its colour. */
export function severitySign(page: Page, severity: Severity): Html {
  return html`<span class="severity ${severity}">${page.text(SEVERITY_WORDS[severity])}</span>`;
}

/** A grade and what it means. */
export function gradeText(page: Page, grade: Grade): Html {
  return html`${page.text(GRADE_WORDS[grade])}<span class="soft">${page.say('：', ': ')}${page.text(GRADE_MEANING[grade])}</span>`;
}

/** A bar for a share between 0 and 1. SVG attributes, because the CSP allows no style attribute. */
export function bar(share: number, kind = ''): Html {
  return html`<svg class="bar ${kind}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${(Math.max(0, Math.min(1, share)) * 100).toFixed(2)}" height="8"/></svg>`;
}
