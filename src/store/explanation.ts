import { createHash } from 'node:crypto';
import { StoreError } from '../errors.js';
import { limits } from '../limits.js';
import type { Occurrence } from '../model/finding.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/**
 * What many pieces of evidence have in common. A recording of events holds a hundred thousand of them and some hundred ways in which they
 * were found, in sentences of two languages: written out with each, nine megabytes of traffic became 187 of database.
 */
export type Explanation = Omit<Occurrence, OwnKey>;
export type Own = Pick<Occurrence, OwnKey>;
type OwnKey = 'message' | 'path' | 'value' | 'span' | 'exchange' | 'at' | 'url' | 'masked' | 'tag';

/** A piece of evidence as its row holds it. */
export interface EvidenceRow {
  readonly exchange: number;
  readonly at: number;
  readonly document: string;
  /** Key of its explanation; null: the document is the whole of it, as all were before there were explanations. */
  readonly explanation: string | null;
}

/** Of SHA-256 in base64url: 72 bits, so that no two of a session are mistaken for one. */
const KEY = 12;

function explanationOf(found: Occurrence): Explanation {
  const { dataType, grade, detector, form, direction, part, steps, placeholder, trace, method, host, secure, app, attributed, scene } =
    found;
  const shared = { dataType, grade, detector, form, direction, part, steps, placeholder, trace, method, host, secure, app, scene };
  return attributed === true ? Object.assign(shared, { attributed }) : shared;
}

function whole(shared: Explanation, own: Own): Occurrence {
  // Written out, in the order of the interface: spreading two objects into a third takes ten times as long.
  const found: Occurrence = {
    dataType: shared.dataType,
    grade: shared.grade,
    detector: shared.detector,
    form: shared.form,
    direction: shared.direction,
    message: own.message,
    part: shared.part,
    path: own.path,
    steps: shared.steps,
    value: own.value,
    span: own.span,
    placeholder: shared.placeholder,
    trace: shared.trace,
    exchange: own.exchange,
    at: own.at,
    url: own.url,
    method: shared.method,
    host: shared.host,
    secure: shared.secure,
    app: shared.app,
    scene: shared.scene,
    masked: own.masked,
    tag: own.tag,
  };
  return shared.attributed === true ? Object.assign(found, { attributed: shared.attributed }) : found;
}

/** Writes explanations of one session. Its key is made of what it says: two writers cannot mean different ones by the same key. */
export class ExplanationWriter {
  readonly #session: number;
  readonly #insert: (...values: unknown[]) => number;
  /** Those on disk, and those of the transaction that runs, which may yet be undone: they are written again with each piece until it is done. */
  readonly #stored = new Map<string, string>();
  readonly #fresh = new Map<string, string>();

  constructor(query: Query, session: number) {
    this.#session = session;
    this.#insert = query.prepared(
      build
        .insertInto('explanation')
        .values({ session: 0, key: '', document: '' })
        .onConflict((conflict) => conflict.columns(['session', 'key']).doNothing()),
    );
  }

  /** Writes what the piece shares with others, if need be. @returns the columns of its own row. */
  columns(found: Occurrence): { readonly document: string; readonly explanation: string } {
    const { message, path, value, span, url, masked, tag } = found;
    const shared = JSON.stringify(explanationOf(found));
    let explanation = this.#stored.get(shared);
    if (explanation === undefined) {
      explanation = this.#fresh.get(shared) ?? createHash('sha256').update(shared).digest('base64url').slice(0, KEY);
      this.#fresh.set(shared, explanation);
      this.#insert(this.#session, explanation, shared);
    }
    return { document: JSON.stringify({ message, path, value, span, url, masked, tag }), explanation };
  }

  /** Something of the transaction was undone: what it wrote is not to be relied on. */
  undone(): void {
    this.#fresh.clear();
  }

  /** The transaction is committed. */
  settled(): void {
    if (this.#stored.size + this.#fresh.size > limits.storeExplanations) this.#stored.clear();
    for (const [shared, key] of this.#fresh) this.#stored.set(shared, key);
    this.#fresh.clear();
  }
}

/** Puts pieces of evidence together again. Those with the same explanation share its objects. */
export class ExplanationReader {
  readonly #query: Query;
  /** By session and key, which say the same for ever. */
  readonly #known = new Map<string, Explanation>();

  constructor(query: Query) {
    this.#query = query;
  }

  /** @throws StoreError `OVR_STORE_CORRUPT` where the explanation is not there. */
  occurrence(session: number, { exchange, at, document, explanation }: EvidenceRow): Occurrence {
    if (explanation === null) return storedJson<Occurrence>(document);
    const own = storedJson<Omit<Own, 'exchange' | 'at'>>(document);
    return whole(this.#explanation(session, explanation), { ...own, exchange, at });
  }

  #explanation(session: number, key: string): Explanation {
    const id = `${session} ${key}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const row = this.#query.get(ONE, [session, key]);
    if (row === undefined)
      throw new StoreError('OVR_STORE_CORRUPT', `An explanation of evidence is missing in session ${session} (${key}).`, {
        next: 'Check the file with "overreach doctor", or judge the session again from its traffic with "overreach rejudge".',
      });
    const read = storedJson<Explanation>(row.document);
    if (this.#known.size >= limits.storeExplanations) this.#known.clear();
    this.#known.set(id, read);
    return read;
  }
}

/** Compiled once, as it is asked in the midst of a list. */
const ONE = build.selectFrom('explanation').select('document').where('session', '=', 0).where('key', '=', '').compile();
