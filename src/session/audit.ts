import { describeError, UsageError } from '../errors.js';
import { createJudge, type Judge } from '../judge/judge.js';
import { demandOwnDomains } from '../judge/party.js';
import { limits } from '../limits.js';
import type { Counters, ExchangeRow, SubjectPatch } from '../model/audit.js';
import { ANALYSIS_FAILED, type Attribution, type Exchange, type StreamMessage } from '../model/exchange.js';
import type { Evidence, Finding } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Connection, ConsentState, Persona, Scene, Session } from '../model/session.js';
import { Addresses } from './addresses.js';
import { type Analyst, createAnalyst, type Memory, type Reading, type TellLater } from './analyst.js';
import { type AssemblySink, unreadExchange } from './assembly.js';
import { rowOf } from './exchange-row.js';
import { type Line, OpenExchange } from './open-exchange.js';
import type { AuditOptions } from './options.js';
import { inflatedText } from './searchable.js';
import { Timeline } from './timeline.js';
import { boundsIn, isUnsent, mergeWarnings } from './warnings.js';

/** What changed since the last time it was asked. */
export interface Changes {
  readonly findings: readonly Finding[];
  readonly exchanges: readonly ExchangeRow[];
  readonly connections: readonly Connection[];
}

/** The running audit without threads and sockets: exchanges in, findings out. */
export interface Audit extends AssemblySink {
  nextSeq(): number;
  /** A whole exchange at once (HAR, re-judging), in the order in which they began. The messages of its stream are read when their time has come. */
  exchange(exchange: Exchange): void;
  /** No exchange will come any more: what still waits for its time is read. */
  settle(): void;
  session(): Session;
  counters(): Counters;
  findings(): readonly Finding[];
  /** @throws UsageError for an own domain that is none; what the sink throws where it cannot replay. Nothing is changed then. */
  change(patch: SubjectPatch): Session;
  /**
   * Puts other rules in force: what comes is read and judged by them, what was found is judged again.
   * @throws UsageError or OverreachError where they do not hold for this session (a chosen category is gone); the rules before stay.
   */
  adopt(rules: Rulebook, at: number): Session;
  /** Later exchanges are looked through for these values; evidence that is there stays as it is, and the session says so. */
  know(persona: Persona | null, at: number): Session;
  markScene(name: string, consent: ConsentState, at: number): Session;
  endScene(at: number): Session;
  end(at: number): Session;
  /** Hands the changed findings to the sink and tells what changed. */
  drain(): Changes;
}

/**
 * An audit from the session of the options on, as it stands. Longer than other files are: judge, analyst, rules and session are replaced
 * together or not at all, and what replaces them has to stand where they are held.
 */
export function createAudit(options: AuditOptions): Audit {
  const { sink } = options;
  let { rulebook } = options;
  let { persona } = options;
  let analyst = newAnalyst(rulebook, options.follow !== false);
  const open = new Map<number, OpenExchange>();
  const changed = { findings: new Set<string>(), exchanges: new Map<number, ExchangeRow>(), connections: new Map<string, Connection>() };
  const totals = { exchanges: 0, bytesUp: 0, bytesDown: 0, notAnalysed: 0, opaque: 0 };
  /** Of connections that are not read, the row in which what was found stands. */
  const unreadRows = new Map<string, ExchangeRow>();
  const addresses = new Addresses();
  let session = options.session;
  /** The judge's view of the scenes; grows in place, so that a scene mark costs no judging again. */
  const scenes = [...session.scenes];
  let judge = newJudge(rulebook);
  const timeline = new Timeline(limits.followedHeld);
  let seq = 0;

  function newAnalyst({ dataTypes, endpoints }: Rulebook, follow: boolean | Memory): Analyst {
    return createAnalyst({
      dataTypes,
      endpoints: endpoints ?? [],
      persona,
      schemas: options.schemas ?? [],
      ...(options.hooks === undefined ? {} : { hooks: options.hooks }),
      follow,
      tagKey: options.tagKey,
    });
  }

  function newJudge(rules: Rulebook): Judge {
    return createJudge({
      rulebook: rules,
      subject: session.subject,
      scenes,
      settings: { responses: options.responses === true, ...addresses.settings(options.countries) },
    });
  }

  /** The scenes, of which the one that runs ends then. */
  function scenesEndedAt(at: number): Scene[] {
    return session.scenes.map((scene) => (scene.endedAt === null ? { ...scene, endedAt: at } : scene));
  }

  function sceneAt(at: number): string | null {
    const running = session.scenes.findLast((scene) => scene.startedAt <= at && (scene.endedAt === null || at < scene.endedAt));
    return running?.id ?? null;
  }

  function missed(): void {
    totals.notAnalysed += 1;
    sink.notAnalysed();
  }

  /** What the observers remarked of it since it was told last. */
  function remark(exchange: Exchange, before = 0): void {
    for (const name of boundsIn(exchange.warnings.slice(before))) sink.limit(name);
  }

  /**
   * Reads one message; a bug in a decoder or detector costs that message its analysis, is counted and shown, and ends nothing.
   * @param carries whether the app under test sent something in it.
   * @param scene in which it was sent.
   */
  function read(of: OpenExchange, at: number, reading: () => Reading, carries = false, scene = of.row.scene): string | undefined {
    let result: Reading;
    try {
      result = reading();
    } catch (error) {
      missed();
      of.row = { ...of.row, warnings: [...of.row.warnings, { code: ANALYSIS_FAILED, detail: describeError(error) }] };
      return undefined;
    }
    if (carries) sink.payload?.(result.closed === true);
    for (const hit of result.limits) sink.limit(hit.limit);
    record(of, result.evidence, at, scene);
    return result.text;
  }

  function readRequest(of: OpenExchange): void {
    const { request, startedAt, warnings } = of.exchange;
    if (isUnsent(warnings)) return;
    const carries = request.body.size > 0 || request.url.includes('?');
    const text = read(of, startedAt, () => analyst.request(request, startedAt, later(of.line, startedAt)), carries);
    if (text !== undefined) of.text = { ...of.text, request: text };
  }

  /** What the response hands out; a bug in there costs the following of this one, is shown, and ends nothing. */
  function learn(of: OpenExchange): void {
    const { response } = of.exchange;
    const text = response === null ? undefined : inflatedText(response);
    if (text !== undefined) of.text = { ...of.text, response: text };
    read(of, of.exchange.startedAt, () => analyst.learn(of.exchange));
  }

  function record({ line }: { readonly line: Line }, evidence: readonly Evidence[], at: number, scene = line.row.scene): void {
    if (evidence.length === 0) return;
    const { app, attributedBy } = line.row;
    for (const occurrence of analyst.locate(evidence, { exchange: line.sent, at, app, attributed: attributedBy !== undefined, scene })) {
      const id = judge.add(occurrence);
      sink.occurrence(id, occurrence);
      changed.findings.add(id);
      if (occurrence.grade === 'opaque') totals.opaque += 1;
    }
    line.row = { ...line.row, evidence: line.row.evidence + evidence.length };
  }

  /** Takes what another message says of the values of this one, when it may have ended and been stored long ago. */
  function later(line: Line, at: number, scene = line.row.scene): TellLater {
    return (evidence) => {
      record({ line }, [evidence], at, scene);
      sink.row(line.row);
      changed.exchanges.set(line.row.seq, line.row);
    };
  }

  function store(of: OpenExchange): void {
    sink.exchange(of.exchange, of.row, of.text);
    changed.exchanges.set(of.row.seq, of.row);
  }

  function senderOf({ request, client }: Exchange): Attribution | null {
    return options.attribute?.({ headers: request.headers, url: request.url, client }, session.subject) ?? null;
  }

  function start(exchange: Exchange, sender = senderOf(exchange)): OpenExchange {
    totals.exchanges += 1;
    addresses.add(exchange);
    const of = new OpenExchange(exchange, rowOf(exchange, sender, sceneAt(exchange.startedAt)));
    totals.bytesUp += of.row.bytesUp;
    seq = Math.max(seq, exchange.seq + 1);
    return of;
  }

  /** What has been there before stays (evidence, attribution), what the exchange knows by now is taken over. */
  function grow(of: OpenExchange, exchange: Exchange): void {
    const before = of.row;
    const fresh = rowOf(exchange, before.attributedBy === undefined ? null : { id: before.app, by: before.attributedBy }, before.scene);
    of.exchange = exchange;
    of.row = {
      ...fresh,
      evidence: before.evidence,
      bytesUp: Math.max(before.bytesUp, fresh.bytesUp),
      bytesDown: Math.max(before.bytesDown, fresh.bytesDown),
      warnings: mergeWarnings(exchange.warnings, before.warnings),
    };
    totals.bytesDown += of.row.bytesDown - before.bytesDown;
  }

  function readMessage(of: OpenExchange, message: StreamMessage): string | undefined {
    const size = message.body.size;
    const up = message.direction === 'request';
    of.row = up ? { ...of.row, bytesUp: of.row.bytesUp + size } : { ...of.row, bytesDown: of.row.bytesDown + size };
    if (up) totals.bytesUp += size;
    else totals.bytesDown += size;
    if (!up && options.responses !== true) return undefined;
    // A stream may have been opened in another scene: what was sent in it after consent was not sent before.
    const scene = sceneAt(message.at);
    return read(
      of,
      message.at,
      () => analyst.message(message, of.exchange.request, later(of.line, message.at, scene)),
      up && size > 0,
      scene,
    );
  }

  /** What an incoming message hands out. */
  function learnMessage(of: OpenExchange, message: StreamMessage): void {
    if (message.direction === 'response') read(of, message.at, () => analyst.learnMessage(message, of.exchange.request));
  }

  /** Reads the messages of a recorded stream, each at its time, and stores the exchange after the last. */
  function readStream(of: OpenExchange): void {
    const { messages } = of.exchange;
    const texts = new Map<number, string>();
    const take = (message: StreamMessage) => {
      const text = readMessage(of, message);
      if (text !== undefined) texts.set(message.index, text);
    };
    const finish = () => {
      if (texts.size > 0) of.text = { ...of.text, messages: texts };
      store(of);
    };
    for (const message of messages) learnMessage(of, message);
    const last = messages.reduce((latest, { at }) => Math.max(latest, at), of.exchange.startedAt);
    const size = messages.reduce((sum, { body }) => sum + body.bytes.length, 0);
    const waits = analyst.memory !== null && last > of.exchange.startedAt;
    if (waits && size <= timeline.room) {
      for (const message of messages) timeline.add({ at: message.at, size: message.body.bytes.length, run: () => take(message) });
      timeline.add({ at: last, size: 0, run: finish });
      return;
    }
    if (waits) sink.limit('followedHeld');
    for (const message of messages) take(message);
    finish();
  }

  /** To the sink first: what replays is what the sink has. */
  function handOver(): Finding[] {
    const findings = [...changed.findings].map((id) => judge.finding(id));
    if (findings.length > 0) sink.findings(findings);
    return findings;
  }

  function rejudge(): void {
    handOver();
    const next = newJudge(rulebook);
    for (const occurrence of sink.replay()) next.add(occurrence);
    judge = next;
    for (const finding of judge.findings()) changed.findings.add(finding.id);
  }

  function update(next: Session): Session {
    session = next;
    sink.session(session);
    return session;
  }

  /** Changes what is judged by, and judges again. @throws what the sink does where it cannot replay; then nothing is changed. */
  function rejudgeAfter(change: () => void): void {
    const before = { session, rulebook, analyst };
    try {
      change();
      rejudge();
    } catch (error) {
      ({ session, rulebook, analyst } = before);
      sink.session(session, rulebook);
      throw error;
    }
  }

  return {
    nextSeq: () => seq++,
    requested(exchange, alternatives) {
      const of = start(exchange);
      open.set(exchange.seq, of);
      remark(exchange);
      readRequest(of);
      for (const request of alternatives) read(of, exchange.startedAt, () => analyst.request(request));
      store(of);
    },
    carried(exchange, opening) {
      const of = start(exchange, senderOf(opening));
      open.set(exchange.seq, of);
      store(of);
    },
    answered(exchange) {
      const of = open.get(exchange.seq);
      if (of === undefined) return;
      remark(exchange, of.exchange.warnings.length);
      grow(of, exchange);
      if (options.responses === true) read(of, exchange.responseStartedAt ?? exchange.startedAt, () => analyst.response(exchange));
      learn(of);
      store(of);
    },
    messaged(exchange, message) {
      const of = open.get(exchange.seq);
      if (of === undefined) return;
      sink.message(exchange.seq, message, readMessage(of, message));
      learnMessage(of, message);
      store(of);
    },
    ended(exchange) {
      const of = open.get(exchange.seq);
      if (of === undefined) return;
      open.delete(exchange.seq);
      remark(exchange, of.exchange.warnings.length);
      grow(of, exchange);
      store(of);
    },
    exchange(exchange) {
      timeline.until(exchange.startedAt);
      const of = start(exchange);
      remark(exchange);
      readRequest(of);
      grow(of, exchange);
      if (options.responses === true) read(of, exchange.responseStartedAt ?? exchange.startedAt, () => analyst.response(exchange));
      learn(of);
      readStream(of);
    },
    settle: () => timeline.until(Number.POSITIVE_INFINITY),
    unread(connection, bytes, direction, at, before) {
      if (direction !== 'up' && options.responses !== true) return;
      const result = analyst.raw(bytes, before);
      if (result.evidence.length === 0) return;
      const known = unreadRows.get(connection.id);
      const of = start(unreadExchange(connection, known?.seq ?? seq++, at));
      if (known !== undefined) {
        totals.exchanges -= 1;
        of.row = { ...of.row, evidence: known.evidence };
      }
      record(of, result.evidence, at);
      unreadRows.set(connection.id, of.row);
      store(of);
    },
    connection(opened) {
      const sender = options.attribute?.({ headers: [], url: '', client: opened.client }, session.subject) ?? null;
      const connection = sender === null || sender.id === 'main' ? opened : { ...opened, app: sender.id };
      sink.connection(connection);
      changed.connections.set(connection.id, connection);
    },
    dropped(direction) {
      // What only came in is looked through for nothing that is judged.
      if (direction === 'up' || options.responses === true) missed();
    },
    session: () => session,
    counters: () => ({ ...totals, findings: judge.findings().filter(isShown).length }),
    findings: () => judge.findings(),
    change(patch) {
      const { device, ...subject } = patch;
      demandOwnDomains(subject.firstPartyDomains ?? []);
      const next = { ...session, subject: { ...session.subject, ...subject }, device: device === undefined ? session.device : device };
      if (Object.keys(subject).some((key) => !UNJUDGED.has(key))) rejudgeAfter(() => update(next));
      else update(next);
      return session;
    },
    adopt(rules, at) {
      const { reloads } = session.subject;
      if ((reloads?.earlier.length ?? 0) >= limits.ruleReloads)
        throw new UsageError('OVR_RULES_RELOADS', `The rules of this session were replaced ${limits.ruleReloads} times already.`, {
          next: 'End the session; "overreach rejudge" judges it under the newest rules.',
        });
      // Both first: rules that do not hold here must leave everything as it was.
      newJudge(rules);
      const next = newAnalyst(rules, analyst.memory ?? false);
      const { pack, sha256 } = rulebook;
      const earlier = [...(reloads?.earlier ?? []), { pack: pack.id, version: pack.version, sha256, until: at }];
      rejudgeAfter(() => {
        [rulebook, analyst] = [rules, next];
        session = { ...session, subject: { ...session.subject, reloads: { earlier, refused: null } } };
        sink.session(session, rules);
      });
      return session;
    },
    know(person, at) {
      persona = person;
      analyst.know(person);
      if (totals.exchanges === 0 || session.status !== 'running') return session;
      return update({ ...session, subject: { ...session.subject, knownSince: { at, exchanges: totals.exchanges } } });
    },
    markScene(name, consent, at) {
      const ended = scenesEndedAt(at);
      const scene = { id: `s${ended.length + 1}`, name, consent, startedAt: at, endedAt: null };
      scenes.splice(0, scenes.length, ...ended, scene);
      return update({ ...session, scenes: [...scenes] });
    },
    endScene(at) {
      return update({ ...session, scenes: scenesEndedAt(at) });
    },
    end(at) {
      const scenes = scenesEndedAt(at);
      return update({ ...session, scenes, endedAt: at, status: 'ended' });
    },
    drain() {
      const findings = handOver();
      const changes = { findings, exchanges: [...changed.exchanges.values()], connections: [...changed.connections.values()] };
      changed.findings.clear();
      changed.exchanges.clear();
      changed.connections.clear();
      return changes;
    },
  };
}

/** What a person notes and the judge does not read. */
const UNJUDGED: ReadonlySet<string> = new Set<keyof SubjectPatch>(['refusal', 'accepted', 'reloads', 'devices']);

/** Candidates are kept, but not shown unless asked for. */
export function isShown(finding: Finding): boolean {
  return finding.grade !== 'candidate';
}
