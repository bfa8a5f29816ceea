import type { SessionReport } from '../model/report.js';
import type { Language } from '../model/text.js';

export type Template = 'audit' | 'developer' | 'complaint';

export interface RenderOptions {
  readonly language: Language;
  /** For formats made to be read: whole audit (default), what to mend where, or facts for a complaint under article 6. */
  readonly template?: Template;
  /** Pictures to show, by their SHA-256; those that are not here are listed only. */
  readonly pictures?: ReadonlyMap<string, Uint8Array>;
}

/** One output. A pure function of the report: no clock, no file, no network. One file each in `formats/`, its name is its id. */
export interface ReportFormat {
  readonly id: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mime: string;
  render(report: SessionReport, options: RenderOptions): string | Uint8Array;
}
