import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import { type Candidate, replaced } from './candidate.js';
import { asksPlace } from './doubts.js';
import type { Naming } from './naming.js';
import { copied, hashOf, slotOf } from './text-hash.js';

/** Reads one field under all that its names say. */
export type ReadField = (field: Field, decoded: Decoded, naming: Naming) => readonly Candidate[];

const NONE: readonly Candidate[] = [];
/** Where a leaf is asked about before it has a place. */
export const NOWHERE: Decoded = { direction: 'request', message: null, fields: [], layers: [], opaque: [], limits: [] };
const NO_STEPS: readonly string[] = [];

/** What became of the value of a place since the last message: asked by the decoder, read for a message, each once or oftener; or it is kept. */
const ASKED = 1;
const ASKED_AGAIN = 2;
const READ = 4;
const READ_AGAIN = 8;
const KEPT = 16;

/** Characters of identifiers; most of those that come again are shorter words. */
const DIFFERING = 16;

/**
 * What was read of a value under its names. Apps send the same model, system, account and session with every event, and a reading costs
 * twenty times as much as remembering it. Only what names, value and kind decide is remembered; neighbours are asked each time.
 *
 * DANGER: these are values of persons. They are in memory alone, at most `limits.readingsKept` of them, and no longer than the detector that
 * they were read by lives: the end of the audit, other rules, another persona. Of what came once only a hash of 32 bits stays, to know it
 * when it comes again.
 */
export class ReadingMemory {
  readonly #reads: ReadField;
  readonly #namings: Array<Naming | null> = new Array<Naming | null>(limits.readingsKept).fill(null);
  readonly #values: string[] = new Array<string>(limits.readingsKept).fill('');
  readonly #kinds: Array<Field['kind']> = new Array<Field['kind']>(limits.readingsKept).fill('null');
  readonly #found: Array<readonly Candidate[]> = new Array<readonly Candidate[]>(limits.readingsKept).fill(NONE);
  readonly #states = new Uint8Array(limits.readingsKept);
  readonly #hashes = new Int32Array(limits.readingsKept);
  /** Hash of the last value of each place that was forgotten. */
  readonly #before = new Int32Array(limits.readingsKept);
  /** Places taken since the last `settle`: their texts are cut out of the message, and would hold on to the whole of it. */
  readonly #taken: number[] = [];

  /** @param reads is asked where nothing is remembered. */
  constructor(reads: ReadField) {
    this.#reads = reads;
  }

  /** What the field gives under its names, from memory where it can be. */
  read(field: Field, decoded: Decoded, naming: Naming): readonly Candidate[] {
    if (field.value.length > limits.readingLength || asksPlace(field)) return this.#reads(field, decoded, naming);
    const hash = hashOfField(field, naming);
    const place = slotOf(hash);
    if (!this.#holds(place, field, naming)) {
      // Mostly another one each time, and the decoder has not asked about it: the hash will do at first.
      if (field.value.length >= DIFFERING && this.#before[place] !== hash) {
        this.#before[place] = hash;
        return this.#reads(field, decoded, naming);
      }
      this.#take(place, hash, field, naming, this.#reads(field, decoded, naming));
    }
    const state = this.#states[place]!;
    this.#states[place] = state | ((state & READ) === 0 ? READ : READ_AGAIN);
    const found = this.#found[place]!;
    return found.length === 0 ? NONE : found.map((candidate) => replaced(candidate, field, decoded));
  }

  /** Whether a leaf gives anything under its names. @param leaf lent for the question. */
  asks(leaf: Field, naming: Naming): boolean {
    if (leaf.value.length > limits.readingLength || asksPlace(leaf)) return this.#reads(leaf, NOWHERE, naming).length > 0;
    const hash = hashOfField(leaf, naming);
    const place = slotOf(hash);
    if (!this.#holds(place, leaf, naming)) {
      const found = this.#reads(leaf, NOWHERE, naming);
      // Nobody will read a leaf that gives nothing, and most numbers never come again.
      if (found.length === 0 && this.#before[place] !== hash) {
        this.#before[place] = hash;
        return false;
      }
      this.#take(place, hash, leaf, naming, found);
    }
    const state = this.#states[place]!;
    this.#states[place] = state | ((state & ASKED) === 0 ? ASKED : ASKED_AGAIN);
    return this.#found[place]!.length > 0;
  }

  /** A message is at its end. What came again is read once more from a copy, so that nothing of the message is kept; the rest is forgotten. */
  settle(): void {
    for (const place of this.#taken) {
      const naming = this.#namings[place];
      const state = this.#states[place]!;
      if (naming === null || naming === undefined || state === KEPT) continue;
      if ((state & (ASKED_AGAIN | READ_AGAIN)) !== 0 || this.#before[place] === this.#hashes[place]) this.#copy(place, naming);
      else this.#forget(place);
    }
    this.#taken.length = 0;
  }

  #holds(place: number, { value, kind }: Field, naming: Naming): boolean {
    return this.#namings[place] === naming && this.#kinds[place] === kind && this.#values[place] === value;
  }

  #take(place: number, hash: number, field: Field, naming: Naming, found: readonly Candidate[]): void {
    this.#found[place] = found;
    this.#namings[place] = naming;
    this.#values[place] = field.value;
    this.#kinds[place] = field.kind;
    this.#hashes[place] = hash;
    this.#states[place] = 0;
    this.#taken.push(place);
  }

  #copy(place: number, naming: Naming): void {
    const value = copied(this.#values[place]!);
    const field: Field = { path: '', part: 'body', keys: naming.keys, value, kind: this.#kinds[place]!, steps: NO_STEPS, group: 0 };
    this.#values[place] = value;
    this.#found[place] = this.#reads(field, NOWHERE, naming);
    this.#states[place] = KEPT;
  }

  #forget(place: number): void {
    this.#before[place] = this.#hashes[place]!;
    this.#namings[place] = null;
    this.#values[place] = '';
    this.#found[place] = NONE;
  }
}

function hashOfField({ value, kind }: Field, naming: Naming): number {
  return hashOf(value, naming.number ^ (kind.charCodeAt(0) << 24));
}
