import { limits } from '../limits.js';
import type { Opaque, Part } from '../model/field.js';
import { byteArrays, mayHoldByteArrays } from './byte-arrays.js';
import type { Child, Leaf, Opened, Opener, Ready } from './decoder.js';
import { type Draft, draftOf, Harvest, showBytes } from './harvest.js';
import { unlockings } from './keyhook.js';
import { isMediaMime, mediaOf } from './media.js';
import { type MessageContext, MessageHooks } from './modulehook.js';
import { Node, type NodeOrigin, rootOrigin, View } from './node.js';
import { isBrokenWord, isHexNoise, isNoise, mayBeEncoded } from './noise.js';
import { assess, opaqueNode, opaquePart, opaqueSource, opaqueText } from './opaque.js';
import { isShortWord, isWorthOpening, SHORTEST_TEXT } from './opening.js';
import type { DecodeOptions } from './options.js';
import { layerBelow, leafOrigin, spanned } from './origin.js';
import { element } from './path.js';
import { decodersForEncoding, decodersForMagic, decodersForMime, decodersForShape, guessers, textShape } from './registry.js';
import { firstVisible, SHAPE } from './shape.js';
import { CHARSET_ORDER, charsetDecoder, keyDecoder } from './step.js';
import { tokensIn } from './tokens.js';
import type { Triage } from './triage.js';
import type { Work } from './work.js';

const NOWHERE: MessageContext = { host: '', path: '', headers: [] };
const SHORTEST_BYTES = 4;

/** What came of the words of a text: whether any opened, and those that resisted. */
interface OpenedTokens {
  readonly told: boolean;
  readonly unread: readonly Opaque[];
}

const NO_TOKENS: OpenedTokens = { told: false, unread: [] };

/** Shapes of texts that write out each byte: identifiers that were joined have none of them. */
const WRITTEN_OUT = SHAPE.hex | SHAPE.octets | SHAPE.percent | SHAPE.escape;

/** Header fields whose pairs belong to a scheme of authentication (RFC 9110 section 11.2) or of signing. */
const CREDENTIALS = /^(?:(?:proxy-)?authorization|(?:www|proxy)-authenticate|digest|signature(?:-input)?)$/i;

/** Names of what somebody searches for: the pairs of a question are examples. */
const SEARCHED = /^(?:q|query|kw|keywords?|search_?(?:key|word|text)s?)$/i;

/** Whether names with values in a text of this name may be data. */
function holdsRecords({ part, keys }: NodeOrigin): boolean {
  const name = keys.at(-1) ?? '';
  return !SEARCHED.test(name) && (part !== 'header' || !CREDENTIALS.test(name));
}

/** Whether a text has words of its own, among which something may stand that a program wrote. */
function isRunningText(shape: number, text: string): boolean {
  return (shape & (SHAPE.sentence | SHAPE.unbroken)) !== 0 || ((shape & SHAPE.pairs) !== 0 && /\s/.test(text));
}

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}

/** Zeros and white space, up to which a buffer or a block is filled. */
function isPadding(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d);
}

function isBracket(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

/**
 * Takes one message apart, depth first. A structure gives leaves, a transform gives another layer; a layer that was only
 * guessed must earn its place (structure, readable text, known media, a known value), or everything it gave is withdrawn:
 * random tokens would otherwise yield trees of garbage.
 *
 * Long because opening, accepting and withdrawing call each other for every layer: whoever changes one has to read the others.
 */
export class Tree {
  readonly harvest: Harvest;
  readonly work: Work;
  readonly #options: DecodeOptions;
  readonly #modules: MessageHooks | null;
  /** Whether there are key hooks, which may make something of what looks like nothing. */
  readonly #hooked: boolean;
  readonly #triage: Triage | null;

  constructor(options: DecodeOptions, watch: string | null = null) {
    this.#options = options;
    this.#modules = options.hooks === undefined ? null : new MessageHooks(options.hooks, options.context ?? NOWHERE);
    this.#hooked = this.#modules !== null || (options.keys?.length ?? 0) > 0;
    this.#triage = this.#hooked || watch !== null ? null : (options.triage ?? null);
    this.harvest = new Harvest(watch, options.schemas);
    this.work = this.harvest.work;
  }

  /** A whole body or message with its content-encodings. An encoding that does not fit (HAR bodies are already decoded) is passed over. */
  body(
    origin: Pick<NodeOrigin, 'path' | 'part' | 'truncated' | 'contentType' | 'encoding'>,
    bytes: Uint8Array,
    encodings: readonly string[],
  ): void {
    if (bytes.length === 0) return;
    this.harvest.layer(origin.path, origin.part, [], bytes);
    let node = new Node({ ...rootOrigin(origin.path, origin.part, this.work), ...origin, base: true }, bytes);
    for (const name of encodings.toReversed()) {
      for (const decoder of decodersForEncoding(name)) {
        if (!this.work.read(node.size, node.origin.path)) break;
        const child = this.#attempt(decoder, node, true)?.child;
        if (child === undefined) continue;
        const next = layerBelow(node, decoder, child, true);
        if (!this.work.decoded(next.size, next.origin.path)) break;
        this.harvest.layer(next.origin.path, origin.part, next.origin.steps, next.bytes);
        this.#behind(node, decoder, child.consumed ?? node.size);
        node = next;
        break;
      }
    }
    const settled = this.#settle(node);
    if (settled === 'noise' || settled === 'known') this.#assess(node);
  }

  /** Values that stand in the message itself: query pairs, headers, cookies. */
  values(part: Part, leaves: readonly Leaf[]): void {
    this.#commit(new Node(rootOrigin(part, part, this.work), ''), leaves, []);
  }

  /** Emits the leaves as fields and takes apart what can be. */
  #commit(node: Node, leaves: readonly Leaf[], steps: readonly string[]): void {
    const { part } = node.origin;
    const depth = node.origin.leaf ? node.origin.depth + 1 : node.origin.depth;
    for (const leaf of leaves) {
      const path = typeof leaf.step === 'string' ? `${leaf.path}|${leaf.step}` : leaf.path;
      const before = leaf.trail === undefined ? steps : [...steps, leaf.trail];
      const own = typeof leaf.step === 'string' ? [...before, leaf.step] : before;
      const field: Draft = { path, part, keys: leaf.keys, value: leaf.value, kind: leaf.kind, steps: own, group: leaf.group };
      if (!this.harvest.keep(field)) return;
      this.harvest.see(path, node, leaf);
      if (leaf.layer === true && leaf.bytes !== undefined) this.harvest.layer(path, part, own, leaf.bytes);
      if (leaf.closed === true) {
        if (leaf.bytes !== undefined) showBytes(field, leaf.bytes);
        continue;
      }
      if (leaf.bytes === undefined) {
        if (leaf.kind !== 'string' || leaf.value.length < SHORTEST_TEXT) continue;
        const shape = textShape(leaf.value);
        if (!this.#isWorthOpening(shape, leaf.value)) continue;
        const inner = new Node(leafOrigin(node, leaf, path, own, depth), leaf.value);
        if (this.#openText(inner, leaf.value, shape)) field.opened = true;
      } else this.#openBinary(node, leaf, field, depth);
    }
  }

  /** Fields that are whole already; those that can be are taken apart further. */
  #accept(node: Node, { fields, spans, idle }: Ready): void {
    const depth = node.origin.leaf ? node.origin.depth + 1 : node.origin.depth;
    // The bytes of such a node are a layer; a text cut out of another text has lost its escapes on the way.
    const whole = node.isBytes && node.read?.step === null;
    const isNoisy = !this.#hooked && depth + 1 < limits.decodeDepth;
    for (let i = 0; i < fields.length; i++) {
      if (idle !== null) this.harvest.keepIdle(idle, idle.before(i));
      const field: Draft = fields[i]!;
      // Undoing an escape makes a text shorter.
      if (!this.harvest.keep(field, whole && spans[2 * i + 1]! - spans[2 * i]! === field.value.length)) return;
      const { value, path } = field;
      if (this.harvest.watching) this.harvest.see(path, node, spanned(field, spans, i));
      if (field.kind !== 'string' || value.length < SHORTEST_TEXT) continue;
      let inner: Node | null = null;
      if (isBracket(value.charCodeAt(0))) {
        inner = new Node(leafOrigin(node, spanned(field, spans, i), path, field.steps, depth), value);
        if (this.#openBracketed(inner)) {
          field.opened = true;
          continue;
        }
      }
      const shape = textShape(value);
      if (!this.#isWorthOpening(shape, value) || (!this.#hooked && isShortWord(value, shape))) continue;
      // Asking is as much as trying it in earnest.
      if (isNoisy && shape === SHAPE.hex && (!this.work.layer(path) || isHexNoise(value, node.origin.truncated, this.#options.earns)))
        continue;
      inner ??= new Node(leafOrigin(node, spanned(field, spans, i), path, field.steps, depth), value);
      if (this.#openText(inner, value, shape)) field.opened = true;
    }
    if (idle === null) return;
    this.harvest.keepIdle(idle, idle.count);
    this.work.take(idle.named * limits.decodeNewName);
    if (idle.beyond !== null) this.work.hit(idle.beyond.path, idle.beyond.limit);
  }

  #isWorthOpening(shape: number, text: string): boolean {
    return this.#modules?.wantsText === true || isWorthOpening(text, shape, this.#options.earns !== undefined);
  }

  #openBinary(node: Node, leaf: Leaf, field: Draft, depth: number): void {
    const bytes = leaf.bytes ?? new Uint8Array(0);
    const inner = new Node(leafOrigin(node, leaf, field.path, field.steps, depth), bytes);
    const opened = bytes.length >= SHORTEST_BYTES && this.#open(inner);
    const { read } = inner;
    if (leaf.within === true || (opened && (leaf.frame === true || (read !== null && read.step !== null)))) {
      // A frame is no value, and a text in another charset stands under the path with that step.
      this.harvest.drop(field);
      return;
    }
    if (opened) field.opened = true;
    if (read !== null) {
      field.value = read.text;
      field.kind = 'string';
    } else {
      showBytes(field, bytes);
      if (!opened) this.#assess(inner);
    }
  }

  /**
   * Takes a layer apart, or emits what it is: text or bytes.
   * @param announced see `Child`.
   * @returns what it turned out to be; `noise` has not earned its place.
   */
  #settle(node: Node, announced = false): 'opened' | 'text' | 'known' | 'noise' {
    const { origin } = node;
    if (this.#open(node, announced)) return 'opened';
    const text = node.text;
    const path = origin.base && text !== null ? `${origin.path}.text` : origin.path;
    const steps = path === origin.path ? origin.steps : [...origin.steps, 'text'];
    const field = draftOf(origin, path, steps, text ?? '');
    if (!this.harvest.keep(field)) return 'text';
    this.harvest.see(path, node, null);
    if (text !== null) return 'text';
    showBytes(field, node.bytes);
    const isMedia = mediaOf(node.bytes) !== null;
    if (isMedia && !origin.base) this.#assess(node);
    return isMedia || this.#options.earns?.(node.bytes) === true ? 'known' : 'noise';
  }

  #open(node: Node, announced = false): boolean {
    if (node.isBytes) {
      for (const decoder of decodersForMagic(node.bytes)) if (this.#try(decoder, node, false)) return true;
    }
    const declared = decodersForMime(node.mime);
    // A declared binary format first: protobuf must not be taken for a text in some charset.
    for (const decoder of declared) if (decoder.shapes === undefined && this.#try(decoder, node, true)) return true;
    const read = node.read;
    if (read === null) return !announced && this.#openUnknown(node);
    if (read.step !== null) return this.#try(charsetDecoder(read.text, read.step), node, false);
    for (const decoder of declared) if (decoder.shapes !== undefined && this.#try(decoder, node, true)) return true;
    if (read.text.length < SHORTEST_TEXT && !node.origin.base) return false;
    if (isBracket(read.text.charCodeAt(firstVisible(read.text))) && this.#openBracketed(node)) return true;
    // Compressors leave most of a short text as it is, and long texts are most of a message with a few numbers.
    if (
      read.damaged === true &&
      guessers.some((decoder) => decoder.guess?.(node.bytes, node.origin) === true && this.#try(decoder, node, false))
    )
      return true;
    return this.#openText(node, read.text, textShape(read.text));
  }

  /** Nearly every text that begins with a bracket is JSON: its shape need not be known to see that. */
  #openBracketed(node: Node): boolean {
    for (const decoder of decodersForShape(SHAPE.brace)) if (this.#try(decoder, node, false)) return true;
    return false;
  }

  #openText(node: Node, text: string, shape: number): boolean {
    let noise: Node | null = null;
    for (const decoder of decodersForShape(shape)) {
      const result = this.#take(decoder, node, false);
      if (result === true) return true;
      if (result instanceof Node) noise ??= result;
    }
    if (noise !== null) this.#assess(noise, (shape & WRITTEN_OUT) === 0 && !mayBeEncoded(text));
    if (text.length === 0) return false;
    if (this.#unlock(node)) return true;
    const found = isRunningText(shape, text) ? this.#openTokens(node, text) : NO_TOKENS;
    if (noise !== null || (!found.told && this.#assessText(node, text))) return false;
    for (const unread of found.unread) this.harvest.opaque(unread);
    return false;
  }

  /** Encoded words in a sentence; the sentence itself stays a value. What does not open was a word, or too long for one. @returns whether any did. */
  #openTokens(node: Node, text: string): OpenedTokens {
    const { origin } = node;
    const { tokens, more, passed } = tokensIn(text, holdsRecords(origin));
    let told = false;
    const unread: Opaque[] = [];
    if (more) this.work.hit(origin.path, 'textTokens');
    if (passed) unread.push(opaqueSource(node, text));
    for (const [index, token] of tokens.entries()) {
      const path = `${element(origin.path, index)}|token`;
      const shape = token.isRecord === true ? textShape(token.text) | SHAPE.pairs : textShape(token.text);
      if (shape === 0 || !this.work.read(token.text.length, path)) continue;
      const leaf: Leaf = {
        path,
        keys: origin.keys,
        value: token.text,
        kind: 'string',
        group: origin.group,
        start: token.start,
        end: token.start + token.text.length,
      };
      const mark = this.harvest.mark();
      const inner = new Node(leafOrigin(node, leaf, path, [...origin.steps, 'token'], origin.depth), token.text);
      // A pair or two do not say what the rest of a long text is.
      if (this.#openText(inner, token.text, shape)) told ||= token.isRecord !== true || 2 * token.text.length >= text.length;
      else {
        if (token.text.length >= limits.opaqueText) unread.push(...this.harvest.opaqueSince(mark));
        this.harvest.withdraw(mark);
      }
    }
    return { told, unread };
  }

  #openUnknown(node: Node): boolean {
    if (mediaOf(node.bytes) !== null || isMediaMime(node.mime)) return false;
    const deep = node.origin.depth >= limits.decodeDepth;
    for (const decoder of guessers) {
      if (deep || decoder.guess?.(node.bytes, node.origin) === true) {
        if (this.#try(decoder, node, false)) return true;
      } else if (!node.tried.includes(decoder.id)) node.tried.push(decoder.id);
    }
    return this.#unlock(node);
  }

  #unlock(node: Node): boolean {
    const { keys = [], context = NOWHERE } = this.#options;
    for (const child of unlockings(keys, context, node)) if (this.#descend(node, keyDecoder(child), child) === true) return true;
    return this.#modules?.open(node, (child) => this.#descend(node, keyDecoder(child), child) === true) ?? false;
  }

  #try(decoder: Opener, node: Node, declared: boolean): boolean {
    return this.#take(decoder, node, declared) === true;
  }

  /** @returns true: opened; a node: it opened into noise, which was withdrawn; false: not this format. */
  #take(decoder: Opener, node: Node, declared: boolean): boolean | Node {
    const { origin } = node;
    if (node.tried.includes(decoder.id)) return false;
    if (origin.depth >= limits.decodeDepth) {
      this.work.hit(origin.path, 'decodeDepth');
      return false;
    }
    if (!this.work.read(node.size, origin.path)) return false;
    node.tried.push(decoder.id);
    const opened = this.#attempt(decoder, node, declared);
    if (opened === null) return false;
    const steps = [...origin.steps, decoder.id];
    if (opened.child !== undefined) {
      const result = this.#descend(node, decoder, opened.child);
      if (result === true) {
        this.#commit(node, opened.leaves ?? [], steps);
        this.#behind(node, decoder, opened.child.consumed ?? node.size);
      }
      return result;
    }
    if (opened.ready !== undefined) {
      this.#accept(node, opened.ready);
      this.#openByteArrays(node, decoder);
    }
    this.#commit(node, opened.leaves ?? [], steps);
    for (const leaf of opened.joined ?? []) this.#join(node, leaf, steps);
    if (opened.broken === true) this.#assess(node);
    for (const part of opened.unread ?? []) this.harvest.opaque(opaquePart(node, part, steps));
    if (opened.consumed !== undefined) this.#behind(node, decoder, opened.consumed);
    if (opened.rest !== undefined) this.#rest(node, opened.rest);
    if (opened.beside === true && !origin.leaf) this.#beside(node);
    return true;
  }

  #join(node: Node, leaf: Leaf, steps: readonly string[]): void {
    if (leaf.bytes === undefined || !this.work.decoded(leaf.bytes.length, leaf.path)) return;
    this.harvest.layer(leaf.path, node.origin.part, steps, leaf.bytes);
    this.harvest.see(leaf.path, node, leaf);
  }

  #attempt(decoder: Opener, node: Node, declared: boolean): Opened | null {
    try {
      return decoder.open(new View(node, decoder, declared, this.harvest.hasIdle ? null : this.#triage));
    } catch {
      // A decoder that throws is a bug, but one strange byte must not cost the rest of the message: it is reported as a bound reached, never as clean.
      this.work.hit(node.origin.path, 'decodeFault');
      return null;
    }
  }

  /** What stands behind a stream or document that ended before its bytes did: the next frame, a text, or something that nobody could read. */
  #behind(node: Node, decoder: Opener, consumed: number): void {
    if (node.size - consumed < SHORTEST_TEXT || !node.isBytes) return;
    const bytes = node.bytes.subarray(consumed);
    // A checksum is shorter than what is told to be unread, and no text but by chance.
    if (bytes.length < limits.unreadBytes ? !isPrintable(bytes) : isPadding(bytes)) return;
    const contentType = decoder.encodings === undefined ? { contentType: '' } : {};
    const child: Child = { bytes, step: `skip-${consumed}`, sure: false, ...contentType };
    const rest = this.#descend(node, decoder, child, node.origin.base);
    if (rest instanceof Node) this.#assess(rest);
  }

  /** Bytes that a document holds as an array of numbers; the numbers stay fields. */
  #openByteArrays(node: Node, decoder: Opener): void {
    const { text, origin } = node;
    if (text === null || !mayHoldByteArrays(text) || !this.work.read(text.length, origin.path)) return;
    const arrays = byteArrays(text, limits.byteArrays + 1);
    if (arrays.length > limits.byteArrays) this.work.hit(origin.path, 'byteArrays');
    for (const [index, { bytes, start, end }] of arrays.slice(0, limits.byteArrays).entries()) {
      const step = element('bytearray', index);
      const rest = this.#descend(node, decoder, { bytes, step, sure: false, structured: true, start, end });
      // Counts and levels of a chart are no noise.
      if (rest instanceof Node && assess(rest.bytes) !== null) this.#assess(rest);
    }
  }

  /** What a broken document could not tell stays visible as text. */
  #rest(node: Node, offset: number): void {
    const { origin } = node;
    const text = node.text?.slice(offset) ?? '';
    const path = `${origin.path}${origin.base ? '.text' : '|text'}`;
    const steps = [...origin.steps, 'text'];
    if (text.trim() === '') return;
    if (this.harvest.keep(draftOf(origin, path, steps, text))) {
      const place = { start: offset, end: offset + text.length };
      const leaf: Leaf = { path, keys: origin.keys, value: text, kind: 'string', group: origin.group, ...place };
      this.harvest.see(path, node, leaf);
      const { unread } = this.#openTokens(new Node(leafOrigin(node, leaf, path, steps, origin.depth), text), text);
      // The value in which a body was cut may be most of it.
      if (origin.truncated) for (const each of unread) this.harvest.opaque(each);
    }
  }

  /** A file whose metadata was read is still a file. */
  #beside(node: Node): void {
    const { path, steps } = node.origin;
    const field = draftOf(node.origin, path, steps, '');
    field.opened = true;
    showBytes(field, node.bytes);
    if (this.harvest.keep(field)) this.harvest.see(path, node, null);
  }

  #isNoise({ origin, mime }: Node, bytes: Uint8Array): boolean {
    if (origin.depth + 1 >= limits.decodeDepth || this.#hooked || isMediaMime(mime)) return false;
    return isNoise(bytes, origin.truncated, this.#options.earns);
  }

  #descend(
    node: Node,
    decoder: Opener,
    child: Child,
    // A compression or charset found on a whole body leaves it a whole body; base64 makes it a value.
    base = node.origin.base && (decoder.encodings !== undefined || decoder.order === CHARSET_ORDER),
  ): boolean | Node {
    if (!this.work.layer(node.origin.path)) return false;
    if (child.bytes !== undefined && !child.sure && this.#isNoise(node, child.bytes)) return false;
    const next = layerBelow(node, decoder, child, base);
    if (next.size === 0 || next.isOwnAncestor || !this.work.decoded(next.size, next.origin.path)) return false;
    const mark = this.harvest.mark();
    this.harvest.layer(next.origin.path, next.origin.part, next.origin.steps, next.bytes);
    const result = this.#settle(next, child.announced === true);
    if (result === 'opened' || result === 'known') return true;
    const isEnough = child.structured !== true && !isBrokenWord(next.text);
    if (result === 'text' && (isEnough || this.#options.earns?.(next.bytes) === true)) return true;
    if (child.sure) {
      this.#assess(next);
      return true;
    }
    this.harvest.withdraw(mark);
    return next;
  }

  /** @returns whether the text is told to be unread. */
  #assessText(node: Node, text: string): boolean {
    const found = opaqueText(node, text);
    if (found !== null) this.harvest.opaque(found);
    return found !== null;
  }

  /** @param loose made of a text that no encoder writes, such as identifiers that were joined. */
  #assess(node: Node, loose = false): void {
    const found = opaqueNode(node);
    if (found !== null && (!loose || found.failed !== undefined)) this.harvest.opaque(found);
  }
}
