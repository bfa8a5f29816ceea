import { setImmediate } from 'node:timers/promises';
import { type Missed, parseHar } from '../capture/har.js';
import { type RecordingWatch, readRecording } from '../capture/recording.js';
import { stepWords } from '../decode/index.js';
import { limits } from '../limits.js';
import type { Exchange } from '../model/exchange.js';
import type { AuditRecord } from '../model/report.js';
import type { Session } from '../model/session.js';
import { createRecordedAudit } from '../session/recorded.js';
import { type AuditSetup, auditOptions } from './audit-setup.js';
import { assertRecording, isSessionWord } from './inputs.js';
import { TOOL } from './place.js';
import { reread } from './reread.js';
import { findSession, openForReading } from './stored.js';

/**
 * Recorded traffic or a stored session, audited under the setup; a session keeps what the tester said about it where the setup is silent.
 * A recording is read with the event loop turned now and then: the process can be stopped, and what native code holds is given back.
 * @param watch told how far a file was read, and what of it nobody could look into; such parts count as not analysed.
 * @throws InputError `OVR_HAR_*`, `OVR_FLOW_*`, `OVR_PCAP` when nothing of it can be read; UsageError, StoreError for a session.
 */
export async function auditInput(setup: AuditSetup, input: string, watch: RecordingWatch = {}): Promise<AuditRecord> {
  if (isSessionWord(input)) return auditSession(setup, input);
  const reading = openRecording(setup, input, watch);
  let since = 0;
  for (const exchange of reading.exchanges) {
    reading.add(exchange);
    since += 1;
    if (since < limits.importBatch) continue;
    since = 0;
    await setImmediate();
  }
  return reading.finish();
}

function auditSession(setup: AuditSetup, word: string): AuditRecord {
  const store = openForReading(setup.settings.dataDir);
  try {
    return reread(store, findSession(store, word), setup).record;
  } finally {
    store.close();
  }
}

/**
 * A HAR or a flow file of mitmproxy, audited in one go.
 * @throws InputError `OVR_HAR_*`, `OVR_FLOW_*`, `OVR_PCAP` when nothing of it can be read.
 */
export function auditRecording(setup: AuditSetup, path: string, watch: RecordingWatch = {}): AuditRecord {
  const reading = openRecording(setup, path, watch);
  for (const exchange of reading.exchanges) reading.add(exchange);
  return reading.finish();
}

/**
 * The same for a HAR in memory.
 * @param text of the HAR; @param file its name, for messages.
 * @throws InputError `OVR_HAR_*` when it is no HAR, or not the whole of one.
 */
export function auditHarText(setup: AuditSetup, text: string, file: string): AuditRecord {
  const auditing = beginAudit(setup);
  for (const exchange of parseHar(text, file)) auditing.add(exchange);
  return auditing.finish(0);
}

/** A recording and the audit of it, in memory that does not grow with the size of the file. */
function openRecording(setup: AuditSetup, path: string, watch: RecordingWatch) {
  assertRecording(path);
  const auditing = beginAudit(setup);
  let lost = 0;
  const missed = (what: Missed) => {
    lost += 1;
    watch.missed?.(what);
  };
  return { exchanges: readRecording(path, { ...watch, missed }), add: auditing.add, finish: () => auditing.finish(lost) };
}

function beginAudit(setup: AuditSetup) {
  const span = new Span();
  const session: Session = {
    id: 'har',
    startedAt: 0,
    endedAt: 0,
    status: 'ended',
    source: 'har',
    subject: setup.given,
    device: null,
    scenes: [],
  };
  const auditing = createRecordedAudit({ ...auditOptions(setup), session });
  return {
    add(exchange: Exchange) {
      span.add(exchange);
      auditing.add(exchange);
    },
    /** @param lost parts of the recording that nobody could look into. */
    finish(lost: number): AuditRecord {
      const audited = auditing.finish();
      return {
        ...base(setup),
        ...audited,
        session: { ...audited.session, ...span.times() },
        traffic: { ...audited.traffic, notAnalysed: audited.traffic.notAnalysed + lost },
        connections: [],
      };
    },
  };
}

/** When a recording began and ended, known once it is read. An entry without a time has none to add. */
export class Span {
  #first = Number.POSITIVE_INFINITY;
  #last = 0;

  add({ startedAt, endedAt }: Exchange): void {
    if (startedAt > 0) this.#first = Math.min(this.#first, startedAt);
    this.#last = Math.max(this.#last, endedAt ?? startedAt);
  }

  times(): { readonly startedAt: number; readonly endedAt: number } {
    const startedAt = Number.isFinite(this.#first) ? this.#first : 0;
    return { startedAt, endedAt: Math.max(startedAt, this.#last) };
  }
}

function base({ rulebook }: AuditSetup) {
  return { tool: TOOL, rulebook, pack: rulebook.pack, stepWords };
}
