/**
 * What the HTTP API and the feed take and give, as zod schemas: inputs are checked against them, the OpenAPI file is made from
 * them, and the tests hold real answers against them. Long because it is one published contract, read as a whole.
 */
import { z } from 'zod';
import { limits } from '../limits.js';
import { ROW_FIELDS, SEARCH_DEPTHS } from '../model/audit.js';
import { ATTRIBUTION_BASES } from '../model/exchange.js';
import { GRADES, SEVERITIES, VERDICTS } from '../model/finding.js';
import { CONSENT_STATES } from '../model/session.js';
import { PICTURE_TYPES } from './view/picture.js';

const NAME = 200;
const time = z.number().describe('Milliseconds since the epoch');
const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const IN_CHINESE = z.string().exactOptional().describe('Message and next step in Chinese, where they say more than the code');
const direction = z.enum(['request', 'response']);
const coded = z.strictObject({ code: z.string(), detail: z.string() });

const refusalAnswer = z.strictObject({
  id: z.string().max(NAME).exactOptional(),
  question: z.strictObject({ zh: z.string().max(2_000), en: z.string().max(2_000) }),
  answer: z.enum(['works', 'refused', 'yes', 'no', 'not_tested']),
  note: z.string().max(2_000).nullable(),
});

const acceptance = z.strictObject({ finding: z.string().max(NAME), reason: z.string().min(1).max(limits.noteText), at: time });

const PACKAGE = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/;
const deviceLabels = z
  .array(z.strictObject({ address: z.string().min(1).max(64), label: z.string().trim().min(1).max(60) }))
  .max(limits.devices);

const subject = z.strictObject({
  app: z.string().nullable(),
  package: z.string().exactOptional().describe('Package name of the app under test; absent: not named'),
  categories: z.record(z.string(), z.array(z.string())),
  context: z.record(z.string(), z.boolean()),
  firstPartyDomains: z.array(z.string()),
  declared: z.array(z.strictObject({ dataType: z.string(), purpose: z.string(), receiver: z.string() })).nullable(),
  refusal: z.array(refusalAnswer).exactOptional().describe('Answers to the refusal test (article 4); absent: not done'),
  accepted: z.array(acceptance).exactOptional().describe('Findings the tester accepted, each with its reason; they stay listed and judged'),
  devices: deviceLabels.exactOptional().describe('What the tester calls the phones, by their addresses'),
  modules: z
    .array(z.strictObject({ file: z.string(), step: z.string(), sha256: z.string() }))
    .exactOptional()
    .describe('Modules of the tester that opened payloads'),
  reloads: z
    .strictObject({
      earlier: z.array(z.strictObject({ pack: z.string(), version: z.string(), sha256: z.string(), until: z.number() })),
      refused: z.strictObject({ at: z.number(), message: z.string(), next: z.string(), zh: IN_CHINESE }).nullable(),
    })
    .exactOptional()
    .describe('Rules that were replaced while the session ran, and why the last attempt was refused'),
  knownSince: z
    .strictObject({ at: time, exchanges: z.number() })
    .exactOptional()
    .describe('Known values were changed while the session ran: so many exchanges had been looked through for others by then'),
});

const scene = z.strictObject({
  id: z.string(),
  name: z.string(),
  consent: z.enum(CONSENT_STATES),
  startedAt: time,
  endedAt: time.nullable(),
});

const session = z.strictObject({
  id: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  status: z.enum(['running', 'ended', 'interrupted']),
  source: z.enum(['proxy', 'har', 'demo']),
  subject,
  device: z.string().nullable(),
  scenes: z.array(scene),
});

const counters = z.strictObject({
  exchanges: z.number(),
  findings: z.number(),
  bytesUp: z.number(),
  bytesDown: z.number(),
  notAnalysed: z.number(),
  opaque: z.number(),
});

const party = z.strictObject({
  host: z.string(),
  registrableDomain: z.string().nullable(),
  company: bilingual.nullable(),
  sdk: z.string().nullable(),
  purpose: z.string().nullable(),
  firstParty: z.boolean().nullable(),
  country: z.string().nullable(),
  countryAsOf: z.string().exactOptional(),
  reason: bilingual,
});

const trail = z.strictObject({
  exchange: z.number(),
  method: z.string(),
  url: z.string().describe('Without query values'),
  path: z.string(),
  direction,
  secure: z.boolean(),
  scene: z.string().nullable(),
  scenes: z.array(z.string()),
  masked: z.string(),
  devices: z.array(z.string()).describe('Addresses of the devices that sent it'),
  statuses: z.array(z.number().nullable()).describe('What the servers answered; null: nothing (yet)'),
});

const findingRow = z.strictObject({
  id: z.string(),
  app: z.string(),
  dataType: z.string(),
  family: z.string(),
  grade: z.enum(GRADES),
  placeholder: z.boolean(),
  verdict: z.enum(VERDICTS),
  reason: z.strictObject({ zh: z.string(), en: z.string(), article: z.string().nullable() }),
  issues: z.array(z.strictObject({ check: z.string(), severity: z.enum(SEVERITIES), clause: z.string(), text: bilingual })),
  party,
  count: z.number(),
  firstSeen: time,
  lastSeen: time,
  trail: trail.nullable().describe('Where it was last seen'),
});

const exchangeRow = z.strictObject({
  seq: z.number(),
  at: time,
  method: z.string(),
  url: z.string().describe('Without query values'),
  host: z.string(),
  status: z.number().nullable(),
  secure: z.boolean(),
  app: z.string(),
  attributedBy: z.enum(ATTRIBUTION_BASES).exactOptional().describe('What tells that it was this app; absent: nothing does'),
  scene: z.string().nullable(),
  client: z.string().nullable(),
  bytesUp: z.number(),
  bytesDown: z.number(),
  evidence: z.number(),
  failure: coded.nullable(),
  warnings: z.array(coded),
});

const reachGroup = z.strictObject({
  host: z.string(),
  at: time,
  app: z.string().exactOptional().describe('Another app on the phone whose connections these are'),
  connections: z.number().describe('0: the group has become empty'),
  reach: z.enum(['decrypted', 'cleartext', 'passed_through', 'pinned', 'ca_not_trusted', 'not_inspected', 'failed']),
  cause: z.strictObject({ code: z.string(), text: bilingual }).nullable(),
  bytesUp: z.number(),
  bytesDown: z.number(),
  notAnalysed: z.number(),
});

export const traffic = z.strictObject({
  exchanges: z.number(),
  bytesUp: z.number(),
  bytesDown: z.number(),
  notAnalysed: z.number(),
  truncated: z.number(),
  hosts: z.array(z.strictObject({ host: z.string(), exchanges: z.number(), bytesUp: z.number(), bytesDown: z.number() })),
  limitsReached: z.record(z.string(), z.number()),
  payloads: z
    .strictObject({ sent: z.number(), closed: z.number() })
    .optional()
    .describe('Requests and outgoing messages that carried something, and those into which nobody could look'),
  hiddenCandidates: z.number(),
  upTo: z.number().describe('The number behind that of the last exchange counted in here; batches of the feed may repeat those before it'),
  notStored: z.number().optional(),
  apps: z
    .array(
      z.strictObject({
        app: z.string(),
        by: z.enum(ATTRIBUTION_BASES),
        host: z.string(),
        exchanges: z.number(),
        bytesUp: z.number(),
        bytesDown: z.number(),
      }),
    )
    .optional()
    .describe('The part of `hosts` of which something tells whose it is'),
});

export const occurrence = z.strictObject({
  exchange: z.number(),
  message: z.number().nullable(),
  at: time,
  method: z.string(),
  url: z.string().describe('Without query values'),
  host: z.string(),
  secure: z.boolean(),
  app: z.string(),
  scene: z.string().nullable(),
  direction,
  path: z.string(),
  steps: z.array(z.string()),
  detector: z.string(),
  form: z.string().nullable(),
  grade: z.enum(GRADES),
  placeholder: z.boolean(),
  masked: z.string(),
  tag: z.string(),
  trace: z.array(z.strictObject({ rule: z.string(), text: bilingual })),
});

const segments = z
  .array(z.strictObject({ text: z.string(), marks: z.array(z.number()).optional(), hidden: z.literal(true).optional() }))
  .describe('Runs of text; `marks` are indexes into the `marks` of the answer, `hidden` says that the text stands in for a masked value');
const headers = z.array(z.strictObject({ name: z.string(), value: segments }));
const body = z.strictObject({
  kind: z
    .enum(['empty', 'json', 'form', 'multipart', 'text', 'tree', 'hex'])
    .describe('"tree": no text; what the decoders found in it, a line for each name, and the bytes themselves in "dump"'),
  contentType: z.string(),
  size: z.number(),
  bytes: z.number(),
  segments,
  dump: segments.nullable(),
  pictures: z.array(
    z.strictObject({
      type: z.enum(PICTURE_TYPES),
      width: z.number(),
      height: z.number(),
      bytes: z.number(),
      data: z.string().nullable().describe('base64; null until it is revealed'),
    }),
  ),
  morePictures: z.number().describe('How many pictures there are besides those'),
  cut: z.string().nullable(),
  coding: z
    .strictObject({ name: z.string(), why: z.enum(['unknown', 'misfit', 'short']) })
    .nullable()
    .describe(
      'The content-encoding that could not be taken off: unknown here, a misfit to the bytes (damaged, or taken off before they were ' +
        'recorded), or a stream that breaks off; null where all were',
    ),
});
const message = z.strictObject({ headers, trailers: headers, body });

export const exchangeView = z.strictObject({
  seq: z.number(),
  at: time,
  endedAt: time.nullable(),
  method: z.string(),
  url: segments,
  httpVersion: z.string(),
  secure: z.boolean(),
  client: z.string().nullable(),
  serverAddress: z.string().nullable(),
  status: z.number().nullable(),
  failure: coded.nullable(),
  warnings: z.array(coded),
  request: message,
  response: message.nullable(),
  messages: z.strictObject({
    total: z.number(),
    list: z.array(z.strictObject({ index: z.number(), direction, kind: z.enum(['ws', 'grpc', 'sse']), at: time, body })),
  }),
  marks: z.array(
    z.strictObject({
      finding: z.string(),
      dataType: z.string(),
      direction,
      message: z.number().nullable(),
      path: z.string(),
      steps: z.array(z.string()),
      masked: z.string(),
    }),
  ),
  layers: z.array(
    z.strictObject({ step: z.string(), says: bilingual.nullable(), path: z.string(), bytes: z.number(), segments: segments.nullable() }),
  ),
  limits: z.array(z.string()),
  revealed: z.boolean(),
});

const condition = z.strictObject({ id: z.string(), text: bilingual });
export const rules = z.strictObject({
  pack: z.strictObject({
    id: z.string(),
    version: z.string(),
    title: bilingual,
    documentNumber: z.string().nullable(),
    issuers: z.array(bilingual),
    dated: z.string(),
    published: z.string(),
    effective: z.string().nullable(),
    url: z.string().nullable(),
    articles: z.array(z.strictObject({ no: z.number(), text: bilingual })),
    categories: z.array(
      z.strictObject({
        id: z.string(),
        no: z.number(),
        name: bilingual,
        basicFunction: bilingual.nullable(),
        noPersonalInfoNeeded: z.boolean(),
        items: z
          .array(
            z.strictObject({
              text: bilingual,
              fields: z.array(z.string()),
              condition: condition.nullable(),
              fieldConditions: z.record(z.string(), condition),
            }),
          )
          .nullable(),
      }),
    ),
  }),
  dataTypes: z.array(
    z.strictObject({
      id: z.string(),
      name: bilingual,
      family: z.string(),
      gbt35273: bilingual,
      sensitive: z.enum(['yes', 'no', 'context']),
      identifier: z.enum(['immutable', 'resettable']).nullable(),
      technical: z.boolean(),
      detect: z
        .strictObject({
          how: z.enum(['detectors', 'key-only', 'known-value-only', 'container']),
          obtainedBy: z.string(),
          keys: z.array(z.string()),
          weakKeys: z.array(z.string()),
          contextKeys: z.array(z.string()),
          notKeys: z.array(z.string()),
          shape: z.string().nullable(),
          validator: z.string().nullable(),
          withKey: z.enum(GRADES).nullable(),
          withoutKey: z.enum(GRADES).nullable(),
        })
        .describe('How a value of this type is recognised without knowing it; a known value of the persona is found in any case'),
      note: z.string().nullable(),
    }),
  ),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      name: bilingual,
      severity: z.enum(SEVERITIES),
      clause: z.string(),
      clauseText: bilingual,
      advice: bilingual,
      fineWhen: bilingual,
    }),
  ),
  places: z.record(z.string(), bilingual).describe('Names of the codes that addresses are registered under: HK, SG'),
});

const trouble = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    next: z.string(),
    zh: IN_CHINESE,
    at: time,
    lasts: z
      .enum(['until_stored', 'until_caught_up', 'for_good'])
      .nullable()
      .describe(
        '`until_stored`: nothing new is kept before the next batch; `until_caught_up`: what is shown is of earlier until the analysis has caught up; `for_good`: nothing more is analysed; null: it was over when told',
      ),
  })
  .nullable()
  .describe(
    'What went wrong with the recording without being asked for: a disk that refuses, an analysis that ended; null: nothing, or it is over',
  );

export const state = z.strictObject({
  version: z.string(),
  now: time,
  running: z
    .string()
    .nullable()
    .describe('Id of the session that is recorded now; null: none is, and what passes the proxy is relayed only'),
  latest: z.string().nullable().describe('The same, or the one that this program recorded last; null: it records none'),
  batch: z.number(),
  trouble,
  commands: z.array(z.string()).describe('What this server lets a person do beyond the audit itself'),
  passedThrough: z.array(z.string()),
  reportFormats: z.array(z.string()),
  retentionDays: z.number().nullable().describe('Days that sessions are kept; null: not told'),
  offers: z
    .array(z.enum(['diff', 'persona', 'refusal', 'rejudge', 'retention', 'selection']))
    .describe('Which of the optional routes this server has'),
  onboarding: z.strictObject({ url: z.string(), qrSvg: z.string(), proxy: z.string() }).nullable(),
});

export const sessionList = z.strictObject({
  sessions: z.array(
    z.strictObject({ session, exchanges: z.number(), findings: z.number(), byVerdict: z.partialRecord(z.enum(VERDICTS), z.number()) }),
  ),
});

export const overview = z.strictObject({
  batch: z.number().describe('The answer holds every batch of the feed up to this one'),
  session,
  counters,
  findings: z.array(findingRow),
  reaches: z.array(reachGroup).describe('Connections, grouped by host and what became of them'),
  traffic,
});

export const findingAnswer = z.strictObject({
  finding: findingRow,
  occurrences: z.array(occurrence),
  offset: z.number(),
});

const depth = z
  .literal(SEARCH_DEPTHS)
  .describe(
    'How deep free text was searched: 0 what stood on the wire as text, words and their beginnings; 1 what the decoders found as well; 2 the middle of words, too',
  );
const cut = z
  .boolean()
  .describe('A text stands in the middle of more words than are looked up, or is a single letter: only those it makes up most of were');
const partly = z
  .number()
  .nullable()
  .describe(
    'Messages of the session of which a search sees only the beginning: the first 32 KiB of text, and 256 characters of a word that is ' +
      'looked through for its middle; null: recorded by an older version, which did not count them',
  );
export const exchangeList = z.strictObject({ rows: z.array(exchangeRow), total: z.number(), depth, cut, partly });
export const searchAnswer = z.strictObject({
  findings: z.array(z.string()).describe('Ids of the findings with evidence in an exchange that the text is met in'),
  depth,
  cut,
  partly,
});

export const revealList = z.strictObject({
  total: z.number().describe('All of this session; only the newest are listed'),
  reveals: z.array(
    z.strictObject({
      at: time,
      who: z.string().describe('Through what and from where: "page 127.0.0.1", "api 127.0.0.1", "report --show-values li"'),
      exchange: z.number().nullable().describe('null: the whole session'),
      finding: z.string().nullable().describe('null: every value'),
      dataTypes: z.array(z.string()),
    }),
  ),
});

export const refusalList = z.strictObject({
  questions: z
    .array(z.strictObject({ id: z.string(), text: bilingual }))
    .describe('Empty: no category is chosen, or its rules ask nothing'),
});

export const personaAnswer = z.strictObject({
  source: z.enum(['file', 'page', 'none']).describe('Where the values are from; none: nobody gave any'),
  values: z.array(
    z.strictObject({
      dataType: z.string(),
      values: z.array(
        z.strictObject({
          tag: z.string().describe('Names the value in a change'),
          masked: z.string(),
          note: bilingual
            .nullable()
            .describe('What is doubtful about it: a checksum that does not hold, a placeholder that is not looked for'),
        }),
      ),
    }),
  ),
  salts: z
    .number()
    .describe(
      'How many salts for digests are known. As key hooks and modules they stand in files only, are neither seen nor changed here, and are ' +
        'known of the sessions that this program recorded',
    ),
  keys: z.number().describe('Key hooks, modules (code of the tester) among them; which modules read a session is told by its subject'),
});

const diffEntry = z.strictObject({
  app: z.string(),
  dataType: z.string(),
  dataTypeName: bilingual,
  host: z.string(),
  company: bilingual.nullable(),
  grade: z.enum(GRADES),
  placeholder: z.boolean(),
  verdict: z.enum(VERDICTS),
  issues: z.array(z.string()),
  count: z.number(),
});
const names = z.strictObject({ new: z.array(z.string()), gone: z.array(z.string()) });
export const diffAnswer = z.strictObject({
  new: z.array(diffEntry),
  gone: z.array(diffEntry),
  changed: z.array(z.strictObject({ before: diffEntry, after: diffEntry, what: z.array(z.string()) })),
  same: z.number(),
  receivers: names,
  dataTypes: names,
  caveats: z.array(z.string()).describe('What makes the two hard to compare'),
});

export const rejudgeAnswer = z.strictObject({
  earlier: z.number().nullable().describe('Number under which the earlier judgement is kept; null: nothing changed'),
  kept: z.number().describe('Pieces of evidence that could not be derived again and stay as they were'),
  diff: diffAnswer,
});

export const retentionBody = z.strictObject({ days: z.number().int().min(1).max(limits.retentionMost) });
export const retentionAnswer = z.strictObject({
  days: z.number().describe('Days that sessions are kept'),
  fixedBy: z.enum(['environment', 'project']).nullable().describe('Where it is set so that it cannot be changed here; null: it can'),
  due: z.number().describe('Sessions that are older and do not run'),
});
export const purgeBody = z.strictObject({ due: z.number().int().describe('How many the asker was shown') });
export const purgeAnswer = retentionAnswer.extend({
  sessions: z.number().describe('Deleted'),
  complete: z.boolean().describe('False while another process still reads the old state'),
});

export const device = z.strictObject({
  address: z.string(),
  label: z.string().nullable().describe('What the tester calls it'),
  known: z.string().nullable().describe('What it said of itself: model and system, from the browser on the onboarding page or from adb'),
  names: z.array(z.string()).describe('What the request list and the filter "device:" call it: proxy users, packages, or the address'),
  firstSeen: time,
  lastSeen: time,
  exchanges: z.number().nullable().describe('null: shares its name with another device'),
  lights: z
    .strictObject({ reached: z.boolean(), proxySet: z.boolean(), downloaded: z.boolean(), trusted: z.boolean() })
    .describe('As on the onboarding page; `trusted`: something was decrypted'),
  hosts: z
    .strictObject({ read: z.number(), pinned: z.number(), refused: z.number(), passedThrough: z.number(), http3: z.number() })
    .describe('Hosts that were read, that the app pins, that refuse the certificate, that were passed through, that offer HTTP/3'),
});
export const deviceList = z.strictObject({ devices: z.array(device) });
export const sessionAnswer = z.strictObject({ session });
export const rulesReloaded = z.strictObject({ changed: z.boolean().describe('They are other rules than before'), session });
export const done = z.strictObject({ done: z.literal(true) });
export const deleted = done.extend({
  complete: z
    .boolean()
    .describe('False while another process still reads the old state: its remains leave the disk when that process ends'),
});
export const failure = z.strictObject({ code: z.string(), message: z.string(), next: z.string(), zh: IN_CHINESE });

export const feedMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), session: z.string().nullable(), batch: z.number(), at: time }),
  z.strictObject({
    type: z.literal('batch'),
    from: z.number(),
    to: z.number(),
    session,
    findings: z.array(findingRow),
    exchanges: z.array(exchangeRow),
    reaches: z.array(reachGroup),
    counters,
  }),
  z.strictObject({ type: z.literal('resync'), batch: z.number() }),
  z
    .strictObject({ type: z.literal('alive'), at: time })
    .describe('Every 30 seconds; a client that hears nothing for longer has lost the feed'),
  z.strictObject({ type: z.literal('trouble'), trouble }),
]);

const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const short = z.string().max(NAME);

export const page = z.strictObject({
  offset: count.default(0),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
});
export const rowQuery = page.extend({
  text: short.optional(),
  host: short.optional(),
  evidence: z.enum(['1']).optional().describe('Only exchanges with evidence'),
  failed: z.enum(['1']).optional().describe('Only exchanges that failed'),
  finding: z.string().max(16_384).optional().describe('Only exchanges with evidence of one of these findings: ids with commas between'),
  where: z
    .union([short, z.array(short).max(50)])
    .optional()
    .describe(
      `Conditions, may be repeated: field:value, -field:value for "not"; fields: ${ROW_FIELDS.join(', ')}. Several of one field are ` +
        'alternatives, every text must be met. "status:4" is a beginning, "status:none" means not answered',
    ),
  scene: short.optional(),
});
export const sessionParams = z.strictObject({ id: short });
export const findingParams = z.strictObject({ id: short, finding: short });
export const exchangeParams = z.strictObject({ id: short, seq: count });
export const viewQuery = z.strictObject({
  direction: direction.optional(),
  message: count.optional(),
  path: z.string().max(4_096).optional().describe('Path of the occurrence whose decode layers are wanted'),
});
export const revealBody = z.strictObject({
  finding: short.nullable().describe('null: every value of the exchange'),
  direction: direction.optional(),
  message: z.number().int().min(0).optional(),
  path: z.string().max(4_096).optional(),
});
const subjectFields = z.strictObject({
  app: short.nullable().optional(),
  categories: z.record(short, z.array(short).max(8)).optional(),
  context: z.record(short, z.boolean()).optional(),
  firstPartyDomains: z.array(short).max(100).optional(),
  declared: z
    .array(z.strictObject({ dataType: short, purpose: short, receiver: short }))
    .max(1_000)
    .nullable()
    .optional(),
  refusal: z.array(refusalAnswer).max(200).optional(),
  accepted: z.array(acceptance).max(2_000).optional(),
  device: short.nullable().optional(),
  devices: deviceLabels.optional(),
});
const { app, categories, context, firstPartyDomains, declared, refusal, accepted, devices } = subjectFields.shape;
export const subjectBody = subjectFields.extend({
  seen: z
    .strictObject({
      app,
      categories: categories.nullable(),
      context: context.nullable(),
      firstPartyDomains: firstPartyDomains.nullable(),
      declared,
      refusal: refusal.nullable(),
      accepted: accepted.nullable(),
      devices: devices.nullable(),
    })
    .optional()
    .describe(
      'What the asker had seen of what is changed; null: nothing stood there. Where it is another by now, nothing is changed: whole lists ' +
        'are sent, and would take back what somebody else has entered',
    ),
});
const KEPT = ['persona', 'own_domains', 'declared'] as const;
export const sessionBody = z.strictObject({
  ends: short
    .nullable()
    .default(null)
    .describe('Id of the session that runs now and ends with this; null: none runs. Another one that runs is a refusal'),
  app: short.nullable().optional().describe('Absent: as in the session before; null: unnamed'),
  package: z.string().max(NAME).regex(PACKAGE).nullable().optional().describe('Absent: as before; null: not named'),
  categories: z.record(short, z.array(short).max(8)).optional().describe('Absent: as before'),
  keep: z
    .array(z.enum(KEPT))
    .max(KEPT.length)
    .default([...KEPT])
    .describe('What of the session before counts for this one, too: known values of the test person, own domains, declared inventory'),
});
export const sceneBody = z.strictObject({ name: short.min(1), consent: z.enum(CONSENT_STATES) });
export const passThroughBody = z.strictObject({
  host: z
    .string()
    .max(253)
    .regex(/^(?:\*\.)?[A-Za-z0-9.:_-]+$/)
    .describe('A name, or `*.example.com` for all names below it'),
  on: z.boolean(),
});
export const reportQuery = z.strictObject({
  format: z.string().regex(/^[a-z0-9-]{1,20}$/),
  lang: z.enum(['zh-CN', 'en']).default('zh-CN'),
});

export const selectionBody = reportQuery.extend({
  findings: z.array(short).min(1).max(5_000).describe('Ids of the findings to list; the report says that it is a selection'),
});
export const searchQuery = z.strictObject({ text: short.min(1) });
export const personaBody = z.strictObject({
  values: z
    .array(
      z.strictObject({
        dataType: short,
        values: z
          .array(z.union([z.strictObject({ keep: short }), z.strictObject({ value: z.string().max(limits.personaValue) })]))
          .min(1)
          .max(limits.personaValues),
      }),
    )
    .max(limits.personaValues)
    .describe('All that shall be known from now on: `keep` takes the tag of a value that is known already'),
});
export const diffQuery = z.strictObject({ before: short, after: short });

export type State = z.infer<typeof state>;
export type Rules = z.infer<typeof rules>;
