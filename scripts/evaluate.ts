import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { parseHar } from '../src/capture/har.js';
import { decodeRequest } from '../src/decode/index.js';
import { createDetector } from '../src/detect/detector.js';
import type { Evidence } from '../src/model/finding.js';
import type { DataType } from '../src/model/rulebook.js';
import { loadRulebook } from '../src/rulebook/load.js';
import { dataType } from '../src/rulebook/schema/data-type.js';
import { placeOf } from '../src/session/analyst.js';

/**
 * Recall and precision of detection against a labelled capture: `npm run evaluate -- capture.har capture.labels.json`.
 * Only grades `confirmed`, `strong` and `probable` count as found. Labels are seldom complete, so findings without a label are
 * listed (`--list`) to be judged by hand; `--false FILE` names those judged wrong (one `dataType<TAB>path<TAB>value` a line, the
 * value may be cut with `*` at its end), and the reviewed precision is computed from it.
 */

interface Label {
  readonly field: string;
  readonly value: string;
  readonly where: string;
  /** Data type id; absent: a value that is no personal data by itself (a session id). */
  readonly regField?: string | null;
  readonly family?: string | null;
}

interface LabelledEntry {
  readonly entry: number;
  readonly labelling: string;
  readonly labels: readonly Label[];
}

interface Found {
  readonly entry: number;
  readonly evidence: Evidence;
}

interface Tally {
  labels: number;
  exact: number;
  family: number;
  candidate: number;
  findings: number;
  rightType: number;
  rightFamily: number;
  otherType: number;
  unlabelled: number;
  judgedFalse: number;
}

const USAGE =
  'usage: npm run evaluate -- <capture.har> <labels.json> [--list] [--json] [--false FILE]\n       npm run evaluate -- --matrix [--noise MB]';

export function readDataTypes(folder: string): DataType[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => dataType.parse(parse(readFileSync(join(folder, file), 'utf8'))));
}

function holds(evidence: Evidence, value: string): boolean {
  const text = evidence.value;
  if (text === value || text.toLowerCase() === value.toLowerCase()) return true;
  if (text.split(/[,;]\s*/).includes(value)) return true;
  return value.length >= 8 && (text.includes(value) || value.includes(text)) && text.length >= 8;
}

function counts(evidence: Evidence): boolean {
  return evidence.grade === 'confirmed' || evidence.grade === 'strong' || evidence.grade === 'probable';
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function newTally(): Tally {
  return {
    labels: 0,
    exact: 0,
    family: 0,
    candidate: 0,
    findings: 0,
    rightType: 0,
    rightFamily: 0,
    otherType: 0,
    unlabelled: 0,
    judgedFalse: 0,
  };
}

function main(): number {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean' }, json: { type: 'boolean' }, false: { type: 'string' } },
  });
  const [harFile, labelFile] = positionals;
  if (harFile === undefined || labelFile === undefined || !existsSync(harFile) || !existsSync(labelFile)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const dataTypes = readDataTypes(fileURLToPath(new URL('../rules/data-types/', import.meta.url)));
  const families = new Map(dataTypes.map((type) => [type.id, type.family]));
  const { endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../rules/', import.meta.url)) });
  const detector = createDetector({ dataTypes, endpoints });
  const labelled = JSON.parse(readFileSync(labelFile, 'utf8')) as readonly LabelledEntry[];
  const wrong = values.false === undefined ? [] : readWrong(values.false);

  const found: Found[] = [];
  const started = process.hrtime.bigint();
  for (const exchange of parseHar(readFileSync(harFile, 'utf8'), harFile)) {
    for (const evidence of detector.detect(decodeRequest(exchange.request), placeOf(exchange.request.url)))
      found.push({ entry: exchange.seq, evidence });
  }
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;

  const byType = new Map<string, Tally>();
  const byGrade = new Map<string, Tally>();
  const total = newTally();
  const of = (map: Map<string, Tally>, key: string): Tally => {
    const tally = map.get(key) ?? newTally();
    map.set(key, tally);
    return tally;
  };

  const misses: string[] = [];
  const others: string[] = [];
  const unlabelled = new Map<string, number>();
  const labelsOf = new Map(labelled.map((each) => [each.entry, each.labels]));
  for (const { entry, labels } of labelled) {
    const here = found.filter((each) => each.entry === entry);
    for (const label of labels) {
      if (label.regField === undefined || label.regField === null) continue;
      const holding = here.filter(({ evidence }) => holds(evidence, label.value));
      const sure = holding.filter(({ evidence }) => counts(evidence));
      const exact = sure.some(({ evidence }) => evidence.dataType === label.regField);
      const family = exact || sure.some(({ evidence }) => families.get(evidence.dataType) === label.family);
      const candidate = !family && holding.some(({ evidence }) => evidence.grade === 'candidate');
      for (const tally of [total, of(byType, label.regField)]) {
        tally.labels++;
        if (exact) tally.exact++;
        else if (family) tally.family++;
        else if (candidate) tally.candidate++;
      }
      if (!exact)
        misses.push(
          `${family ? 'other type of the family' : candidate ? 'candidate only' : 'missed'}\t${entry}\t${label.regField}\t${label.where}\t${label.value.slice(0, 60)}\t${holding.map(({ evidence }) => `${evidence.dataType}/${evidence.grade}`).join(' ')}`,
        );
    }
  }
  for (const { entry, evidence } of found) {
    if (!counts(evidence)) continue;
    const labels = labelsOf.get(entry) ?? [];
    const same = labels.filter((label) => holds(evidence, label.value));
    const right = same.some((label) => label.regField === evidence.dataType);
    const family = !right && same.some((label) => label.family === families.get(evidence.dataType));
    const line = `${evidence.dataType}\t${evidence.path}\t${evidence.value.slice(0, 70).replace(/[\u0000-\u001f]/g, ' ')}`;
    const judgedFalse = !right && !family && wrong.some((test) => test(evidence));
    for (const tally of [total, of(byType, evidence.dataType), of(byGrade, evidence.grade)]) {
      tally.findings++;
      if (right) tally.rightType++;
      else if (family) tally.rightFamily++;
      else if (same.length > 0) tally.otherType++;
      else tally.unlabelled++;
      if (judgedFalse) tally.judgedFalse++;
    }
    if (right || family) continue;
    if (same.length > 0) others.push(`${entry}\t${line}\tlabelled ${same.map((label) => label.regField).join(',')}`);
    else unlabelled.set(`${evidence.grade}\t${line}`, (unlabelled.get(`${evidence.grade}\t${line}`) ?? 0) + 1);
  }

  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ total, byType: Object.fromEntries(byType), byGrade: Object.fromEntries(byGrade), misses, otherType: others, unlabelled: [...unlabelled.keys()], milliseconds }, null, 2)}\n`,
    );
    return 0;
  }
  const row = (name: string, tally: Tally): string =>
    `${name.padEnd(22)} ${String(tally.labels).padStart(6)} ${percent(tally.exact, tally.labels).padStart(8)} ${percent(tally.exact + tally.family, tally.labels).padStart(8)} ` +
    `${String(tally.findings).padStart(8)} ${percent(tally.rightType + tally.rightFamily, tally.findings).padStart(8)} ${percent(tally.findings - tally.judgedFalse, tally.findings).padStart(9)}`;
  const lines = [`${'data type'.padEnd(22)} labels   recall   family findings  precis.  reviewed`];
  for (const [name, tally] of [...byType].sort(([a], [b]) => (a < b ? -1 : 1))) lines.push(row(name, tally));
  lines.push(row('TOTAL', total));
  for (const [name, tally] of byGrade) lines.push(row(`grade ${name}`, tally));
  lines.push(`${found.length} pieces of evidence, ${milliseconds.toFixed(0)} ms`);
  if (values.false === undefined) lines.push('"reviewed" counts every unlabelled finding as right until --false FILE names the wrong ones');
  if (values.list) {
    lines.push('', 'MISSES', ...misses, '', 'OTHER TYPE', ...others, '', 'UNLABELLED (judge by hand)');
    for (const [line, times] of [...unlabelled].sort(([a], [b]) => (a < b ? -1 : 1))) lines.push(`${times}x\t${line}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function readWrong(file: string): Array<(evidence: Evidence) => boolean> {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [type = '', path = '', value = ''] = line.split('\t');
      return (evidence) =>
        evidence.dataType === type &&
        (path === '*' || evidence.path === path) &&
        (value.endsWith('*') ? evidence.value.startsWith(value.slice(0, -1)) : evidence.value === value);
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const matrix = process.argv.indexOf('--matrix');
  if (matrix < 0) process.exitCode = main();
  else {
    // Types x forms x containers x depth, swap and noise tests have a script of their own; the rest of the flags are its.
    process.argv.splice(matrix, 1);
    await import('./matrix.js');
  }
}
