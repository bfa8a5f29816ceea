import { expect, test } from 'vitest';
import { z } from 'zod';
import { format, ruleId } from '../../../src/report/formats/sarif.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

/** What SARIF 2.1.0 demands of the parts this format writes (section numbers of the standard). */
const message = z.strictObject({ text: z.string().min(1) });
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          language: z.string().regex(/^[a-zA-Z]{2}(-[a-zA-Z]{2})?$/),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              name: z.string(),
              shortDescription: message,
              fullDescription: message,
              properties: z.strictObject({ tags: z.array(z.string()).max(10) }),
            }),
          ),
          properties: z.record(z.string(), z.string()),
        }),
      }),
      language: z.string(),
      columnKind: z.literal('utf16CodeUnits'),
      automationDetails: z.strictObject({ id: z.string() }),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          startTimeUtc: z.iso.datetime(),
          endTimeUtc: z.iso.datetime().optional(),
          toolExecutionNotifications: z.array(z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']), message })),
        }),
      ),
      results: z.array(
        z
          .strictObject({
            ruleId: z.string(),
            kind: z.enum(['notApplicable', 'pass', 'fail', 'review', 'open', 'informational']),
            level: z.enum(['none', 'note', 'warning', 'error']),
            message,
            locations: z.array(
              z.strictObject({
                physicalLocation: z.strictObject({
                  artifactLocation: z.strictObject({ uri: z.string() }),
                  region: z.strictObject({ startLine: z.int().min(1) }),
                }),
                logicalLocations: z.array(z.strictObject({ name: z.string(), fullyQualifiedName: z.string(), kind: z.string() })),
              }),
            ),
            partialFingerprints: z.record(z.string(), z.string()),
            occurrenceCount: z.int().min(1),
            suppressions: z
              .array(z.strictObject({ kind: z.enum(['inSource', 'external']), status: z.literal('accepted'), justification: z.string() }))
              .optional(),
            properties: z.record(z.string(), z.unknown()),
          })
          .refine(({ kind, level }) => kind === 'fail' || level === 'none', '3.27.10'),
      ),
    }),
  ),
});

const render = () => sarif.parse(JSON.parse(String(format.render(buildReport(sampleRecord()), { language: 'zh-CN' }))));

test('has the shape of the standard, one result a finding, each with its rule', () => {
  const [run] = render().runs;
  expect(run?.results).toHaveLength(11);
  const ids = new Set(run?.tool.driver.rules.map(({ id }) => id));
  for (const result of run?.results ?? []) expect(ids.has(result.ruleId)).toBe(true);
});

test('levels: an error for high issues, a warning for beyond necessary, nothing for what is fine', () => {
  const results = render().runs[0]?.results ?? [];
  const of = (id: string) => results.find(({ partialFingerprints }) => partialFingerprints['overreachFinding/v1'] === id);
  expect(of('f-imei-ads')).toMatchObject({ kind: 'fail', level: 'error', ruleId: 'beyond_necessary/imei' });
  expect(of('f-contacts')).toMatchObject({ kind: 'fail', level: 'warning' });
  expect(of('f-payment')).toMatchObject({ kind: 'fail', level: 'note' });
  expect(of('f-phone')).toMatchObject({ kind: 'pass', level: 'none' });
  expect(of('f-opaque')).toMatchObject({ kind: 'review', level: 'none' });
});

test('message text makes no link and no placeholder of captured brackets', () => {
  const results = render().runs[0]?.results ?? [];
  const text = results.find(({ partialFingerprints }) => partialFingerprints['overreachFinding/v1'] === 'f-contacts')?.message.text ?? '';
  expect(text).toContain('\\["');
  expect(text).not.toMatch(/(?<!\\)\[/);
  expect(ruleId({ verdict: 'necessary', dataType: 'x' })).toBe('necessary/x');
});

test('incident: a run that could not look came out as a success without results', () => {
  const report = buildReport(sampleRecord());
  const silent = {
    ...report,
    findings: [],
    summary: { ...report.summary, exchanges: 0 },
    coverage: { ...report.coverage, pinned: [], passedThrough: [], notInspected: [], opaque: [] },
  };
  const of = (one: typeof report) => sarif.parse(JSON.parse(String(format.render(one, { language: 'en' })))).runs[0]?.invocations[0];
  expect(of(silent)).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('there is no conclusion') } }, {}, {}, {}],
  });
  expect(of(report)?.executionSuccessful).toBe(true);
});

test('incident: what a mini program sent was a result without its name', () => {
  const report = buildReport(sampleRecord());
  const findings = report.findings.slice(0, 1).map((finding) => ({ ...finding, app: 'wechat:wx0' }));
  const log = sarif.parse(JSON.parse(String(format.render({ ...report, findings }, { language: 'en' }))));
  expect(log.runs[0]?.results[0]).toMatchObject({
    message: { text: expect.stringMatching(/^wechat:wx0: /) },
    properties: { app: 'wechat:wx0' },
  });
});

test('what the baseline accepts is a result that is suppressed, with the reason', () => {
  const report = buildReport(sampleRecord());
  const acceptedBecause = ({ id }: { readonly id: string }) => (id === 'f-imei-ads' ? 'ticket 12' : null);
  const results = sarif.parse(JSON.parse(String(format.render(report, { language: 'en', acceptedBecause })))).runs[0]?.results ?? [];
  expect(results.flatMap(({ suppressions = [] }) => suppressions)).toEqual([
    { kind: 'external', status: 'accepted', justification: 'ticket 12' },
  ]);
});
