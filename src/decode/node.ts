import { limits } from '../limits.js';
import type { Part } from '../model/field.js';
import type { HookFailure } from '../model/hook.js';
import type { ProtoSchema } from '../model/proto.js';
import { type ReadText, readText } from './charset.js';
import type { Opener, Source } from './decoder.js';
import { Idle } from './idle.js';
import type { Sorting } from './json.js';
import { NO_NAMES } from './path.js';
import type { Triage } from './triage.js';
import type { Work } from './work.js';

export interface NodeOrigin {
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly keys: readonly string[];
  readonly group: number;
  /** Transforms and nested documents on the way. */
  readonly depth: number;
  /** A whole body, possibly inflated. */
  readonly base: boolean;
  /** A value of a document, as against a layer. */
  readonly leaf: boolean;
  /** One of several messages behind one another, as against a value. */
  readonly frame: boolean;
  readonly truncated: boolean;
  readonly contentType: string;
  readonly encoding: string;
  readonly parent: Node | null;
  /** Where it stood in the text of the parent. */
  readonly span: readonly [number, number] | null;
  readonly work: Work;
}

/** Where a message, or a part of it, begins. */
export function rootOrigin(path: string, part: Part, work: Work): NodeOrigin {
  return {
    path,
    part,
    steps: [],
    keys: NO_NAMES,
    group: work.group(),
    depth: 0,
    base: false,
    leaf: false,
    frame: false,
    truncated: false,
    contentType: '',
    encoding: '',
    parent: null,
    span: null,
    work,
  };
}

/** One stage of taking a message apart: bytes or text with its place. Both readings are made when first asked for. */
export class Node {
  readonly origin: NodeOrigin;
  /** Ids of the decoders that were asked, for the assessment of what resists. */
  readonly tried: string[] = [];
  readonly mime: string;
  /** Hook modules that failed on it. */
  failed: readonly HookFailure[] | null = null;
  #bytes: Uint8Array | null;
  #read: ReadText | null | undefined;

  constructor(origin: NodeOrigin, content: Uint8Array | string) {
    this.origin = origin;
    this.mime = origin.contentType === '' ? '' : mimeOf(origin.contentType);
    this.#bytes = typeof content === 'string' ? null : content;
    this.#read = typeof content === 'string' ? { text: content, step: null } : undefined;
  }

  /** False for text cut out of text: it has no bytes of its own. */
  get isBytes(): boolean {
    return this.#bytes !== null;
  }

  get bytes(): Uint8Array {
    return this.#bytes ?? Buffer.from(this.#read?.text ?? '', 'utf8');
  }

  /** The text with the charset step it takes, or null. */
  get read(): ReadText | null {
    if (this.#read === undefined) this.#read = readText(this.bytes, charsetOf(this.origin.contentType), this.origin.truncated);
    return this.#read;
  }

  get text(): string | null {
    return this.read?.text ?? null;
  }

  get size(): number {
    return this.#bytes?.length ?? this.#read?.text.length ?? 0;
  }

  /** A gzip quine holds itself; going round it again shows nothing new. */
  get isOwnAncestor(): boolean {
    for (let up = this.origin.parent; up !== null; up = up.origin.parent)
      if (up.isBytes && up.size === this.size && Buffer.compare(up.bytes, this.bytes) === 0) return true;
    return false;
  }
}

/** A node as one decoder sees it. A class, because one is made for every attempt. */
export class View implements Source {
  readonly #node: Node;
  readonly #decoder: Opener;
  readonly declared: boolean;
  readonly #triage: Triage | null;

  /** @param triage tells what may be left out of it; null: nothing. */
  constructor(node: Node, decoder: Opener, declared: boolean, triage: Triage | null = null) {
    this.#triage = triage;
    this.#node = node;
    this.#decoder = decoder;
    this.declared = declared;
  }

  get bytes(): Uint8Array {
    return this.#node.bytes;
  }

  get text(): string | null {
    return this.#node.text;
  }

  get root(): string {
    const { path, base } = this.#node.origin;
    const { mark, id } = this.#decoder;
    return path + ((base ? mark?.whole : mark?.nested) ?? `|${id}`);
  }

  get part(): Part {
    return this.#node.origin.part;
  }

  get steps(): readonly string[] {
    return [...this.#node.origin.steps, this.#decoder.id];
  }

  get keys(): readonly string[] {
    return this.#node.origin.keys;
  }

  get mime(): string {
    return this.#node.mime;
  }

  get contentType(): string {
    return this.#node.origin.contentType;
  }

  get encoding(): string {
    return this.#node.origin.encoding;
  }

  get base(): boolean {
    return this.#node.origin.base;
  }

  get truncated(): boolean {
    return this.#node.origin.truncated;
  }

  get schemas(): readonly ProtoSchema[] {
    return this.#node.origin.work.schemas;
  }

  get work(): Work {
    return this.#node.origin.work;
  }

  /**
   * Of one document of a message only, and of what stands in a body: the body itself, or the longest of its texts, as far as that can be told
   * from its beginning.
   */
  get sorting(): Sorting | null {
    const { read, isBytes, origin } = this.#node;
    if (this.#triage === null || !(origin.base || origin.part === 'body') || read === null || read.step !== null) return null;
    const { text } = read;
    if (isBytes ? holdsDocument(text) : text.length < limits.sortedText) return null;
    return {
      triage: this.#triage,
      idle: new Idle({ text, bytes: isBytes ? this.#node.bytes : null, part: origin.part, steps: this.steps }),
    };
  }
}

const NESTED = '"{\\"';
/** Envelopes are short: `{"app":1,"sign":"…","data":"{\"events\":…`. */
const ENVELOPE = 512;

/** Whether most of a document is another one, which stands in it as a text. */
function holdsDocument(text: string): boolean {
  const start = text.slice(0, ENVELOPE).indexOf(NESTED);
  if (start < 0) return false;
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== 0x22) end += text.charCodeAt(end) === 0x5c ? 2 : 1;
  return end - start >= limits.sortedText && 2 * (end - start) > text.length;
}

/** `Application/JSON; charset=utf-8` -> `application/json`. Control characters, seen in captured headers, are dropped. */
export function mimeOf(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).replace(/[\u0000-\u0020]/g, '').toLowerCase();
}

/** One parameter of a content type or disposition, unquoted; '' where it is absent. Linear: no backtracking over hostile values. */
export function parameterOf(header: string, name: string): string {
  let i = header.indexOf(';');
  while (i >= 0) {
    let start = i + 1;
    while (header[start] === ' ' || header[start] === '\t') start++;
    const equals = header.indexOf('=', start);
    if (equals < 0) return '';
    const quoted = header[equals + 1] === '"';
    let end = quoted ? equals + 2 : header.indexOf(';', equals);
    if (quoted) while (end < header.length && header[end] !== '"') end += header[end] === '\\' ? 2 : 1;
    else if (end < 0) end = header.length;
    if (header.slice(start, equals).trim().toLowerCase() === name) {
      const value = quoted ? header.slice(equals + 2, end) : header.slice(equals + 1, end).trim();
      return quoted ? value.replaceAll('\\"', '"') : value;
    }
    i = header.indexOf(';', end);
  }
  return '';
}

/** The charset that a content type names, as it is written; '' where it names none. */
export function charsetOf(contentType: string): string {
  return parameterOf(contentType, 'charset');
}
