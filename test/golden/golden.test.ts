import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildReport, formatIds, formatOf, renderReport } from '../../src/report/index.js';
import { sampleRecord } from '../report/sample-record.js';

const report = buildReport(sampleRecord());

test.each(formatIds())('%s is byte for byte what was reviewed (after a wanted change: npx tsx scripts/update-golden.ts, and read the diff)', (id) => {
  for (const language of id === 'json' ? (['zh-CN'] as const) : (['zh-CN', 'en'] as const)) {
    const name = id === 'json' ? 'session.json' : `session.${language}.${formatOf(id).extension}`;
    const made = Buffer.from(renderReport(report, id, { language }));
    const kept = readFileSync(new URL(`reports/${name}`, import.meta.url));
    if (id === 'xlsx') expect(made.equals(kept), name).toBe(true);
    else expect(made.toString('utf8')).toBe(kept.toString('utf8'));
  }
});
