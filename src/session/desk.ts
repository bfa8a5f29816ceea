import { describeError, OverreachError, StoreError } from '../errors.js';
import { limits } from '../limits.js';
import type { ExchangeRow } from '../model/audit.js';
import type { Finding } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Connection, Session } from '../model/session.js';
import type { TapEvent } from '../model/tap.js';
import { createAssembly } from './assembly.js';
import type { Audit, Changes } from './audit.js';
import { unpack } from './parcel.js';
import type { Order, Word } from './remote.js';

/** The thread's side: takes orders, keeps the audit, and tells what changed once it is stored. */
export interface Desk {
  take(order: Order): void;
  /** Commits and tells, now. Also runs by itself every `limits.storeBatchMs` while there is something. */
  flush(): void;
}

export interface DeskOptions {
  readonly audit: Audit;
  /** Commits what the sink was given. Throws when the disk refuses; what was not stored is then offered again. */
  readonly commit: () => void;
  readonly say: (word: Word) => void;
  /** The judgement in force, as the document to keep when it is replaced. */
  readonly judgement?: () => string;
  /** Keeps a judgement that the new rules replaced. */
  readonly keep?: (rulebook: Rulebook, document: string, at: number) => void;
  /** Called once the session has ended and is stored. */
  readonly ended: () => void;
  readonly setTimer?: (run: () => void, ms: number) => void;
}

/**
 * @returns the desk. A batch is told only after `commit` returned: what was shown survives a crash.
 */
export function createDesk({
  audit,
  commit,
  say,
  ended,
  judgement = () => '',
  keep = () => {},
  setTimer = (run, ms) => void setTimeout(run, ms),
}: DeskOptions): Desk {
  const assembly = createAssembly(audit, () => audit.nextSeq());
  let batch = 0;
  let waiting = false;
  let consumed = 0;
  let troubled = false;
  const untold = {
    findings: new Map<string, Finding>(),
    exchanges: new Map<number, ExchangeRow>(),
    connections: new Map<string, Connection>(),
  };

  /** What has changed and is not told, because the disk refused it. Exchange rows over the bound go; the page then asks again. */
  function gather(changes: Changes): void {
    for (const finding of changes.findings) untold.findings.set(finding.id, finding);
    for (const connection of changes.connections) untold.connections.set(connection.id, connection);
    for (const row of changes.exchanges) untold.exchanges.set(row.seq, row);
    if (untold.exchanges.size <= limits.feedQueued) return;
    untold.exchanges.clear();
    // A missing number tells whoever listens to read everything anew.
    batch += 1;
  }

  function flush(): void {
    gather(audit.drain());
    if (consumed > 0) say({ type: 'consumed', size: consumed });
    consumed = 0;
    try {
      commit();
      troubled = false;
    } catch (error) {
      if (!troubled) say(problem(error));
      troubled = true;
      flushSoon();
      return;
    }
    const changes = {
      findings: [...untold.findings.values()],
      exchanges: [...untold.exchanges.values()],
      connections: [...untold.connections.values()],
    };
    for (const told of Object.values(untold)) told.clear();
    say({ type: 'batch', batch: { id: ++batch, session: audit.session(), counters: audit.counters(), ...changes } });
  }

  function flushSoon(): void {
    if (waiting) return;
    waiting = true;
    setTimer(() => {
      waiting = false;
      try {
        flush();
      } catch (error) {
        say(problem(error));
      }
    }, limits.storeBatchMs);
  }

  /** The judgement so far is stored and kept first; told is only what the new rules say. */
  function adopted(rulebook: Rulebook, at: number): Session {
    flush();
    if (troubled)
      throw new StoreError('OVR_RULES_STORE', 'The disk refuses what was found so far, so the rules stay as they are.', {
        next: 'Make room on the disk, then load the rules again.',
      });
    const earlier = judgement();
    const session = audit.adopt(rulebook, at);
    keep(rulebook, earlier, at);
    return session;
  }

  function read(event: TapEvent): void {
    try {
      assembly.tap(event);
    } catch (error) {
      say(problem(error));
    }
  }

  function carryOut(order: Exclude<Order, { type: 'tap' | 'parcel' }>): Session {
    if (order.type === 'change') return audit.change(order.patch);
    if (order.type === 'rules') return adopted(order.rulebook, order.at);
    if (order.type === 'persona') {
      audit.know(order.persona);
      return audit.session();
    }
    if (order.type === 'scene') return audit.markScene(order.name, order.consent, order.at);
    return order.type === 'end-scene' ? audit.endScene(order.at) : audit.end(order.at);
  }

  return {
    take(order) {
      if (order.type === 'tap' || order.type === 'parcel') {
        consumed += order.size;
        if (order.type === 'tap') read(order.event);
        else for (const piece of unpack(order.parcel)) read(piece);
        flushSoon();
        return;
      }
      try {
        const session = carryOut(order);
        flush();
        say({ type: 'reply', call: order.call, session });
      } catch (error) {
        say({ type: 'refused', call: order.call, ...describe(error) });
      }
      if (order.type === 'end') ended();
    },
    flush,
  };
}

function problem(error: unknown): Word {
  return { type: 'problem', ...describe(error) };
}

function describe(error: unknown): { code: string; message: string; next: string } {
  if (error instanceof OverreachError) return { code: error.code, message: error.message, next: error.next };
  return { code: 'OVR_ANALYSIS', message: describeError(error), next: 'Report this; the session goes on.' };
}
