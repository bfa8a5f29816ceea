import type { Finding } from '../model/finding.js';
import type { AuditRecord, ReportBasis, ReportCategory } from '../model/report.js';
import type { Category } from '../model/rulebook.js';
import { byText } from '../model/text.js';

function toCategory(app: string, category: Category): ReportCategory {
  return {
    app,
    id: category.id,
    no: category.no,
    name: category.name,
    basicFunction: category.basicFunction,
    noPersonalInfoNeeded: category.noPersonalInfoNeeded,
    items: category.items?.map((item) => ({ text: item.text, condition: item.condition?.text ?? null })) ?? null,
  };
}

/** The categories chosen in a session: the app under test first, then mini programs by id. */
export function chosenCategories(record: Pick<AuditRecord, 'pack' | 'session'>): ReportCategory[] {
  return Object.entries(record.session.subject.categories)
    .sort(([a], [b]) => Number(b === 'main') - Number(a === 'main') || byText(a, b))
    .flatMap(([app, ids]) =>
      ids.flatMap((id) => {
        const category = record.pack.categories.find((candidate) => candidate.id === id);
        return category === undefined ? [] : [toCategory(app, category)];
      }),
    );
}

/** The words of the rules that this report uses. */
export function buildBasis(record: AuditRecord, findings: ReadonlyArray<Pick<Finding, 'dataType' | 'issues'>>): ReportBasis {
  const { pack, rulebook } = record;
  const raised = new Set(findings.flatMap((finding) => finding.issues.map((issue) => issue.check)));
  const found = new Set(findings.map((finding) => finding.dataType));
  return {
    title: pack.title,
    documentNumber: pack.documentNumber,
    issuers: pack.issuers,
    dated: pack.dated,
    effective: pack.effective,
    url: pack.url,
    articles: pack.articles,
    categories: chosenCategories(record),
    checks: rulebook.checks
      .filter((check) => raised.has(check.id))
      .map(({ id, name, severity, clause, clauseText, advice, fineWhen }) => ({ id, name, severity, clause, clauseText, advice, fineWhen }))
      .sort((a, b) => byText(a.id, b.id)),
    dataTypes: rulebook.dataTypes
      .filter((type) => found.has(type.id))
      .map(({ id, name, family, gbt35273, sensitive }) => ({
        id,
        name,
        family,
        familyName: rulebook.families.find((candidate) => candidate.id === family)?.name ?? { zh: family, en: family },
        gbt35273,
        sensitive,
      }))
      .sort((a, b) => byText(a.id, b.id)),
  };
}
