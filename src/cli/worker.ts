import { parentPort, workerData } from 'node:worker_threads';
import type { ProtoSchema } from '../model/proto.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Session } from '../model/session.js';
import { buildReport } from '../report/index.js';
import { parseCountries } from '../rulebook/country.js';
import { registryOf } from '../rulebook/delegations.js';
import { createAudit } from '../session/audit.js';
import { createDesk, type Sitting } from '../session/desk.js';
import type { Order, Word } from '../session/remote.js';
import { openStore } from '../store/index.js';
import { attribute } from './attribution.js';
import { hookRunner } from './hook-runner.js';
import { storeSink } from './store-sink.js';
import { recordOf } from './stored.js';
import { letRelayGoFirst } from './thread-priority.js';

/** What the analysis thread is started with. */
export interface WorkerOrder {
  readonly dataDir: string;
  readonly rulebook: Rulebook;
  readonly session: Session;
  readonly persona: Persona | null;
  readonly schemas: readonly ProtoSchema[];
  readonly tagKey: Uint8Array;
  readonly responses: boolean;
  /** The user's table of address registrations as its file has it, already found to hold; null: the one of the rules. */
  readonly countries: { readonly file: string; readonly text: string } | null;
}

/**
 * The analysis thread: observers, decoders, detectors, the judge and the store's writer. The proxy's thread only posts bytes here.
 * A thread of its own because one exchange costs more than its relaying, and forwarding must never wait for it.
 */
const order = workerData as WorkerOrder;
const port = parentPort;
if (port === null) throw new Error('worker.js runs as a worker thread only');
letRelayGoFirst();

let { rulebook } = order;
const store = openStore({ dir: order.dataDir });
const countries = order.countries === null ? registryOf(rulebook) : parseCountries(order.countries.text, order.countries.file);

/** Room for one session, stored as running. @throws where the rules do not hold for it; then nothing of it is left. */
function open(session: Session, persona: Persona | null): Sitting {
  store.createSession(session, { pack: rulebook.pack.id, version: rulebook.pack.version, sha256: rulebook.sha256 });
  try {
    const writer = store.writer(session.id);
    const sink = storeSink(store, writer, session.id);
    const audit = createAudit({
      session,
      rulebook,
      persona,
      schemas: order.schemas,
      hooks: hookRunner,
      tagKey: order.tagKey,
      responses: order.responses,
      attribute,
      countries,
      sink,
    });
    return {
      audit,
      commit: sink.commit,
      abandon: sink.abandon,
      judgement: () => JSON.stringify(buildReport(recordOf(store, audit.session(), rulebook))),
      keep: (document, at) => store.keepJudgement(session.id, at, document),
    };
  } catch (error) {
    store.deleteSession(session.id);
    throw error;
  }
}

const desk = createDesk({
  first: open(order.session, order.persona),
  open,
  rules: (rules) => {
    rulebook = rules;
  },
  say: (word: Word) => port.postMessage(word),
  left: () => {
    store.close();
    port.close();
  },
});

port.on('message', (message: Order) => desk.take(message));
port.postMessage({ type: 'ready', session: order.session } satisfies Word);
