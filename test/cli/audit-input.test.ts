import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { auditHarText, auditInput, auditRecording, Span } from '../../src/cli/audit-input.js';
import type { AuditSetup } from '../../src/cli/audit-setup.js';
import { RULES_DIR } from '../../src/cli/place.js';
import { readSettings } from '../../src/cli/settings.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { exchangeOf } from '../session/traffic.js';
import { commandLine, harOf } from './recorded-cli.js';

const { home, remove } = commandLine();
afterAll(remove);
const setup: AuditSetup = {
  settings: readSettings({ dataDir: home }, { env: { HOME: home }, cwd: home }),
  rulebook: loadRulebook({ dir: RULES_DIR }),
  persona: null,
  schemas: [],
  given: { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null },
  responses: false,
  countries: null,
};

test('a HAR gives the same record as text, in one go and with the event loop turned', async () => {
  const text = harOf('https://api.example.test/v1', '{"imei":"490154203237518"}', '{"page":1}');
  const file = join(home, 'two.har');
  writeFileSync(file, text);
  const ofText = auditHarText(setup, text, file);
  expect(ofText.stepWords?.('gzip')?.en).toBe('gzip, inflated');
  const found = ({ findings, traffic }: typeof ofText) => ({ findings, exchanges: traffic.exchanges });
  expect(ofText.findings.map(({ dataType }) => dataType)).toEqual(['imei']);
  expect(found(auditRecording(setup, file))).toEqual(found(ofText));
  expect(found(await auditInput(setup, file))).toEqual(found(ofText));
});

test('parts of a recording that nobody could look into count as not analysed', () => {
  const file = join(home, 'cut.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"page":1}', '{"page":2}').slice(0, -300));
  const missed: unknown[] = [];
  const record = auditRecording(setup, file, { missed: (what) => missed.push(what) });
  expect(missed.length).toBeGreaterThan(0);
  expect(record.traffic.notAnalysed).toBe(missed.length);
});

test('a recording spans its first and last moment; an entry without a time has none to add', () => {
  const span = new Span();
  expect(span.times()).toEqual({ startedAt: 0, endedAt: 0 });
  for (const [startedAt, endedAt] of [
    [0, 0],
    [2_000, 2_500],
    [1_000, null],
  ] as const)
    span.add(exchangeOf(0, 'https://api.example.test/', undefined, { startedAt, endedAt }));
  expect(span.times()).toEqual({ startedAt: 1_000, endedAt: 2_500 });
});
