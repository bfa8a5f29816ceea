import { z } from 'zod';
import { ATTRIBUTION_BASES } from '../model/exchange.js';
import { GRADES, SEVERITIES, VERDICTS } from '../model/finding.js';
import type { SessionReport } from '../model/report.js';
import { CONSENT_STATES } from '../model/session.js';

const bilingual = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Bilingual', description: 'Text for people in both languages.' });
const time = z.iso.datetime().describe('ISO 8601, UTC.');
const count = z.int().min(0);
const grade = z.enum(GRADES);
const verdict = z.enum(VERDICTS);
const severity = z.enum(SEVERITIES);

const party = z.object({
  host: z.string(),
  registrableDomain: z.string().nullable(),
  company: bilingual.nullable(),
  sdk: z.string().nullable(),
  purpose: z.string().nullable(),
  firstParty: z.boolean().nullable().describe('null: not known.'),
  country: z.string().nullable().describe("ISO 3166-1 alpha-2 of the address's registration; null: not known."),
  countryAsOf: z.iso.date().exactOptional().describe('Date of the table of registrations that says so.'),
  reason: bilingual,
});

const issue = z.object({
  check: z.string().describe('File name in rules/checks.'),
  severity,
  clause: z.string(),
  text: bilingual,
});

const occurrence = z.object({
  exchange: count.describe('Index in the HAR, or sequence number in the session.'),
  message: count.nullable().describe('Index of the stream message; null for the request or response itself.'),
  url: z.string().describe('Without query values unless values are shown.'),
  method: z.string(),
  scene: z.string().nullable(),
  direction: z.enum(['request', 'response']),
  path: z.string().describe('The whole way to the field; a nested decode adds `|step`.'),
  steps: z.array(z.string()),
  detector: z.string(),
  grade: grade.exactOptional().describe('How sure this one place is; the finding has the best grade among its places.'),
  form: z.string().nullable(),
  masked: z.string(),
  tag: z.string().describe('Keyed digest: equal values have equal tags inside one installation.'),
  trace: z.array(z.object({ rule: z.string(), text: bilingual })),
  value: z.string().exactOptional().describe('Only with --show-values.'),
});

const finding = z.object({
  id: z.string(),
  app: z.string(),
  dataType: z.string(),
  dataTypeName: bilingual,
  family: z.string(),
  grade,
  placeholder: z.boolean(),
  verdict,
  reason: z.object({ zh: z.string(), en: z.string(), article: z.string().nullable() }),
  issues: z.array(issue),
  party,
  count,
  firstSeen: time,
  lastSeen: time.exactOptional(),
  byScene: z.record(z.string(), count).exactOptional().describe('Pieces of evidence by scene id; the empty id: no scene was marked.'),
  occurrences: z.array(occurrence).describe('In order of time; `count` tells the true number where this list was cut.'),
  accepted: z
    .object({ reason: z.string(), at: time })
    .exactOptional()
    .describe('The tester accepted it, and why; verdict and issues stand all the same.'),
});

const scene = z.object({
  id: z.string(),
  name: z.string(),
  consent: z.enum(CONSENT_STATES),
  startedAt: time,
  endedAt: time.nullable(),
});

const unread = z.object({ host: z.string(), connections: count, bytesUp: count, code: z.string(), cause: bilingual });

const coverage = z.object({
  hosts: count,
  decrypted: count.describe('Hosts that could be read, decrypted or sent in clear.'),
  passedThrough: z.array(unread),
  pinned: z.array(unread),
  notInspected: z.array(unread),
  opaque: z.array(z.object({ host: z.string(), path: z.string(), count })),
  notAnalysed: count,
  truncated: count,
  limitsReached: z.record(z.string(), count),
  notAnalysedBytes: count.exactOptional(),
  notStored: count.exactOptional(),
  payloads: z
    .object({ sent: count, closed: count })
    .exactOptional()
    .describe(
      'Requests and outgoing messages that carried something, and those of which nothing could be looked into; absent: none of those, or not counted.',
    ),
  notVerified: z
    .array(unread)
    .exactOptional()
    .describe('Hosts that were read although their certificate did not verify, as the tester asked.'),
  http3Offered: z
    .array(unread)
    .exactOptional()
    .describe('Hosts that were read and offer HTTP/3, which no HTTP proxy sees: what an app sends them over QUIC is not in the record.'),
  attribution: z
    .object({
      package: z.string().nullable().describe('Package name of the app under test; null: not named.'),
      main: z
        .record(z.enum([...ATTRIBUTION_BASES, 'none']), count)
        .describe('Exchanges that count for the app under test, by what tells that they are its; `none`: nothing does.'),
      others: z.array(
        z.object({
          app: z.string(),
          kind: z.enum(['system', 'app', 'mini_program']),
          judged: z.boolean().describe('A category was chosen for it. Of others, hosts stand here and nowhere else in the coverage.'),
          by: z.array(z.enum(ATTRIBUTION_BASES)),
          exchanges: count,
          bytesUp: count,
          bytesDown: count,
          hosts: z.array(z.string()),
          unread: z.array(z.string()).describe('Hosts that could not be looked into.'),
        }),
      ),
    })
    .exactOptional()
    .describe('Whose traffic this is; absent: nothing tells any of it apart.'),
  checksNotJudged: z
    .array(z.object({ check: z.string().describe('File name in rules/checks.'), name: bilingual, why: bilingual }))
    .exactOptional()
    .describe('Checks that nobody could judge for lack of something only the tester can say; absent: none.'),
});

const basis = z.object({
  title: bilingual,
  documentNumber: z.string().nullable(),
  issuers: z.array(bilingual),
  dated: z.string(),
  effective: z.string().nullable(),
  url: z.string().nullable(),
  articles: z.array(z.object({ no: z.int(), text: bilingual })),
  categories: z.array(
    z.object({
      app: z.string(),
      id: z.string(),
      no: z.int(),
      name: bilingual,
      basicFunction: bilingual.nullable(),
      noPersonalInfoNeeded: z.boolean(),
      items: z.array(z.object({ text: bilingual, condition: bilingual.nullable() })).nullable(),
    }),
  ),
  checks: z.array(
    z.object({
      id: z.string(),
      name: bilingual,
      severity,
      clause: z.string(),
      clauseText: bilingual,
      advice: bilingual,
      fineWhen: bilingual,
    }),
  ),
  dataTypes: z.array(
    z.object({
      id: z.string(),
      name: bilingual,
      family: z.string(),
      familyName: bilingual,
      gbt35273: bilingual,
      sensitive: z.object({
        pipl28: z.enum(['yes', 'no', 'context']),
        gbt35273B: z.boolean(),
        gbt45574: z.enum(['yes', 'no', 'context']),
      }),
    }),
  ),
});

/** The published form of the report. New fields may be added within `schemaVersion: 1`; none is taken away or changes its meaning. */
export const sessionReportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  rules: z.object({
    pack: z.string(),
    version: z.string(),
    sha256: z.string(),
    earlier: z
      .array(z.object({ pack: z.string(), version: z.string(), sha256: z.string(), until: time }))
      .exactOptional()
      .describe('Rules that judged while the session ran and were replaced; the report is by the ones above.'),
  }),
  session: z.object({
    id: z.string(),
    app: z.string().nullable(),
    category: z.string().nullable().describe('Category id; several, explicitly chosen, are joined with "+".'),
    categoryName: bilingual.nullable(),
    context: z.record(z.string(), z.boolean()),
    startedAt: time,
    endedAt: time.nullable(),
    device: z.string().nullable(),
    scenes: z.array(scene),
    source: z.enum(['proxy', 'har', 'demo']).exactOptional(),
    status: z.enum(['running', 'ended', 'interrupted']).exactOptional(),
    knownSince: z
      .object({ at: time, exchanges: count })
      .exactOptional()
      .describe('Known values were changed while the session ran: so many exchanges had been looked through for others by then.'),
    modules: z
      .array(z.object({ file: z.string(), step: z.string(), sha256: z.string() }))
      .exactOptional()
      .describe("The tester's own modules that payloads were given to; deriving the evidence again needs these files."),
  }),
  summary: z.object({
    exchanges: count,
    findings: count,
    byVerdict: z.record(verdict, count),
    bySeverity: z.record(severity, count).describe('Findings by the gravest of their issues.'),
    hiddenCandidates: count,
  }),
  coverage,
  findings: z.array(finding),
  steps: z
    .array(
      z.object({
        step: z.string().describe('As in `steps` and paths of the evidence; `[n]` stands for the number of a place.'),
        zh: z.string(),
        en: z.string(),
      }),
    )
    .exactOptional()
    .describe('What each decode step in the evidence did, so that whoever has the traffic can do it again; absent: not told.'),
  parties: z.array(
    party.extend({ exchanges: count, bytesUp: count, bytesDown: count, findings: count, byVerdict: z.partialRecord(verdict, count) }),
  ),
  exchanges: z.object({ count, bytesUp: count, bytesDown: count }),
  basis: basis.exactOptional(),
  refusal: z
    .array(
      z.object({
        id: z.string().exactOptional(),
        question: bilingual,
        answer: z.enum(['works', 'refused', 'yes', 'no', 'not_tested']),
        note: z.string().nullable(),
      }),
    )
    .exactOptional()
    .describe('Answers to the refusal test (article 4); absent: not done.'),
  screenshots: z
    .array(
      z.object({
        file: z.string().describe('Its name in the evidence package.'),
        scene: z.string().nullable(),
        at: time,
        mime: z.enum(['image/png', 'image/jpeg', 'image/webp']),
        size: count,
        sha256: z.string(),
      }),
    )
    .exactOptional()
    .describe('Pictures that the tester gave; what stands on them is not masked. Absent: none.'),
  reveals: z
    .object({ count, lastAt: z.string() })
    .exactOptional()
    .describe('How often somebody looked at values in clear, in the page or by an unmasked export; absent: never.'),
  selection: z
    .object({ shown: count, of: count })
    .exactOptional()
    .describe('Only some of the findings were asked for; absent: all of them are here.'),
}) satisfies z.ZodType<SessionReport>;

/** JSON Schema 2020-12 of the report, as published in `session-report.schema.json`. */
export function sessionReportJsonSchema(): object {
  const schema = z.toJSONSchema(sessionReportSchema, { io: 'input' });
  return {
    ...schema,
    $id: 'urn:overreach:session-report:1',
    title: 'Overreach SessionReport',
  };
}
