/**
 * Writes the published JSON Schema and the golden reports anew. Run it after a wanted change, and read the diff before committing:
 * the tests compare against these files byte for byte.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatIds, formatOf, renderReport, sessionReportJsonSchema } from '../src/report/index.js';
import { buildReport } from '../src/report/session-report.js';
import { sampleRecord } from '../test/report/sample-record.js';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const schema = at('src/report/session-report.schema.json');
writeFileSync(schema, JSON.stringify(sessionReportJsonSchema()));
execFileSync('npx', ['biome', 'format', '--write', schema], { stdio: 'inherit' });

mkdirSync(at('test/golden/reports'), { recursive: true });
const report = buildReport(sampleRecord());
for (const id of formatIds()) {
  for (const language of ['zh-CN', 'en'] as const) {
    if (id === 'json' && language === 'en') continue;
    const name = `session.${language}.${formatOf(id).extension}`;
    writeFileSync(at(`test/golden/reports/${id === 'json' ? 'session.json' : name}`), renderReport(report, id, { language }));
  }
}
