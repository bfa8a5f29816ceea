import type { ReportFinding, SessionReport } from '../../model/report.js';
import { type Bilingual, inLanguage, type Language } from '../../model/text.js';
import { sceneName } from '../words.js';
import { type Html, html, type Printable } from './markup.js';

/** What every section gets: the report, the language, and the names that sections refer to each other by. */
export class Page {
  readonly report: SessionReport;
  readonly language: Language;
  /** `R1`, `R2`, ... in the order of the list of receivers. */
  readonly #receivers: ReadonlyMap<string, string>;
  /** `F-01`, ... in the order of the findings. */
  readonly #findings: ReadonlyMap<string, string>;

  /** Pictures to show, by their SHA-256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;

  constructor(report: SessionReport, language: Language, pictures: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.pictures = pictures;
    this.report = report;
    this.language = language;
    this.#receivers = new Map(report.parties.map((party, at) => [party.host, `R${at + 1}`]));
    const width = Math.max(2, String(report.findings.length).length);
    this.#findings = new Map(report.findings.map((finding, at) => [finding.id, `F-${String(at + 1).padStart(width, '0')}`]));
  }

  /** Values as they were found, and with them whole URLs. */
  get showsValues(): boolean {
    return this.report.findings.some(({ occurrences }) => occurrences.some(({ value }) => value !== undefined));
  }

  text(bilingual: Bilingual): string {
    return inLanguage(bilingual, this.language);
  }

  say(zh: string, en: string): string {
    return this.language === 'en' ? en : zh;
  }

  receiver(host: string): string {
    return this.#receivers.get(host) ?? '';
  }

  finding(finding: Pick<ReportFinding, 'id'>): string {
    return this.#findings.get(finding.id) ?? '';
  }

  scene(id: string | null): string {
    return sceneName(this.report, id, this.language);
  }

  /** List separator of the language. */
  list(pieces: readonly string[]): string {
    return pieces.join(this.say('、', ', '));
  }

  /** The session's id. A recording that was checked without being stored has none. */
  reportNumber(): Html {
    const { id } = this.report.session;
    return id === 'har'
      ? html`${this.say('无（直接检测录制文件，未存为会话）', 'none (a recording checked directly, not stored)')}`
      : html`<span class="mono">${id}</span>`;
  }

  /** "none" as a value of a table. */
  none(): Html {
    return html`<span class="soft">${this.say('无', 'none')}</span>`;
  }
}

/** A numbered section. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Printable;
}

/** A table whose head is repeated on every printed page. `classes` name the columns' kinds: `num`, `mono`, `tight`. */
export function table(
  caption: string,
  columns: ReadonlyArray<{ readonly head: Printable; readonly kind?: string }>,
  rows: ReadonlyArray<readonly Printable[]>,
): Html {
  return html`<table><caption>${caption}</caption><thead><tr>${columns.map(({ head, kind }) => html`<th scope="col" class="${kind ?? ''}">${head}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class="${columns[at]?.kind ?? ''}">${cell}</td>`)}</tr>`)}</tbody></table>`;
}

/** Who sent it, where that is not the app under test: what a mini program sends is nothing that the app is to answer for. */
export function senderMark(app: string): Html | null {
  return app === 'main' ? null : html`<div class="soft mono">${app}</div>`;
}

/** Name and value, one a line. */
export function facts(pairs: ReadonlyArray<readonly [name: string, value: Printable]>): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Text that may hold line breaks of its own, as paragraphs. */
export function paragraphs(text: string): Html {
  return html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`;
}

/** Lines to be filled in by hand, side by side. */
export function blanks(names: readonly string[]): Html {
  return html`<p class="blanks">${names.map((name) => html`<span>${name} <span class="blank"></span></span>`)}</p>`;
}
