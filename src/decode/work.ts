import { limits } from '../limits.js';
import type { LimitHit } from '../model/field.js';
import type { ProtoSchema } from '../model/proto.js';

/** What starting a decoder costs, in bytes read: about a microsecond. */
const ATTEMPT = 256;
/** What looking at one more layer costs, its known values and its entropy too: 2,000 for a message, of which real ones have at most 14. */
const LAYER = 64 * 1024;

/** What a field under names that had not been met counts for. */
function costOf(keys: readonly string[]): number {
  return (keys[keys.length - 1] ?? '').length > limits.keyLength ? limits.decodeLongName : limits.decodeNewName;
}

/**
 * The budget of one message. It counts bytes, not milliseconds: decoding is pure, and the same message must give the same
 * fields on a slow machine and on a fast one.
 */
export class Work {
  #read = 0;
  #decoded = 0;
  #fields = 0;
  #group = 0;
  readonly #hits = new Map<string, LimitHit>();
  readonly #named = new Set<string>();
  /** Names that fields stand under, and the arrays that they came in. */
  readonly #names = new Set<string>();
  readonly #arrays = new Set<readonly string[]>();
  /** Definitions to read the message with. */
  readonly schemas: readonly ProtoSchema[];

  constructor(schemas: readonly ProtoSchema[] = []) {
    this.schemas = schemas;
  }

  /** Reports a bound, once for each place; at most `limits.decodeHits` places, and the first place of each bound in any case. */
  hit(path: string, limit: string): void {
    const id = `${limit} ${path}`;
    if (this.#hits.size < limits.decodeHits || !this.#named.has(limit)) this.#hits.set(id, { path, limit });
    this.#named.add(limit);
  }

  /**
   * A decoder is about to read `size` bytes (or characters). False: the budget is spent, do not. Asking costs something too:
   * twenty thousand short tokens are more work than their few bytes say.
   */
  read(size: number, path: string): boolean {
    this.#read += size + ATTEMPT;
    if (this.#read <= limits.decodeWork) return true;
    this.hit(path, 'decodeWork');
    return false;
  }

  /** What a step made is about to be looked at. False: the budget is spent. */
  layer(path: string): boolean {
    return this.read(LAYER, path);
  }

  /** A new layer of `size` bytes was made. False: there are too many, drop it. */
  decoded(size: number, path: string): boolean {
    if (this.#decoded + size > limits.decodeTotal) {
      this.hit(path, 'decodeTotal');
      return false;
    }
    this.#decoded += size;
    return true;
  }

  /** What an inflater may still put out for this input. */
  inflatable(input: number): number {
    return Math.max(0, Math.min(limits.decodeInflated, limits.decodeRatio * input + 65_536, limits.decodeTotal - this.#decoded));
  }

  /** Which bound that is. */
  inflatableBy(input: number): 'decodeTotal' | 'decodeRatio' | 'decodeInflated' {
    const most = this.inflatable(input);
    if (most === Math.max(0, limits.decodeTotal - this.#decoded)) return 'decodeTotal';
    return most < limits.decodeInflated ? 'decodeRatio' : 'decodeInflated';
  }

  /** A field under these names is about to be kept. False: the message has as many as it may; `new`: these names had not been met. */
  field(path: string, keys: readonly string[]): false | 'new' | 'met' {
    if (this.#fields >= limits.decodeFields) {
      this.hit(path, 'decodeFields');
      return false;
    }
    const isNew = this.#isNew(keys);
    this.#fields += isNew ? costOf(keys) : 1;
    return isNew ? 'new' : 'met';
  }

  /** Decoders mostly give equal names as one array. */
  #isNew(keys: readonly string[]): boolean {
    if (this.#arrays.has(keys)) return false;
    this.#arrays.add(keys);
    const names = keys.join('\u0000');
    if (this.#names.has(names)) return false;
    this.#names.add(names);
    return true;
  }

  /** Fields still to be had; decoders stop collecting there. */
  get fieldsLeft(): number {
    return limits.decodeFields - this.#fields;
  }

  /** What the fields so far count for. */
  get fields(): number {
    return this.#fields;
  }

  /** Takes so many more, or gives back what a rejected decode had taken. Names stay met: they have been read. */
  take(count: number): void {
    this.#fields += count;
  }

  /** Number of a new group of neighbours. */
  group(): number {
    return this.#group++;
  }

  get hits(): LimitHit[] {
    return [...this.#hits.values()];
  }
}
