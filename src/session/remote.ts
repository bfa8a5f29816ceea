import type { MessagePort, Worker } from 'node:worker_threads';
import { arrived, type CarriedError, OverreachError } from '../errors.js';
import { limits } from '../limits.js';
import type { AuditBatch, Counters, RunningAudit, SubjectPatch } from '../model/audit.js';
import type { Rulebook } from '../model/rulebook.js';
import type { ConsentState, Persona, Session } from '../model/session.js';
import type { TapBytes, TapEvent } from '../model/tap.js';
import type { Lasting } from '../model/trouble.js';
import { Backlog } from './backlog.js';
import { Packer, type Parcel } from './parcel.js';

/** What is told about a connection beside its bytes. */
export type TapMark = Exclude<TapEvent, TapBytes>;

/** What the thread that captures tells the thread that analyses. */
export type Order =
  | { readonly type: 'tap'; readonly event: TapMark; readonly size: number }
  | { readonly type: 'parcel'; readonly parcel: Parcel; readonly size: number }
  | { readonly type: 'rules'; readonly call: number; readonly rulebook: Rulebook; readonly at: number }
  // Each names the session it is meant for: another may have taken its place before the thread reads it.
  | { readonly type: 'change'; readonly call: number; readonly session: string; readonly patch: SubjectPatch }
  | { readonly type: 'persona'; readonly call: number; readonly session: string; readonly persona: Persona | null; readonly at: number }
  | {
      readonly type: 'scene';
      readonly call: number;
      readonly session: string;
      readonly name: string;
      readonly consent: ConsentState;
      readonly at: number;
    }
  | { readonly type: 'end-scene'; readonly call: number; readonly session: string; readonly at: number }
  | { readonly type: 'end'; readonly call: number; readonly session: string; readonly at: number }
  /** Another session: the one that records ends in the same moment. */
  | { readonly type: 'begin'; readonly call: number; readonly next: Session; readonly persona: Persona | null; readonly at: number }
  /** Nothing more is wanted. */
  | { readonly type: 'leave' };

/** What it answers. */
export type Word =
  | { readonly type: 'ready'; readonly session: Session }
  | { readonly type: 'batch'; readonly batch: AuditBatch }
  /** Bytes of tap events that are done with. */
  | { readonly type: 'consumed'; readonly size: number }
  | { readonly type: 'reply'; readonly call: number; readonly session: Session }
  | { readonly type: 'refused'; readonly call: number; readonly error: CarriedError }
  | { readonly type: 'problem'; readonly error: CarriedError; readonly lasts: Lasting };

export interface RemoteAudit extends RunningAudit {
  /** Hands a tapped event over; its bytes are copied before this returns. Never blocks. */
  tap(event: TapEvent): void;
  /** Later exchanges are looked through for these values. */
  know(persona: Persona | null): Promise<Session>;
  /** Bytes handed over and not yet analysed. */
  pressure(): number;
  /**
   * Puts other rules in force. What was handed over before is judged by the old ones first; nothing is lost in between.
   * @throws OverreachError where they do not hold for this session; the rules before stay.
   */
  adopt(rulebook: Rulebook): Promise<Session>;
  /**
   * Begins another session; the one that records ends in the same moment. What was tapped before belongs to the one before.
   * @throws OverreachError where it cannot begin; the one before then goes on.
   */
  begin(session: Session, persona: Persona | null): Promise<Session>;
  /** Lets the thread close its store and end; resolves when it has, or was dead before. */
  leave(): Promise<void>;
}

/** An event is about this heavy beside its bytes; keeps the pressure honest for floods of tiny ones. */
const EVENT_WEIGHT = 256;

const NOTHING: Counters = { exchanges: 0, findings: 0, bytesUp: 0, bytesDown: 0, notAnalysed: 0, opaque: 0 };

/**
 * The running audit as the capturing thread sees it: everything happens in the worker, this end only posts and listens.
 * @param onProblem told of trouble in the worker (disk full, a dead thread) and until when it lasts; the proxy goes on relaying.
 * @param now the clock by which the tapped events are stamped: marks and events stand in one order.
 * @param onCaughtUp told when what was told as lasting `until_caught_up` is over.
 * @returns when the worker has opened its store and its rules.
 */
export function connectAudit(
  worker: Worker | MessagePort,
  onProblem: (problem: OverreachError, lasts: Lasting) => void,
  now: () => number = Date.now,
  onCaughtUp: () => void = () => undefined,
): Promise<RemoteAudit> {
  const listeners = new Set<(batch: AuditBatch) => void>();
  const calls = new Map<number, { resolve: (session: Session) => void; reject: (error: Error) => void }>();
  let session: Session;
  let counters = NOTHING;
  let queued = 0;
  let call = 0;
  let dead: OverreachError | null = null;
  let over = false;
  let gone = false;
  const leaving: Array<() => void> = [];

  const post = (order: Order, transfer: ArrayBuffer[] = []) => worker.postMessage(order, transfer);
  const backlog = new Backlog();
  let toldBehind = false;
  /** What is seen on the page, and judged, is of then: who believes it is of now would end the session too soon. */
  const mind = (): void => {
    const seconds = Math.round(backlog.age() / 1_000);
    if (seconds === 0 && toldBehind) {
      toldBehind = false;
      onCaughtUp();
    }
    if (toldBehind || seconds * 1_000 < limits.analysisBehindMs) return;
    toldBehind = true;
    onProblem(analysisBehind(seconds), 'until_caught_up');
  };
  const packer = new Packer();
  let packed = 0;
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const sealed = packer.seal();
    if (sealed === null) return;
    post({ type: 'parcel', parcel: sealed.parcel, size: packed }, sealed.transfer);
    packed = 0;
  };
  const ask = (make: (call: number) => Order): Promise<Session> =>
    new Promise((resolve, reject) => {
      if (dead !== null) {
        reject(dead);
        return;
      }
      // What was tapped before a scene is marked belongs before the mark.
      flush();
      const id = ++call;
      calls.set(id, { resolve, reject });
      post(make(id));
    });

  const audit: RemoteAudit = {
    tap(event) {
      if (dead !== null) return;
      if (event.type !== 'bytes') {
        flush();
        queued += EVENT_WEIGHT;
        backlog.add(EVENT_WEIGHT);
        post({ type: 'tap', event, size: EVENT_WEIGHT });
        return;
      }
      const size = EVENT_WEIGHT + event.bytes.byteLength;
      queued += size;
      backlog.add(size);
      if (!packer.fits(event.bytes.byteLength)) flush();
      packer.add(event);
      packed += size;
      timer ??= setTimeout(flush, limits.tapDelayMs);
    },
    pressure: () => (dead === null ? queued : Number.POSITIVE_INFINITY),
    session: () => session,
    counters: () => counters,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (patch) => ask((id) => ({ type: 'change', call: id, session: session.id, patch })),
    adopt: (rulebook) => ask((id) => ({ type: 'rules', call: id, rulebook, at: now() })),
    know: (persona) => ask((id) => ({ type: 'persona', call: id, session: session.id, persona, at: now() })),
    markScene: (name, consent) => ask((id) => ({ type: 'scene', call: id, session: session.id, name, consent, at: now() })),
    endScene: () => ask((id) => ({ type: 'end-scene', call: id, session: session.id, at: now() })),
    end: (meant = session.id) => ask((id) => ({ type: 'end', call: id, session: meant, at: now() })),
    begin: (next, persona) => ask((id) => ({ type: 'begin', call: id, next, persona, at: next.startedAt })),
    leave() {
      over = true;
      if (dead !== null || gone) return Promise.resolve();
      flush();
      return new Promise((resolve) => {
        leaving.push(resolve);
        post({ type: 'leave' });
      });
    },
  };

  return new Promise((resolve, reject) => {
    const die = (problem: OverreachError) => {
      if (dead !== null || over) return;
      dead = problem;
      for (const { reject: refuse } of calls.values()) refuse(problem);
      calls.clear();
      onProblem(problem, 'for_good');
      reject(problem);
    };
    worker.on('message', (word: Word) => {
      if (word.type === 'batch') {
        session = word.batch.session;
        counters = word.batch.counters;
        for (const listener of listeners) listener(word.batch);
      } else if (word.type === 'consumed') {
        queued -= word.size;
        backlog.remove(word.size);
        mind();
      } else if (word.type === 'reply') {
        // Another session has begun; what the one before it counted is not its own.
        if (word.session.id !== session.id) counters = NOTHING;
        session = word.session;
        calls.get(word.call)?.resolve(word.session);
        calls.delete(word.call);
      } else if (word.type === 'refused') {
        calls.get(word.call)?.reject(arrived(word.error));
        calls.delete(word.call);
      } else if (word.type === 'problem') onProblem(arrived(word.error), word.lasts);
      else {
        session = word.session;
        resolve(audit);
      }
    });
    worker.on('error', (error: Error) => die(analysisDied(error)));
    // A port of a channel ends with `close`, a thread with `exit`.
    const ended = (): void => {
      gone = true;
      for (const done of leaving.splice(0)) done();
    };
    worker.on('close', ended);
    worker.on('exit', (code: number) => {
      ended();
      // Whatever it gives as the reason: nobody asked it to leave.
      die(analysisDied(new Error(`exit ${code}`)));
    });
  });
}

function analysisBehind(seconds: number): OverreachError {
  return new OverreachError('OVR_ANALYSIS_BEHIND', `The analysis is ${seconds} s behind the traffic: what you see is of then.`, {
    next: 'Let the page catch up before you end the session: what is not analysed by its end is not in it. Close what loads most on the phone (video, live feeds).',
  });
}

function analysisDied(cause: Error): OverreachError {
  if (cause instanceof OverreachError) return cause;
  return new OverreachError('OVR_ANALYSIS_DIED', `The analysis thread ended: ${cause.message}`, {
    next: 'The phone still has its connection, but nothing more is analysed. End this session and start again; what was shown is stored.',
    cause,
  });
}
