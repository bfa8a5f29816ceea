import { randomBytes } from 'node:crypto';
import { limits } from '../limits.js';
import { hashFrom } from './text-hash.js';

const NONE = -1;
/** Entries made room for at first. */
const FEW = 64;

/** Another one in each process: an app that knew it could send values of one hash only, and every look would walk them all (CWE-407). */
const START = randomBytes(4).readInt32LE();

/** The text that was hashed last: it is looked for in one memory, written there, and looked for in another. */
let lastKey = '';
let lastHash = START;

function hashOf(key: string): number {
  if (key === lastKey) return lastHash;
  lastHash = newHashOf(key);
  lastKey = key;
  return lastHash;
}

function newHashOf(key: string): number {
  const hash = hashFrom(START, key);
  return hash ^ (hash >>> 15);
}

/**
 * A map by text that keeps the latest written entries. Most texts are written once and never asked for again, so that writing is what has to be cheap:
 * characters, places in the order of writing and the chains of equal hashes are numbers in arrays. A `Map` of strings costs ten times as much.
 */
export class BoundedMap<T> {
  readonly #most: number;
  readonly #forget: (key: string, value: T) => void;
  /** First entry of each hash. */
  #heads: Int32Array;
  /** Of each entry: the next of its hash, the ones written just before and just after it, hash and length of its key. */
  #next = new Int32Array(FEW);
  #older = new Int32Array(FEW);
  #newer = new Int32Array(FEW);
  #hashes = new Int32Array(FEW);
  #lengths = new Int32Array(FEW);
  /** Keys, `limits.followedLongest` characters of room each. */
  #keys = new Uint8Array(FEW * limits.followedLongest);
  readonly #values: T[] = [];
  #oldest = NONE;
  #newest = NONE;
  #forgot = false;

  /**
   * @param most values kept; the one written longest ago goes first.
   * @param forget is told what goes.
   */
  constructor(most: number, forget: (key: string, value: T) => void = () => {}) {
    this.#most = most;
    this.#forget = forget;
    this.#heads = new Int32Array(2 * FEW).fill(NONE);
  }

  /** Whether anything had to go so far. */
  get forgot(): boolean {
    return this.#forgot;
  }

  get(key: string): T | undefined {
    const entry = this.#find(key, hashOf(key));
    return entry === NONE ? undefined : this.#values[entry];
  }

  /**
   * Keeps a value, or keeps it anew.
   * @param key ASCII, at most `limits.followedLongest` characters. It is copied: a slice of a message would hold on to the whole of it.
   */
  put(key: string, value: T): void {
    const hash = hashOf(key);
    const known = this.#find(key, hash);
    if (known !== NONE) {
      this.#values[known] = value;
      if (known === this.#newest) return;
      this.#unlink(known);
      this.#append(known);
      return;
    }
    let entry = this.#values.length;
    let gone: readonly [string, T] | null = null;
    if (entry < this.#most) {
      if (entry === this.#next.length) this.#widen();
    } else {
      entry = this.#oldest;
      gone = [this.#keyOf(entry), this.#values[entry]!];
      this.#unlink(entry);
      this.#unchain(entry);
    }
    this.#write(entry, key, hash);
    this.#values[entry] = value;
    this.#append(entry);
    if (gone === null) return;
    this.#forgot = true;
    this.#forget(...gone);
  }

  #find(key: string, hash: number): number {
    let entry = this.#heads[hash & (this.#heads.length - 1)]!;
    while (entry !== NONE && !(this.#hashes[entry] === hash && this.#holds(entry, key))) entry = this.#next[entry]!;
    return entry;
  }

  #holds(entry: number, key: string): boolean {
    if (this.#lengths[entry] !== key.length) return false;
    const at = entry * limits.followedLongest;
    for (let index = 0; index < key.length; index++) if (this.#keys[at + index] !== key.charCodeAt(index)) return false;
    return true;
  }

  #keyOf(entry: number): string {
    const at = entry * limits.followedLongest;
    return Buffer.from(this.#keys.buffer, at, this.#lengths[entry]).toString('latin1');
  }

  #write(entry: number, key: string, hash: number): void {
    const at = entry * limits.followedLongest;
    for (let index = 0; index < key.length; index++) this.#keys[at + index] = key.charCodeAt(index);
    this.#lengths[entry] = key.length;
    this.#hashes[entry] = hash;
    this.#chain(entry);
  }

  #chain(entry: number): void {
    const head = this.#hashes[entry]! & (this.#heads.length - 1);
    this.#next[entry] = this.#heads[head]!;
    this.#heads[head] = entry;
  }

  #unchain(entry: number): void {
    const head = this.#hashes[entry]! & (this.#heads.length - 1);
    if (this.#heads[head] === entry) {
      this.#heads[head] = this.#next[entry]!;
      return;
    }
    let before = this.#heads[head]!;
    while (this.#next[before] !== entry) before = this.#next[before]!;
    this.#next[before] = this.#next[entry]!;
  }

  #append(entry: number): void {
    this.#older[entry] = this.#newest;
    this.#newer[entry] = NONE;
    if (this.#newest === NONE) this.#oldest = entry;
    else this.#newer[this.#newest] = entry;
    this.#newest = entry;
  }

  #unlink(entry: number): void {
    const older = this.#older[entry]!;
    const newer = this.#newer[entry]!;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }

  /** Twice the room. */
  #widen(): void {
    const size = this.#next.length * 2;
    this.#next = new Int32Array(size);
    this.#older = copied(this.#older, size);
    this.#newer = copied(this.#newer, size);
    this.#hashes = copied(this.#hashes, size);
    this.#lengths = copied(this.#lengths, size);
    const keys = new Uint8Array(size * limits.followedLongest);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#heads = new Int32Array(2 * size).fill(NONE);
    for (let entry = 0; entry < this.#values.length; entry++) this.#chain(entry);
  }
}

function copied(numbers: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(size);
  wider.set(numbers);
  return wider;
}
