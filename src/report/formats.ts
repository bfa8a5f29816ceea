import { UsageError } from '../errors.js';
import type { SessionReport } from '../model/report.js';
import { importFolder } from '../modules.js';
import type { RenderOptions, ReportFormat } from './format.js';

const FORMATS = (await importFolder<ReportFormat>(new URL('./formats/', import.meta.url), 'format')).map(({ value }) => value);

/** Ids for `--format`, in order of their names. */
export function formatIds(): string[] {
  return FORMATS.map(({ id }) => id);
}

/**
 * @throws UsageError `OVR_REPORT_FORMAT` for an id that is none.
 */
export function formatOf(id: string): ReportFormat {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  throw new UsageError('OVR_REPORT_FORMAT', `There is no report format "${id}".`, { next: `Choose one of: ${formatIds().join(', ')}.` });
}

/**
 * The report in the given format; the same input gives the same bytes.
 * @throws UsageError `OVR_REPORT_FORMAT`.
 */
export function renderReport(report: SessionReport, formatId: string, options: RenderOptions): string | Uint8Array {
  return formatOf(formatId).render(report, options);
}
