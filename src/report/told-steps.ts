import type { AuditRecord, ReportFinding, ReportStep } from '../model/report.js';
import { type Bilingual, byText } from '../model/text.js';

const OWN_MODULE: Bilingual = { zh: '测试者自己的解密模块', en: "the tester's own module" };
/** Such as one of an older version whose record is reported by this one. */
const NOT_KNOWN: Bilingual = { zh: '本版本没有这一步骤的说明', en: 'this version has no account of this step' };

/**
 * What each decode step did that occurs in the evidence listed, in order of their names; of steps that differ by their place alone (`bytearray[2]`) one.
 * @returns undefined where the record knows no words for steps.
 */
export function toldSteps({ stepWords, session }: AuditRecord, findings: readonly ReportFinding[]): readonly ReportStep[] | undefined {
  if (stepWords === undefined) return undefined;
  const modules = new Set(session.subject.modules?.map(({ step }) => step));
  const told = new Map<string, Bilingual>();
  for (const { occurrences } of findings)
    for (const { steps } of occurrences)
      for (const step of steps) {
        const name = step.replace(/\[\d+\]$/, '[n]');
        if (!told.has(name)) told.set(name, stepWords(step) ?? (modules.has(step) ? OWN_MODULE : NOT_KNOWN));
      }
  return [...told].map(([step, { zh, en }]) => ({ step, zh, en })).sort((a, b) => byText(a.step, b.step));
}
