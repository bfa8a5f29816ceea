import type { ReportFinding, SessionReport } from '../model/report.js';
import type { Language } from '../model/text.js';

export type Template = 'audit' | 'developer' | 'complaint';

export interface RenderOptions {
  readonly language: Language;
  /** For formats made to be read: whole audit (default), what to mend where, or facts for a complaint under article 6. */
  readonly template?: Template;
  /** Why a baseline accepts a finding, for formats that build servers read: those must not fail what the command lets pass. null: it does not. */
  readonly acceptedBecause?: (finding: ReportFinding) => string | null;
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
