import { buildGrams, type Grams, gramBit } from './grams.js';

/**
 * Aho-Corasick over bytes with a dense table. Written here because the packages that offer it work on graphemes or strings and
 * reach 3 to 23 MB/s; this reaches several hundred, because patterns are short anchors and bytes are folded into classes first.
 */
export interface Automaton {
  readonly states: number;
  /** Calls `onAnchor(index, end)` for each anchor that ends just before `end`; stops early when it returns true. */
  scan(bytes: Uint8Array, onAnchor: (anchor: number, end: number) => boolean): boolean;
  /** The same over the differences (exclusive or) of neighbouring bytes, which are one fewer, without making a copy of them. */
  scanDifferences(bytes: Uint8Array, onAnchor: (anchor: number, end: number) => boolean): boolean;
}

export interface AutomatonOptions {
  /** ASCII letters of both cases count as equal. Anchors must then be given in lower case. */
  readonly foldCase: boolean;
}

/** Lower case of ASCII letters, every other byte itself. */
export const FOLD: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));

/**
 * Anchors instead of whole patterns: 2,000 full patterns make 62,000 states and 134 MB/s, their eight most telling bytes a tenth
 * of that; the full pattern is then compared in place.
 */
export const ANCHOR = 8;

/** Where the anchor of a pattern begins: the window with the most different bytes; of equals the last, since numbers differ at their end. */
export function anchorOffset(bytes: Uint8Array): number {
  let best = 0;
  let most = 0;
  for (let offset = 0; offset + ANCHOR <= bytes.length; offset++) {
    const different = new Set(bytes.subarray(offset, offset + ANCHOR)).size;
    if (different < most) continue;
    most = different;
    best = offset;
  }
  return best;
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly own: number[][];
}

/**
 * Builds the automaton.
 * @param anchors byte strings of at least one byte; equal ones are reported each under its own index.
 */
export function buildAutomaton(anchors: readonly Uint8Array[], options: AutomatonOptions): Automaton {
  const { classOf, count } = byteClasses(anchors, options.foldCase);
  const trie = buildTrie(anchors, classOf);
  const { table, outputs, firstOutput } = complete(trie, count);
  const loud = firstOutput * count;
  const grams = buildGrams(anchors);
  return {
    states: trie.children.length,
    scan: (bytes, onAnchor) => (grams === null ? walk(bytes, onAnchor) : skim(bytes, grams, onAnchor)),
    scanDifferences(bytes, onAnchor) {
      let state = 0;
      for (let at = 1; at < bytes.length; at++) {
        state = table[state + classOf[bytes[at - 1]! ^ bytes[at]!]!]!;
        if (state < loud) continue;
        for (const anchor of outputs[(state - loud) / count]!) if (onAnchor(anchor, at)) return true;
      }
      return false;
    },
  };

  function walk(bytes: Uint8Array, onAnchor: (anchor: number, end: number) => boolean): boolean {
    let state = 0;
    for (let at = 0; at < bytes.length; at++) {
      state = table[state + classOf[bytes[at]!]!]!;
      if (state < loud) continue;
      for (const anchor of outputs[(state - loud) / count]!) if (onAnchor(anchor, at + 1)) return true;
    }
    return false;
  }

  /** The same, walking only around those places where an anchor may be. */
  function skim(bytes: Uint8Array, { stride, longest, bits }: Grams, onAnchor: (anchor: number, end: number) => boolean): boolean {
    const last = bytes.length - 4;
    let state = 0;
    // How far it has walked.
    let done = 0;
    for (let at = 0; at <= last; at += stride) {
      const bit = gramBit(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
      if ((bits[bit >> 3]! & (1 << (bit & 7))) === 0) continue;
      let from = at - (longest - 4);
      if (from <= done) from = done;
      else state = 0;
      const to = Math.min(at + longest, bytes.length);
      for (; from < to; from++) {
        state = table[state + classOf[bytes[from]!]!]!;
        if (state < loud) continue;
        for (const anchor of outputs[(state - loud) / count]!) if (onAnchor(anchor, from + 1)) return true;
      }
      done = to;
    }
    return false;
  }
}

/** Class 0 is "in no anchor"; the table then has a column per class, not per byte, and stays in the cache. */
function byteClasses(anchors: readonly Uint8Array[], foldCase: boolean): { classOf: Uint8Array; count: number } {
  const used = new Uint8Array(256);
  for (const anchor of anchors) for (const byte of anchor) used[byte] = 1;
  const classOf = new Uint8Array(256);
  let count = 1;
  for (let byte = 0; byte < 256; byte++) if (used[byte] === 1 && count < 256) classOf[byte] = count++;
  // All 256 byte values in use: the last one shares class 0 with nothing, since no byte is then unused.
  if (foldCase) for (let byte = 0x41; byte <= 0x5a; byte++) classOf[byte] = classOf[byte + 32]!;
  return { classOf, count };
}

function buildTrie(anchors: readonly Uint8Array[], classOf: Uint8Array): Trie {
  const children: Map<number, number>[] = [new Map()];
  const own: number[][] = [[]];
  anchors.forEach((anchor, index) => {
    if (anchor.length === 0) throw new RangeError('an anchor needs at least one byte');
    let node = 0;
    for (const byte of anchor) {
      const known = children[node]!.get(classOf[byte]!);
      if (known !== undefined) {
        node = known;
        continue;
      }
      children[node]!.set(classOf[byte]!, children.length);
      node = children.length;
      children.push(new Map());
      own.push([]);
    }
    own[node]!.push(index);
  });
  return { children, own };
}

/**
 * Failure links folded into the table. Entries are offsets of rows, which spares the loop a multiplication; states with output
 * come last, so that one comparison tells them apart.
 */
function complete(trie: Trie, classes: number) {
  const size = trie.children.length;
  const order: number[] = [0];
  const fail = new Int32Array(size);
  const reach: Array<readonly number[]> = trie.own.slice();
  for (let next = 0; next < order.length; next++) {
    const node = order[next]!;
    for (const [symbol, child] of trie.children[node]!) {
      order.push(child);
      if (node !== 0) {
        let back = fail[node]!;
        while (back !== 0 && !trie.children[back]!.has(symbol)) back = fail[back]!;
        fail[child] = trie.children[back]!.get(symbol) ?? 0;
      }
      if (reach[fail[child]!]!.length > 0) reach[child] = [...reach[child]!, ...reach[fail[child]!]!];
    }
  }
  const silent = order.filter((node) => reach[node]!.length === 0);
  const loud = order.filter((node) => reach[node]!.length > 0);
  const rows = new Int32Array(size);
  [...silent, ...loud].forEach((node, index) => {
    rows[node] = index * classes;
  });
  const table = new Int32Array(size * classes);
  for (const node of order) {
    const row = rows[node]!;
    const back = rows[fail[node]!]!;
    if (node !== 0) table.copyWithin(row, back, back + classes);
    for (const [symbol, child] of trie.children[node]!) table[row + symbol] = rows[child]!;
  }
  return { table, outputs: loud.map((node) => reach[node]!), firstOutput: silent.length };
}
