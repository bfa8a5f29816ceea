import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Missed } from '../capture/har.js';
import { readRecording } from '../capture/recording.js';
import { EXIT } from '../errors.js';
import { limits } from '../limits.js';
import type { Exchange } from '../model/exchange.js';
import type { Session } from '../model/session.js';
import { inLanguage, type Language } from '../model/text.js';
import { createAudit } from '../session/audit.js';
import { openStore, type Store } from '../store/index.js';
import { Span } from './audit-input.js';
import { type AuditSetup, auditOptions, setUpAudit } from './audit-setup.js';
import { untilCancelled } from './cancellation.js';
import type { CheckFlags } from './check.js';
import type { Cli } from './cli.js';
import { assertRecording } from './inputs.js';
import { withAuditOptions } from './options.js';
import { sayMissed, showProgress } from './progress.js';
import { storeSink } from './store-sink.js';

/** `overreach import`: recorded traffic becomes a stored session, with page and reports like any other. */
export function addImport(program: Command, cli: Cli): void {
  withAuditOptions(program.command('import'))
    .argument('<file>')
    .option('--responses')
    .action((file: string, flags: CheckFlags) => runImport(cli, file, flags));
}

async function runImport(cli: Cli, file: string, flags: CheckFlags): Promise<void> {
  const setup = setUpAudit(cli, flags);
  assertRecording(file);
  const store = openStore({ dir: setup.settings.dataDir });
  try {
    store.markInterrupted();
    const session = beginSession(store, setup);
    try {
      const imported = await untilCancelled((assertWanted) => importAll(cli, store, session, setup, file, assertWanted));
      if (imported.notAnalysed + imported.notStored > 0) cli.exit(EXIT.inconclusive);
      if (imported.notStored > 0) cli.terminal.say(cli.terminal.paint.yellow(lostWords(imported.notStored, setup.settings.language)));
      if (flags.json) cli.terminal.json({ session: session.id, ...imported });
      else cli.terminal.result(session.id);
    } catch (error) {
      discard(store, session);
      throw error;
    }
  } finally {
    store.close();
  }
}

/** Stored as running, so that an import that is killed is known as one that did not end. */
function beginSession(store: Store, { rulebook, given }: AuditSetup): Session {
  const session: Session = {
    id: `har-${randomBytes(5).toString('hex')}`,
    startedAt: Date.now(),
    endedAt: null,
    status: 'running',
    source: 'har',
    subject: given,
    device: null,
    scenes: [],
  };
  store.createSession(session, { pack: rulebook.pack.id, version: rulebook.pack.version, sha256: rulebook.sha256 });
  return session;
}

interface Imported {
  readonly exchanges: number;
  readonly notAnalysed: number;
  /** Records that the disk refused for a while. */
  readonly notStored: number;
}

function lostWords(records: number, language: Language): string {
  return inLanguage(
    {
      zh: `磁盘一度写不进去：${records} 条记录没有保存。请腾出空间后重新导入。`,
      en: `The disk refused for a while: ${records} record(s) were not stored. Make room and import again.`,
    },
    language,
  );
}

/** @throws Cancelled; InputError where the file is none, StoreError where the disk refuses. */
async function importAll(
  cli: Cli,
  store: Store,
  session: Session,
  setup: AuditSetup,
  file: string,
  assertWanted: () => void,
): Promise<Imported> {
  const writer = store.writer(session.id);
  const sink = storeSink(store, writer, session.id);
  const audit = createAudit({ ...auditOptions(setup), session, sink });
  const span = new Span();
  const say = sayMissed(cli);
  let lost = 0;
  const missed = (what: Missed) => {
    lost += 1;
    say(what);
  };
  for (const batch of batches(readRecording(file, { progress: showProgress(cli), missed }))) {
    for (const exchange of batch) {
      span.add(exchange);
      audit.exchange(exchange);
    }
    audit.drain();
    sink.commit();
    // Turned, the event loop brings signals, and native code gives back what it holds.
    await setImmediate();
    assertWanted();
  }
  audit.settle();
  audit.drain();
  const { exchanges, notAnalysed } = audit.counters();
  if (lost > 0) writer.notAnalysed(lost);
  const { error, lost: notStored } = writer.flush(true);
  if (error !== null) throw error;
  const { startedAt, endedAt } = span.times();
  store.updateSession({ ...session, startedAt: startedAt || session.startedAt, endedAt: endedAt || session.startedAt, status: 'ended' });
  return { exchanges, notAnalysed: notAnalysed + lost, notStored };
}

/** Cut by number and by bytes: what is written between two commits waits in memory, of which the store keeps a bounded amount. */
function* batches(exchanges: Iterable<Exchange>): Generator<readonly Exchange[]> {
  let batch: Exchange[] = [];
  let bytes = 0;
  for (const exchange of exchanges) {
    batch.push(exchange);
    bytes += exchange.request.body.bytes.length + (exchange.response?.body.bytes.length ?? 0);
    for (const { body } of exchange.messages) bytes += body.bytes.length;
    if (batch.length < limits.importBatch && bytes < limits.importBatchBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Nothing of an import that failed or was stopped stays; running it again begins anew. */
function discard(store: Store, session: Session): void {
  try {
    // Only what does not run can be deleted.
    store.updateSession({ ...session, endedAt: session.startedAt, status: 'interrupted' });
    store.deleteSession(session.id);
  } catch {
    // A disk that refused the import may refuse this as well, and that first error is the one to tell. The session stays marked as
    // running without an owner, which the next command that writes turns into "interrupted".
  }
}
