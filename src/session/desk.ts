import { carried, StoreError, UsageError } from '../errors.js';
import { limits } from '../limits.js';
import type { ExchangeRow } from '../model/audit.js';
import type { Finding } from '../model/finding.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Connection, Persona, Session } from '../model/session.js';
import type { TapEvent } from '../model/tap.js';
import type { Lasting } from '../model/trouble.js';
import { createAssembly } from './assembly.js';
import type { Audit, Changes } from './audit.js';
import { unpack } from './parcel.js';
import type { Order, Word } from './remote.js';

/** The thread's side: takes orders, keeps the audit, and tells what changed once it is stored. */
export interface Desk {
  take(order: Order): void;
  /** Commits and tells, now. Also runs by itself every `limits.storeBatchMs` while there is something, more rarely where much is. */
  flush(): void;
}

/** Where one session is recorded. */
export interface Sitting {
  readonly audit: Audit;
  /** Commits what the sink was given. Throws when the disk refuses; what was not stored is then offered again. */
  readonly commit: () => void;
  /** Gives up what the disk still refuses, and counts it in the session. @returns how many records that is. */
  readonly abandon: () => number;
  /** The judgement in force, as the document to keep when it is replaced. */
  readonly judgement: () => string;
  /** Keeps a judgement that new rules replaced. */
  readonly keep: (document: string, at: number) => void;
}

export interface DeskOptions {
  readonly first: Sitting;
  /** Makes room for the next session. @throws where the rules in force do not hold for it or the disk refuses; nothing of it is left then. */
  readonly open: (session: Session, persona: Persona | null) => Sitting;
  /** Told of rules that are in force from now on, before anything is kept under them. */
  readonly rules: (rulebook: Rulebook) => void;
  readonly say: (word: Word) => void;
  /** Called when nothing more is wanted of this thread. */
  readonly left: () => void;
  readonly setTimer?: (run: () => void, ms: number) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Of the time of a busy thread a flush may take one part, and what it is for this many. */
const FLUSH_SHARE = 4;

/**
 * @returns the desk. A batch is told only after `commit` returned: what was shown survives a crash.
 */
export function createDesk({
  first,
  open,
  rules,
  say,
  left,
  setTimer = (run, ms) => void setTimeout(run, ms),
  now = () => performance.now(),
}: DeskOptions): Desk {
  let sitting = first;
  /** False between the end of one session and the beginning of the next: what passes is read on and kept nowhere. */
  let recording = true;
  const assembly = createAssembly(first.audit, () => first.audit.nextSeq());
  let batch = 0;
  let waiting = false;
  /** When something came that is not flushed yet; null: nothing has. */
  let unflushedSince: number | null = null;
  /** How long the last two flushes took, in milliseconds. */
  let flushing: readonly [last: number, before: number] = [0, 0];
  let consumed = 0;
  let consumedToldAt = now();
  let troubled = false;
  let leaving = false;
  /** Sessions that ended in the very moment in which the disk began to refuse. */
  const owed = new Set<Sitting>();
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
    const began = now();
    unflushedSince = null;
    tellConsumed(began);
    if (recording || troubled) tell();
    flushing = [now() - began, flushing[0]];
  }

  /** Whoever captures counts what is not done with yet, and stops copying where that is too much: it must not wait for a flush. */
  function tellConsumed(at: number): void {
    if (consumed > 0) say({ type: 'consumed', size: consumed });
    consumed = 0;
    consumedToldAt = at;
  }

  /**
   * Between two flushes: a flush costs by how many rows changed, not by how often. Where hundreds of streams send at once it would
   * take half of the time, and take the next half for writing the same rows again.
   * One alone that was slow (a checkpoint, a disk that another process uses) says nothing of the rows, and holds nothing back.
   */
  function pause(): number {
    return Math.min(limits.storeBatchMost, Math.max(limits.storeBatchMs, FLUSH_SHARE * Math.min(...flushing)));
  }

  function tell(): void {
    const { audit } = sitting;
    gather(audit.drain());
    try {
      for (const one of owed) {
        one.commit();
        owed.delete(one);
      }
      sitting.commit();
      troubled = false;
    } catch (error) {
      if (!troubled) say(problem(error, 'until_stored'));
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

  /** Nobody will write what waits: it must not be lost without a word. */
  function giveUp(): void {
    const records = [...owed, sitting].reduce((sum, one) => sum + one.abandon(), 0);
    if (records > 0)
      say(
        problem(
          new StoreError('OVR_STORE_LOST', `The disk refused until the end: ${records} record(s) of this session could not be stored.`, {
            next: 'Make room and do that part of the test again; what is missing was not judged.',
          }),
        ),
      );
  }

  function flushSoon(): void {
    // A disk that goes on refusing would keep the thread alive for ever, writing to a store that is closed.
    if (waiting || leaving) return;
    waiting = true;
    setTimer(() => {
      waiting = false;
      flushGuarded();
    }, pause());
  }

  function flushGuarded(): void {
    try {
      flush();
    } catch (error) {
      say(problem(error));
    }
  }

  /** Of messages that queue a thread takes a thousand before it looks at a timer: what is due is not left to the timer alone. */
  function flushWhenDue(): void {
    const at = now();
    unflushedSince ??= at;
    if (at - consumedToldAt >= limits.storeBatchMs) tellConsumed(at);
    if (at - unflushedSince >= pause() && !leaving) flushGuarded();
    else flushSoon();
  }

  /** The judgement so far is stored and kept first; told is only what the new rules say. What has ended stays as it was judged. */
  function adopted(rulebook: Rulebook, at: number): Session {
    flush();
    const { audit } = sitting;
    if (!recording) {
      rules(rulebook);
      return audit.session();
    }
    if (troubled)
      throw new StoreError('OVR_RULES_STORE', 'The disk refuses what was found so far, so the rules stay as they are.', {
        next: 'Make room on the disk, then load the rules again.',
      });
    const earlier = sitting.judgement();
    const session = audit.adopt(rulebook, at);
    rules(rulebook);
    sitting.keep(earlier, at);
    return session;
  }

  /** Closes the session that records: what is open in it is left to it, and it is told as ended. */
  function ended(at: number): Session {
    assembly.turn(null, at);
    // What was found goes to the sink before its session counts as over.
    gather(sitting.audit.drain());
    const session = sitting.audit.end(at);
    flush();
    recording = false;
    return session;
  }

  /**
   * One session ends and the next begins between two events of the tap, so that each is in one of them.
   * @throws where the next cannot begin; then the one before goes on as if nothing had been asked.
   */
  function begun({ next: session, persona, at }: Extract<Order, { readonly type: 'begin' }>): Session {
    flush();
    if (troubled)
      throw new StoreError('OVR_SESSION_STORE', 'The disk refuses what was found so far, so no other session is begun.', {
        next: 'Make room on the disk, then begin it again.',
      });
    const next = open(session, persona);
    try {
      if (recording) ended(at);
    } catch (error) {
      // All that was found is stored; only the mark of its end is not, and the next start of the program sets it.
      say(problem(error));
    }
    if (troubled) owed.add(sitting);
    // What the disk refused is told by nobody now; a missing number tells whoever listens to read everything anew.
    if (troubled) batch += 1;
    for (const told of Object.values(untold)) told.clear();
    sitting = next;
    recording = true;
    assembly.turn({ sink: next.audit, nextSeq: () => next.audit.nextSeq() }, at);
    return next.audit.session();
  }

  function read(event: TapEvent): void {
    try {
      assembly.tap(event);
    } catch (error) {
      say(problem(error));
    }
  }

  function carryOut(order: Exclude<Order, { type: 'tap' | 'parcel' | 'leave' }>): Session {
    const { audit } = sitting;
    if (order.type === 'begin') return begun(order);
    if (order.type === 'rules') return adopted(order.rulebook, order.at);
    // Asked of a session that another took the place of meanwhile: what was meant for the one must not befall the other.
    if (order.session !== audit.session().id || (!recording && order.type !== 'persona'))
      throw new UsageError('OVR_SESSION_ENDED', 'This session is no longer being recorded.', {
        next: 'Reload the page; a stored session can be read, and "overreach rejudge" judges it again.',
      });
    if (order.type === 'persona') return audit.know(order.persona, order.at);
    if (order.type === 'change') return audit.change(order.patch);
    if (order.type === 'scene') return audit.markScene(order.name, order.consent, order.at);
    return order.type === 'end-scene' ? audit.endScene(order.at) : ended(order.at);
  }

  return {
    take(order) {
      if (order.type === 'tap' || order.type === 'parcel') {
        consumed += order.size;
        if (order.type === 'tap') read(order.event);
        else for (const piece of unpack(order.parcel)) read(piece);
        flushWhenDue();
        return;
      }
      if (order.type === 'leave') {
        leaving = true;
        try {
          flush();
          if (troubled) giveUp();
        } finally {
          left();
        }
        return;
      }
      try {
        const session = carryOut(order);
        flush();
        say({ type: 'reply', call: order.call, session });
      } catch (error) {
        say({ type: 'refused', call: order.call, error: carried(error, UNREAD) });
      }
    },
    flush,
  };
}

/** What is no error of ours: something was not read, and what comes after it is. */
const UNREAD = { code: 'OVR_ANALYSIS', next: 'Report this; the session goes on.' };

function problem(error: unknown, lasts: Lasting = null): Word {
  return { type: 'problem', error: carried(error, UNREAD), lasts };
}
