import { limits } from '../limits.js';
import type { Wanted } from '../model/interest.js';
import { member } from './path.js';
import type { Triage } from './triage.js';

let made = 0;

/**
 * The names of a document as a tree of their own. An array of a thousand equal objects has the same few names a thousand times:
 * their `keys` and path segments are made once and shared, which is most of the garbage of reading JSON otherwise.
 */
export class Names {
  readonly keys: readonly string[];
  /** How a path goes on with this name: `.imei`, `["a b"]`. */
  readonly segment: string;
  /** The name as it stands in the text, where nothing in it is escaped; '' otherwise. */
  readonly raw: string;
  /** It stands in quotes: there may be anything in it, what looks like a position too. */
  readonly isQuoted: boolean;
  /** Tells these names from all others there ever were. */
  readonly number = ++made;
  /** Which name came first inside, and which came after this one, the last time: objects of one kind keep their order. */
  first: Names | null = null;
  next: Names | null = null;
  /** Who asked last what is wanted under the name, and the answer. */
  triage: Triage | null = null;
  wanted: Wanted = 'each';
  /** Number of the last document that had a leaf under it. */
  document = 0;
  /** Number of the last list of idle leaves that had one under it, and where it has these names. */
  idle = 0;
  place = 0;
  #inner: Map<string, Names> | null = null;

  constructor(keys: readonly string[], segment: string, raw = '') {
    this.keys = keys;
    this.segment = segment;
    this.raw = raw;
    this.isQuoted = segment.startsWith('[');
  }

  under(key: string): Names {
    this.#inner ??= new Map();
    let names = this.#inner.get(key);
    if (names === undefined) {
      // A flat copy: the key is a slice of the whole body, and would hold on to it.
      const name = Buffer.from(key.length > limits.decodeKey ? key.slice(0, limits.decodeKey) : key, 'utf16le').toString('utf16le');
      const keys = this.keys.length < limits.decodeKeys ? [...this.keys, name] : [...this.keys.slice(1), name];
      names = new Names(keys, member('', key), name === key && !/["\\]/.test(name) ? name : '');
      this.#inner.set(name === key ? name : key, names);
      known++;
    }
    return names;
  }
}

/** Names by where their document stands: what one message was read with is ready for the next, `keys` arrays and all. */
const documents = new Map<string, Names>();
let known = 0;

/** The names of a document below these keys. Names come from captured traffic, so the memory is emptied when it is full. */
export function namesBelow(keys: readonly string[]): Names {
  if (known > limits.keyMemory) {
    documents.clear();
    known = 0;
  }
  const id = keys.join('\0');
  let names = documents.get(id);
  if (names === undefined) {
    names = new Names(keys, '');
    documents.set(id, names);
    known++;
  }
  return names;
}

/** A path with one more segment, as long as it may grow. */
export function joined(parent: string, segment: string): string {
  if (parent.length <= limits.decodePath) return parent + segment;
  return parent.endsWith('…') ? parent : `${parent}…`;
}
