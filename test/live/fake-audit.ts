import { createHash } from 'node:crypto';
import type { ExplainStep } from '../../src/live/options.js';
import type { Facets, LiveStore, PlacedOccurrence } from '../../src/live/store-port.js';
import type {
  AuditBatch,
  Counters,
  ExchangeRow,
  Reveal,
  RowQuery,
  RowTerm,
  RunningAudit,
  SearchDepth,
  SessionRow,
  SubjectPatch,
} from '../../src/model/audit.js';
import { type Body, EMPTY_BODY, type Exchange, type Headers } from '../../src/model/exchange.js';
import type { Finding, Issue, Occurrence, VerdictName } from '../../src/model/finding.js';
import type { Party } from '../../src/model/party.js';
import type { TrafficSoFar } from '../../src/model/report.js';
import type { Connection, ConsentState, Reach, SeenDevice, Session } from '../../src/model/session.js';
import type { Bilingual } from '../../src/model/text.js';
import { checks } from './fake-rules.js';

/** Something an app sent: one request with the personal data that stands in it. */
export interface Sent {
  readonly party: Party;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
  readonly response?: string;
  readonly status?: number;
  readonly secure?: boolean;
  readonly evidence: readonly SentEvidence[];
}

export interface SentEvidence {
  readonly dataType: string;
  readonly path: string;
  readonly value: string;
  readonly masked: string;
  readonly verdict: VerdictName;
  readonly grade?: Finding['grade'];
  readonly issues?: readonly string[];
  readonly steps?: readonly string[];
  readonly trace?: ReadonlyArray<{ readonly rule: string; readonly text: Bilingual }>;
}

const REASONS: Readonly<Record<VerdictName, Finding['reason']>> = {
  beyond_necessary: {
    zh: '不在“网络约车类”的必要个人信息之列；收集需征得同意，用户可以拒绝，且不得因此拒绝提供基本功能。',
    en: 'Not on the list of the category "Online ride-hailing". It needs consent, the user may refuse it, and the basic function must still work.',
    article: '4, 5(2)',
  },
  conditional: {
    zh: '仅在提供网络预约出租汽车服务时属于必要个人信息；请回答条件。',
    en: 'Necessary only for online-booked taxi services; please answer the condition.',
    article: '5(2)',
  },
  necessary: { zh: '属于“网络约车类”的必要个人信息。', en: 'On the list of the category "Online ride-hailing".', article: '5(2)' },
  technical: { zh: '联网必然产生的协议数据，仅作提示。', en: 'Unavoidable protocol data, shown as information.', article: null },
  not_judged: { zh: '载荷无法解开，不能判定。', en: 'The payload could not be opened, so it is not judged.', article: null },
};

export function party(
  host: string,
  company: Bilingual | null,
  sdk: string | null,
  purpose: string | null,
  firstParty: boolean | null,
  country: string | null = 'CN',
): Party {
  return {
    host,
    registrableDomain: host.split('.').slice(-2).join('.'),
    company,
    sdk,
    purpose,
    firstParty,
    country,
    reason: { zh: '按域名后缀识别。', en: 'Recognised by its domain suffix.' },
  };
}

function bodyOf(bytes: Uint8Array | string | undefined): Body {
  if (bytes === undefined) return EMPTY_BODY;
  const kept = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return { bytes: kept, size: kept.length, sha256: createHash('sha256').update(kept).digest('hex'), truncated: false };
}

/** A running audit and its store in memory, driven by `send`; batches go out as the real one's do: stored first. */
export class FakeAudit implements RunningAudit {
  readonly #listeners = new Set<(batch: AuditBatch) => void>();
  readonly rows: ExchangeRow[] = [];
  readonly whole: Exchange[] = [];
  readonly found = new Map<string, Finding>();
  readonly evidence = new Map<string, Occurrence[]>();
  readonly byExchange = new Map<number, PlacedOccurrence[]>();
  readonly links = new Map<string, Connection>();
  readonly others: SessionRow[] = [];
  readonly reveals: Reveal[] = [];
  readonly noted = new Map<string, SeenDevice[]>();
  depth: SearchDepth = 2;
  searchCut = false;
  searchedPartly: number | null = 0;
  /** What was asked of the audit. */
  readonly calls: unknown[] = [];
  clock: number;
  #session: Session;
  #batch = 0;

  constructor(startedAt: number, patch: Partial<Session> = {}) {
    this.clock = startedAt;
    this.#session = {
      id: 's-demo-1',
      startedAt,
      endedAt: null,
      status: 'running',
      source: 'proxy',
      subject: {
        app: '行路出行 7.2.1',
        categories: { main: ['ride_hailing'] },
        context: {},
        firstPartyDomains: ['xinglu.example'],
        declared: null,
      },
      device: 'Pixel 8 · Android 15',
      scenes: [],
      ...patch,
    };
  }

  session(): Session {
    return this.#session;
  }

  counters(): Counters {
    const sum = (pick: (row: ExchangeRow) => number) => this.rows.reduce((total, row) => total + pick(row), 0);
    return {
      exchanges: this.rows.length,
      findings: this.found.size,
      bytesUp: sum(({ bytesUp }) => bytesUp),
      bytesDown: sum(({ bytesDown }) => bytesDown),
      notAnalysed: 0,
      opaque: [...this.found.values()].filter(({ grade }) => grade === 'opaque').length,
    };
  }

  subscribe(listener: (batch: AuditBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async change(patch: SubjectPatch): Promise<Session> {
    this.calls.push(['change', patch]);
    const { device, ...subject } = patch;
    this.#session = { ...this.#session, subject: { ...this.#session.subject, ...subject }, device: device ?? this.#session.device };
    const context = this.#session.subject.context.online_booked_taxi_only;
    for (const [id, finding] of this.found)
      if (context !== undefined && (finding.verdict === 'conditional' || finding.dataType.startsWith('payment_')))
        this.found.set(id, {
          ...finding,
          verdict: context ? 'necessary' : 'beyond_necessary',
          reason: REASONS[context ? 'necessary' : 'beyond_necessary'],
        });
    this.publish([], [...this.found.values()]);
    return this.#session;
  }

  async markScene(name: string, consent: ConsentState): Promise<Session> {
    this.calls.push(['scene', name, consent]);
    await this.endScene();
    const scenes = this.#session.scenes;
    this.#session = {
      ...this.#session,
      scenes: [...scenes, { id: `scene-${scenes.length + 1}`, name, consent, startedAt: this.clock, endedAt: null }],
    };
    this.publish([], []);
    return this.#session;
  }

  async endScene(): Promise<Session> {
    this.#session = {
      ...this.#session,
      scenes: this.#session.scenes.map((scene) => (scene.endedAt === null ? { ...scene, endedAt: this.clock } : scene)),
    };
    return this.#session;
  }

  async end(): Promise<Session> {
    this.calls.push(['end']);
    this.#session = { ...this.#session, status: 'ended', endedAt: this.clock };
    this.publish([], []);
    return this.#session;
  }

  /** Stores one request and tells the page. */
  send(sent: Sent, tell = true): void {
    const seq = this.rows.length;
    const scene = this.#session.scenes.find(({ endedAt }) => endedAt === null)?.id ?? null;
    const { party: receiver, method = 'POST', secure = true } = sent;
    const url = `${secure ? 'https' : 'http'}://${receiver.host}${sent.path}`;
    const body = bodyOf(sent.body);
    const answer = bodyOf(sent.response ?? '{"code":0}');
    const exchange: Exchange = {
      seq,
      source: 'proxy',
      connection: `c-${receiver.host}`,
      client: { address: '192.168.31.44', port: 51_000 + (seq % 1_000), user: null },
      serverAddress: '203.0.113.9',
      secure,
      startedAt: this.clock,
      requestEndedAt: this.clock + 4,
      responseStartedAt: this.clock + 60,
      endedAt: this.clock + 64,
      request: {
        method,
        target: sent.path,
        url,
        httpVersion: '1.1',
        headers: [
          ['Host', receiver.host],
          ...(sent.headers ?? [
            ['User-Agent', 'okhttp/4.12.0'],
            ['Content-Type', 'application/json; charset=utf-8'],
          ]),
        ],
        trailers: [],
        body,
      },
      response: {
        status: sent.status ?? 200,
        statusText: 'OK',
        httpVersion: '1.1',
        headers: [['Content-Type', 'application/json']],
        trailers: [],
        body: answer,
      },
      messages: [],
      failure: null,
      warnings: [],
    };
    const row: ExchangeRow = {
      seq,
      at: this.clock,
      method,
      url,
      host: receiver.host,
      status: sent.status ?? 200,
      secure,
      app: 'main',
      scene,
      client: '192.168.31.44',
      bytesUp: body.size + 420,
      bytesDown: answer.size + 260,
      evidence: sent.evidence.length,
      failure: null,
      warnings: [],
    };
    this.whole.push(exchange);
    this.rows.push(row);
    const changed = sent.evidence.map((one) => this.#place(exchange, one, sent, scene));
    this.link(receiver.host, secure ? 'decrypted' : 'cleartext', body.size + 420, null, false);
    if (tell) this.publish([row], changed);
  }

  link(host: string, reach: Reach, bytesUp: number, cause: Connection['cause'], tell = true): void {
    const old = this.links.get(host);
    this.links.set(host, {
      id: `c-${host}`,
      at: old?.at ?? this.clock,
      client: { address: '192.168.31.44', port: 51_000, user: null },
      host,
      port: reach === 'cleartext' ? 80 : 443,
      serverAddress: '203.0.113.9',
      protocol: reach === 'decrypted' ? 'http/1.1' : null,
      reach,
      cause,
      bytesUp: (old?.bytesUp ?? 0) + bytesUp,
      bytesDown: (old?.bytesDown ?? 0) + bytesUp * 3,
      notAnalysed: 0,
    });
    if (tell) this.publish([], [], [this.links.get(host)!]);
  }

  publish(exchanges: readonly ExchangeRow[], findings: readonly Finding[], connections: readonly Connection[] = []): void {
    this.#batch += 1;
    const batch = { id: this.#batch, session: this.#session, findings, exchanges, connections, counters: this.counters() };
    for (const listener of this.#listeners) listener(batch);
  }

  #place(exchange: Exchange, sent: SentEvidence, { party: receiver, method = 'POST' }: Sent, scene: string | null): Finding {
    const id = createHash('sha256').update(`${sent.dataType} ${receiver.host}`).digest('hex').slice(0, 12);
    const occurrence: Occurrence = {
      dataType: sent.dataType,
      grade: sent.grade ?? 'confirmed',
      detector: sent.grade === 'opaque' ? 'opaque' : sent.grade === 'probable' ? 'key' : 'known-value',
      form: 'plain',
      direction: 'request',
      message: null,
      part: sent.path.startsWith('query') ? 'query' : sent.path.startsWith('header') ? 'header' : 'body',
      path: sent.path,
      steps: sent.steps ?? ['json'],
      value: sent.value,
      span: null,
      placeholder: false,
      trace: sent.trace ?? [
        { rule: 'known-value', text: { zh: '与测试人物中的值逐字相同。', en: 'Equals a value of the test persona.' } },
        { rule: 'key-name', text: { zh: '字段名指向该类型。', en: 'The key names this type.' } },
      ],
      exchange: exchange.seq,
      at: this.clock,
      url: exchange.request.url,
      method,
      host: receiver.host,
      secure: exchange.secure,
      app: 'main',
      scene,
      masked: sent.masked,
      tag: createHash('sha256').update(sent.value).digest('hex').slice(0, 8),
    };
    this.evidence.set(id, [...(this.evidence.get(id) ?? []), occurrence]);
    this.byExchange.set(exchange.seq, [...(this.byExchange.get(exchange.seq) ?? []), { finding: id, occurrence }]);
    const old = this.found.get(id);
    const finding: Finding = {
      id,
      app: 'main',
      dataType: sent.dataType,
      family: sent.dataType,
      grade: occurrence.grade,
      placeholder: false,
      verdict: old?.verdict ?? sent.verdict,
      reason: old?.reason ?? REASONS[sent.verdict],
      issues: old?.issues ?? (sent.issues ?? []).map(issueOf),
      party: receiver,
      count: (old?.count ?? 0) + 1,
      firstSeen: old?.firstSeen ?? this.clock,
      lastSeen: this.clock,
    };
    this.found.set(id, finding);
    return finding;
  }

  /** The read side, as the store gives it. */
  readonly store: LiveStore = {
    sessions: () => [this.#row(), ...this.others],
    session: (id) => (id === this.#session.id ? this.#session : (this.others.find(({ session }) => session.id === id)?.session ?? null)),
    findings: (id) => (id === this.#session.id ? [...this.found.values()] : []),
    occurrences: (_, finding, page) => {
      const all = this.evidence.get(finding) ?? [];
      return page === undefined ? all : all.slice(page.offset, page.offset + page.limit);
    },
    lastOccurrence: (_, finding) => this.evidence.get(finding)?.at(-1) ?? null,
    facets: () => this.#facets(),
    findingsWith: (_, text) => ({
      findings: [...this.byExchange].flatMap(([seq, placed]) => (this.#holds(seq, text) ? placed.map(({ finding }) => finding) : [])),
      cut: this.searchCut,
    }),
    searchReach: () => ({ depth: this.depth, partly: this.searchedPartly }),
    clients: (id, from) => this.#clients(id, from),
    keepReveal: (_, reveal) => void this.reveals.unshift(reveal),
    reveals: () => ({ total: this.reveals.length, reveals: this.reveals }),
    evidenceOf: (_, seq) => this.byExchange.get(seq) ?? [],
    exchangeRows: (id, query) => this.#list(id, query),
    exchange: (id, seq) => (id === this.#session.id ? (this.whole[seq] ?? null) : null),
    connections: (id) => (id === this.#session.id ? [...this.links.values()] : []),
    devices: (id) => this.noted.get(id) ?? [],
    traffic: (id) => this.traffic(id),
  };

  #facets(): Map<string, Facets> {
    return new Map(
      [...this.evidence].map(([id, all]) => {
        const rows = all.map(({ exchange }) => this.rows[exchange]);
        const scenes = all.flatMap(({ scene }) => (scene === null ? [] : [scene]));
        const clients = rows.flatMap((row) => (row === undefined || row.client === null ? [] : [row.client]));
        const statuses = rows.map((row) => row?.status ?? null);
        return [id, { clients: [...new Set(clients)], scenes: [...new Set(scenes)], statuses: [...new Set(statuses)] }];
      }),
    );
  }

  #clients(id: string, from: number): ReturnType<LiveStore['clients']> {
    const rows = id === this.#session.id ? this.rows.slice(from) : [];
    const names = [...new Set(rows.flatMap(({ client }) => client ?? []))];
    const clients = names.map((client) => {
      const its = rows.filter((row) => row.client === client).map(({ at }) => at);
      return { client, exchanges: its.length, first: Math.min(...its), last: Math.max(...its) };
    });
    return { clients, next: from + rows.length };
  }

  #meets(row: ExchangeRow, field: RowTerm['field'], value: string): boolean {
    if (field === 'text') return this.#holds(row.seq, value);
    const of = { host: row.host, app: row.app, scene: row.scene, device: row.client, status: row.status }[field];
    return String(of ?? 'none').includes(value);
  }

  /** Where the text is met: the URL, or the body as it stands. */
  #holds(seq: number, text: string): boolean {
    const { request, response } = this.whole[seq] ?? {};
    const bodies = [request?.body, response?.body].map((body) => new TextDecoder().decode(body?.bytes));
    return [request?.url ?? '', ...bodies].some((one) => one.toLowerCase().includes(text.toLowerCase()));
  }

  #row(): SessionRow {
    const byVerdict: Partial<Record<VerdictName, number>> = {};
    for (const { verdict } of this.found.values()) byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1;
    const { exchanges, findings, bytesUp, bytesDown } = this.counters();
    return {
      session: this.#session,
      rules: { pack: 'cn-2021', version: '1', sha256: '0'.repeat(64) },
      exchanges,
      findings,
      byVerdict,
      bytesUp,
      bytesDown,
    };
  }

  #list(id: string, query: RowQuery): { rows: ExchangeRow[]; total: number; cut: boolean } {
    if (id !== this.#session.id) return { rows: [], total: 0, cut: false };
    const text = query.text?.toLowerCase();
    const all = this.rows
      .filter(
        (row) =>
          (text === undefined || this.#holds(row.seq, text)) &&
          (query.host === undefined || row.host === query.host) &&
          (query.withEvidence !== true || row.evidence > 0) &&
          (query.findings === undefined || (this.byExchange.get(row.seq) ?? []).some(({ finding }) => query.findings?.includes(finding))) &&
          (query.terms ?? []).every(({ field, value, negated }) => negated !== this.#meets(row, field, value)),
      )
      .reverse();
    return { rows: all.slice(query.offset ?? 0, (query.offset ?? 0) + (query.limit ?? 100)), total: all.length, cut: this.searchCut };
  }

  /** Of the running session alone. */
  traffic(id: string): TrafficSoFar {
    const hosts = new Map<string, { host: string; exchanges: number; bytesUp: number; bytesDown: number }>();
    for (const row of id === this.#session.id ? this.rows : []) {
      const host = hosts.get(row.host) ?? { host: row.host, exchanges: 0, bytesUp: 0, bytesDown: 0 };
      host.exchanges += 1;
      host.bytesUp += row.bytesUp;
      host.bytesDown += row.bytesDown;
      hosts.set(row.host, host);
    }
    const { exchanges, bytesUp, bytesDown } = this.counters();
    return {
      exchanges,
      bytesUp,
      bytesDown,
      notAnalysed: 0,
      truncated: 0,
      hosts: [...hosts.values()],
      upTo: id === this.#session.id ? this.rows.length : 0,
      limitsReached: {},
      hiddenCandidates: 3,
    };
  }
}

function issueOf(id: string): Issue {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return { check: check.id, severity: check.severity, clause: check.clause, text: check.name };
}

const JSON_SAYS = { zh: 'JSON', en: 'JSON' };
/** Explains `body.$.data|base64|json$.x` and plain JSON paths, enough for the page. */
export function fakeExplain(exchange: Exchange, _direction: 'request' | 'response', _message: number | null, path: string): ExplainStep[] {
  const text = Buffer.from(exchange.request.body.bytes).toString('utf8');
  const steps: ExplainStep[] = [{ step: 'raw', says: null, path: 'body', input: null, text, bytes: text.length }];
  const nested = /^body\.\$\.(\w+)\|base64\|json\$/.exec(path);
  if (nested === null)
    return path.startsWith('body.$')
      ? [...steps, { step: 'json', says: JSON_SAYS, path: 'body.$', input: null, text, bytes: text.length }]
      : [];
  const input = String(JSON.parse(text)[nested[1]!]);
  const inner = Buffer.from(input, 'base64').toString('utf8');
  return [
    ...steps,
    { step: 'json', says: JSON_SAYS, path: `body.$.${nested[1]}`, input: null, text, bytes: text.length },
    { step: 'base64', says: { zh: 'Base64', en: 'base64' }, path: `body.$.${nested[1]}|base64`, input, text: inner, bytes: inner.length },
    { step: 'json', says: JSON_SAYS, path: `body.$.${nested[1]}|base64|json$`, input: null, text: inner, bytes: inner.length },
  ];
}
