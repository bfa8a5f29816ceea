import { createJudge } from '../judge/judge.js';
import type { Occurrence } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';

/** One cell of categories × data types: what the list alone says of a sure finding, whoever receives it. */
export interface MatrixRow {
  readonly no: number;
  readonly category: string;
  readonly dataType: string;
  readonly verdict: string;
  readonly article: string | null;
}

const HOST = 'receiver.test';

/** Asks the judge itself, once per cell, so that the table can not differ from what a session gets. */
export function matrixOf(rulebook: Rulebook): MatrixRow[] {
  return rulebook.pack.categories.flatMap((category) => {
    const judge = createJudge({
      rulebook,
      subject: { app: null, categories: { main: [category.id] }, context: {}, firstPartyDomains: [], declared: null },
      scenes: [],
    });
    return rulebook.dataTypes.map((type) => {
      const finding = judge.finding(judge.add(sureOccurrence(type.id)));
      return { no: category.no, category: category.id, dataType: type.id, verdict: finding.verdict, article: finding.reason.article };
    });
  });
}

function sureOccurrence(dataType: string): Occurrence {
  return {
    dataType,
    grade: 'confirmed',
    detector: 'known-value',
    form: 'plain',
    direction: 'request',
    message: null,
    part: 'body',
    path: 'body.$.value',
    steps: ['json'],
    value: 'value',
    span: null,
    placeholder: false,
    trace: [],
    exchange: 0,
    at: 0,
    url: `https://${HOST}/`,
    method: 'POST',
    host: HOST,
    secure: true,
    app: 'main',
    scene: null,
    masked: '*',
    tag: '0',
  };
}

/** Categories down, data types across; a first row of ids. */
export function writeMatrixCsv(rows: readonly MatrixRow[]): string {
  const types = [...new Set(rows.map((row) => row.dataType))];
  const categories = [...new Set(rows.map((row) => row.category))];
  const verdicts = new Map(rows.map((row) => [`${row.category}/${row.dataType}`, row.verdict]));
  return [
    ['category', ...types].join(','),
    ...categories.map((category) => [category, ...types.map((type) => verdicts.get(`${category}/${type}`) ?? '')].join(',')),
  ].join('\n');
}
