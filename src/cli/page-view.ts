import { refusalChecklist } from '../judge/refusal.js';
import type { RenderedReport, SessionDiff } from '../live/index.js';
import type { SessionReport } from '../model/report.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Subject } from '../model/session.js';
import type { Bilingual, Language } from '../model/text.js';
import type { DiffEntry, ReportDiff } from '../report/diff.js';
import { formatOf, renderReport } from '../report/index.js';

/** A report as the page hands it out. @param name file name without its extension. */
export function rendered(
  report: SessionReport,
  name: string,
  format: string,
  language: Language,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): RenderedReport {
  const { mime, extension } = formatOf(format);
  return { body: renderReport(report, format, { language, pictures }), mime, name: `${name}.${extension}` };
}

/** The checklist of the refusal test; ids as `overreach refusal` writes them. */
export function questionsOf({ pack }: Rulebook, categories: Subject['categories']): Array<{ id: string; text: Bilingual }> {
  return refusalChecklist(pack, categories).map(({ id, text }) => ({ id, text }));
}

/** The difference as the page's answer, its lists copied. */
export function plainDiff(diff: ReportDiff): SessionDiff {
  const entry = (one: DiffEntry) => ({ ...one, issues: [...one.issues] });
  const names = (one: ReportDiff['receivers']) => ({ new: [...one.new], gone: [...one.gone] });
  return {
    new: diff.new.map(entry),
    gone: diff.gone.map(entry),
    changed: diff.changed.map(({ before, after, what }) => ({ before: entry(before), after: entry(after), what: [...what] })),
    same: diff.same,
    receivers: names(diff.receivers),
    dataTypes: names(diff.dataTypes),
    caveats: [...diff.caveats],
  };
}
