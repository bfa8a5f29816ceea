import { limits } from '../../limits.js';
import type { Uncoded, UndoCoding } from '../../model/coding.js';
import type { Body, Direction, Exchange, Headers, StreamMessage } from '../../model/exchange.js';
import type { Field } from '../../model/field.js';
import type { Occurrence } from '../../model/finding.js';
import type { Bilingual } from '../../model/text.js';
import type { ExplainStep } from '../options.js';
import type { PlacedOccurrence } from '../store-port.js';
import { type BodyText, readBody } from './body-text.js';
import { layOutFields } from './field-tree.js';
import { layOutJson } from './json-text.js';
import { type Leaf, type Mark, MarkedText, markOf, type Segment } from './marked-text.js';
import { headerLeaves, multipartLeaves, pairLeaves, urlLeaves } from './pairs-text.js';
import { boundaryOf, type Picture, picturesIn } from './picture.js';
import { placeTokens, withoutCodings } from './place.js';

export interface MarkView {
  readonly finding: string;
  readonly dataType: string;
  readonly direction: Direction;
  readonly message: number | null;
  readonly path: string;
  readonly steps: readonly string[];
  readonly masked: string;
}

/** A picture in a body. `data` (base64) only once it was revealed: what it shows may be a face, or an identity card. */
export type PictureView = Omit<Picture, 'bytes'> & { readonly bytes: number; readonly data: string | null };

export interface BodyView {
  /** `tree`: no text, but decoders found fields in it; its bytes are in `dump`. */
  readonly kind: 'empty' | 'json' | 'form' | 'multipart' | 'text' | 'tree' | 'hex';
  readonly contentType: string;
  /** Bytes on the wire and after content-encoding. */
  readonly size: number;
  readonly bytes: number;
  readonly segments: readonly Segment[];
  /** The bytes of a `tree`. */
  readonly dump: readonly Segment[] | null;
  readonly pictures: readonly PictureView[];
  /** How many there are besides those. */
  readonly morePictures: number;
  /** Why less than everything is shown: name of a limit; null: all of it. */
  readonly cut: string | null;
  /** The content-encoding that could not be taken off as its name says; null: none is left. */
  readonly coding: Uncoded['trouble'];
}

export interface HeaderView {
  readonly name: string;
  readonly value: readonly Segment[];
}

export interface MessageView {
  readonly headers: readonly HeaderView[];
  readonly trailers: readonly HeaderView[];
  readonly body: BodyView;
}

export interface StreamView {
  readonly index: number;
  readonly direction: Direction;
  readonly kind: 'ws' | 'grpc' | 'sse';
  readonly at: number;
  readonly body: BodyView;
}

export interface LayerView {
  readonly step: string;
  /** What the step did, so that somebody else can do it again; null: nothing was decoded, or by the tester's own module. */
  readonly says: Bilingual | null;
  readonly path: string;
  readonly bytes: number;
  /** null: not text. */
  readonly segments: readonly Segment[] | null;
}

export interface ExchangeView {
  readonly seq: number;
  readonly at: number;
  readonly endedAt: number | null;
  readonly method: string;
  readonly url: readonly Segment[];
  readonly httpVersion: string;
  readonly secure: boolean;
  readonly client: string | null;
  readonly serverAddress: string | null;
  readonly status: number | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
  readonly warnings: ReadonlyArray<{ readonly code: string; readonly detail: string }>;
  readonly request: MessageView;
  readonly response: MessageView | null;
  readonly messages: { readonly total: number; readonly list: readonly StreamView[] };
  readonly marks: readonly MarkView[];
  readonly layers: readonly LayerView[];
  /** Limits that were reached while making this view. */
  readonly limits: readonly string[];
  readonly revealed: boolean;
}

export interface ViewRequest {
  readonly evidence: readonly PlacedOccurrence[];
  /** More evidence lies in the exchange than `evidence` holds: bodies stay hidden until revealed. */
  readonly overflow: boolean;
  /** `all`, the id of one finding, or null: everything masked. */
  readonly reveal: string | null;
  /** Stream message to show, with its neighbours. */
  readonly message: number | null;
  readonly layers: readonly ExplainStep[];
  /** Path of the occurrence that the layers lead to. */
  readonly path: string | null;
  /** What decoders find in one message; asked only for a body that is no text. */
  readonly fields?: (direction: Direction, message: number | null) => readonly Field[];
}

/** Everything the page shows of one exchange, as text with marks; values of evidence are masked unless `reveal` says otherwise. */
export function viewExchange(exchange: Exchange, request: ViewRequest, undo: UndoCoding): ExchangeView {
  const marks = request.evidence.map(({ finding, occurrence }) => markOf(finding, occurrence));
  const painter = new Painter(marks, request, undo);
  const from = Math.max(0, Math.min((request.message ?? 0) - limits.viewMessages / 4, exchange.messages.length - limits.viewMessages));
  const list = exchange.messages.slice(from, from + limits.viewMessages);
  const reached = [request.overflow ? ['viewMarks'] : [], list.length < exchange.messages.length ? ['viewMessages'] : []].flat();
  return {
    seq: exchange.seq,
    at: exchange.startedAt,
    endedAt: exchange.endedAt,
    method: exchange.request.method,
    url: painter.text(exchange.request.url, urlLeaves(exchange.request.url), painter.own('request', null, ['url', 'query'])),
    httpVersion: exchange.request.httpVersion,
    secure: exchange.secure,
    client: exchange.client === null ? null : `${exchange.client.address}:${exchange.client.port}`,
    serverAddress: exchange.serverAddress,
    status: exchange.response?.status ?? null,
    failure: exchange.failure,
    warnings: exchange.warnings,
    request: painter.message('request', exchange.request),
    response: exchange.response === null ? null : painter.message('response', exchange.response),
    messages: { total: exchange.messages.length, list: list.map((message) => painter.stream(message)) },
    marks: marks.map(({ finding, occurrence }) => ({
      finding,
      dataType: occurrence.dataType,
      direction: occurrence.direction,
      message: occurrence.message,
      path: occurrence.path,
      steps: occurrence.steps,
      masked: occurrence.masked,
    })),
    layers: painter.layers(request.layers, request.path),
    limits: reached,
    revealed: request.reveal !== null,
  };
}

class Painter {
  readonly #marks: readonly Mark[];
  readonly #reveal: string | null;
  readonly #overflow: boolean;
  readonly #fields: NonNullable<ViewRequest['fields']>;
  readonly #undo: UndoCoding;

  constructor(marks: readonly Mark[], { reveal, overflow, fields }: ViewRequest, undo: UndoCoding) {
    this.#marks = marks;
    this.#reveal = reveal;
    this.#overflow = overflow;
    this.#fields = fields ?? (() => []);
    this.#undo = undo;
  }

  readonly #open = (index: number): boolean =>
    this.#reveal === 'all' || (this.#reveal !== null && this.#marks[index]?.finding === this.#reveal);

  /** Marks that lie in one part of one message. */
  own(direction: Direction, message: number | null, parts: readonly string[]): readonly number[] {
    return [...this.#marks.keys()].filter((index) => {
      const { occurrence, tokens } = this.#marks[index]!;
      return occurrence.direction === direction && occurrence.message === message && parts.includes(tokens[0] ?? '');
    });
  }

  text(text: string, leaves: readonly Leaf[], own: readonly number[]): readonly Segment[] {
    const marked = new MarkedText(text);
    marked.claim(leaves, this.#marks, own);
    marked.search(this.#marks, own);
    return marked.segments(own, this.#open);
  }

  message(direction: Direction, message: { readonly headers: Headers; readonly trailers: Headers; readonly body: Body }): MessageView {
    return {
      headers: this.#headers(message.headers, 'header', this.own(direction, null, ['header', 'cookie'])),
      trailers: this.#headers(message.trailers, 'trailer', this.own(direction, null, ['trailer'])),
      body: this.#body(
        message.body,
        headerValues(message.headers, 'content-type')[0] ?? '',
        headerValues(message.headers, 'content-encoding').join(','),
        { direction, message: null, tokens: ['body'] },
        this.own(direction, null, ['body']),
      ),
    };
  }

  stream(message: StreamMessage): StreamView {
    const { index, direction, kind, at } = message;
    const own = this.own(direction, index, [kind]);
    const base = { direction, message: index, tokens: [kind, `[${index}]`] };
    return { index, direction, kind, at, body: this.#body(message.body, message.text ? 'text/plain' : '', '', base, own) };
  }

  layers(steps: readonly ExplainStep[], path: string | null): readonly LayerView[] {
    const own = [...this.#marks.keys()].filter((index) => this.#marks[index]!.occurrence.path === path);
    const aim = own[0];
    // Only the way to evidence is shown: on any other way nobody has said what must be masked.
    if (aim === undefined) return [];
    const { value, masked } = this.#marks[aim]!.occurrence;
    return steps.map((step, index) => {
      const { step: name, says, path: where, bytes, text } = step;
      if (text === null) return { step: name, says, path: where, bytes, segments: null };
      const layer = layerOf(text.slice(0, limits.viewText), withoutCodings(placeTokens(where)));
      const marked = new MarkedText(layer.text);
      // What else lies in this layer is hidden by its place, too: a name of two characters stands in too many texts to be looked for.
      const others = this.#inside(layer.base, this.#marks[aim]!.occurrence).filter((one) => !own.includes(one));
      marked.search(this.#marks, []);
      for (const later of steps.slice(index + 1))
        if (later.input !== null) marked.hide(later.input, aim, later.input === value ? masked : `‹${later.step} · ${later.input.length}›`);
      // The last layer holds the value itself; where it cannot be pointed at, all of the layer stays hidden.
      if (index === steps.length - 1) {
        if (value.includes(text)) marked.whole(aim, masked);
        marked.search(this.#marks, own);
      }
      if (others.length > 0) marked.claim(layer.leaves, this.#marks, others);
      return { step: name, says, path: where, bytes, segments: marked.segments([aim, ...others], this.#open) };
    });
  }

  /** Marks of the same message that lie below a place. */
  #inside(base: readonly string[], { direction, message }: Occurrence): readonly number[] {
    return [...this.#marks.keys()].filter((index) => {
      const { occurrence, tokens } = this.#marks[index]!;
      return occurrence.direction === direction && occurrence.message === message && base.every((token, at) => tokens[at] === token);
    });
  }

  #headers(headers: Headers, part: 'header' | 'trailer', own: readonly number[]): readonly HeaderView[] {
    const repeats = new Map<string, number>();
    const lines = headers.map(([name, value]) => {
      const repeat = repeats.get(name.toLowerCase()) ?? 0;
      repeats.set(name.toLowerCase(), repeat + 1);
      const marked = new MarkedText(value);
      marked.claim(mostPrecise(headerLeaves(name, value, repeat, part), this.#marks, own), this.#marks, own);
      marked.search(this.#marks, own);
      return { name, marked };
    });
    const lost = own.filter((index) => !lines.some(({ marked }) => marked.has(index)));
    return lines.map(({ name, marked }) => ({ name, value: marked.segments(lost, this.#open) }));
  }

  #body(body: Body, contentType: string, encoding: string, base: Base, own: readonly number[]): BodyView {
    const read = readBody(body, contentType, encoding, this.#undo);
    const closed = this.#overflow && this.#reveal !== 'all';
    const view = {
      contentType,
      size: body.size,
      bytes: read.bytes,
      dump: null,
      pictures: [],
      morePictures: 0,
      cut: read.cut,
      coding: read.coding,
    };
    if (read.text === '') return { ...view, kind: 'empty', segments: [] };
    if (read.text === null) return this.#binary(read, view, base, own, closed);
    const { kind, text, leaves, cut = false } = layOut(read.text, contentType, base.tokens);
    return {
      ...view,
      cut: cut ? (read.cut ?? 'viewText') : read.cut,
      kind,
      segments: closed ? [withheld(read.bytes, own)] : this.text(text, leaves, own),
    };
  }

  #binary(read: BodyText, view: Omit<BodyView, 'kind' | 'segments'>, base: Base, own: readonly number[], closed: boolean): BodyView {
    const inClear = !closed && own.every(this.#open);
    const hex = read.hex ?? '';
    const marked = own.length === 0 ? {} : { marks: own };
    const dump = hex === '' ? [] : [inClear ? { text: hex, ...marked } : withheld(read.bytes, own)];
    // A picture nobody found anything in is shown with the whole request only.
    const seen = inClear && (own.length > 0 || this.#reveal === 'all');
    const { pictures: found, more: morePictures } = picturesIn(read.content, view.contentType);
    const pictures = found.map(({ bytes, ...picture }) => ({
      ...picture,
      bytes: bytes.length,
      data: seen ? Buffer.from(bytes).toString('base64') : null,
    }));
    const tree = closed ? null : layOutFields(this.#fields(base.direction, base.message), base.tokens, inClear);
    if (tree === null) return { ...view, kind: 'hex', segments: dump, pictures, morePictures };
    return {
      ...view,
      kind: 'tree',
      segments: this.text(tree.text, tree.leaves, own),
      dump,
      pictures,
      morePictures,
      cut: tree.cut ? 'viewText' : view.cut === 'viewHex' ? null : view.cut,
    };
  }
}

const FORM = /^[\w.%[\]-]+=[^\s]*$/;

/** Which body of the exchange, and what its paths begin with. */
interface Base {
  readonly direction: Direction;
  readonly message: number | null;
  readonly tokens: readonly string[];
}

/** The text of one layer with its leaves, at every place that the path grammar may give them: as a whole body, and inside another text. */
function layerOf(
  shown: string,
  base: readonly string[],
): { readonly text: string; readonly base: readonly string[]; readonly leaves: readonly Leaf[] } {
  const whole: Leaf = { tokens: base, start: 0, end: shown.length };
  const json = layOutJson(shown, []);
  if (json !== null) {
    const roots =
      base.at(-1) === '$'
        ? [base]
        : [
            [...base, '$'],
            [...base, '|json', '$'],
          ];
    return {
      text: json.text,
      base,
      leaves: roots.flatMap((root) => json.leaves.map((leaf) => ({ ...leaf, tokens: [...root, ...leaf.tokens] }))),
    };
  }
  if (!FORM.test(shown.slice(0, 4_096))) return { text: shown, base, leaves: [whole] };
  return { text: shown, base, leaves: ['form', '|form'].flatMap((step) => pairLeaves(shown, 0, shown.length, [...base, step])) };
}

function withheld(bytes: number, marks: readonly number[]): Segment {
  return { text: `‹${bytes}›`, hidden: true, ...(marks.length === 0 ? {} : { marks }) };
}

/** A cookie has a leaf of its own inside the header's; evidence that names the cookie must not mark the whole line. */
function mostPrecise(leaves: readonly Leaf[], marks: readonly Mark[], own: readonly number[]): readonly Leaf[] {
  const [whole, ...inner] = leaves;
  if (whole === undefined || inner.length === 0) return leaves;
  return own.some((index) => marks[index]!.tokens[0] !== 'cookie') ? leaves : inner;
}

function headerValues(headers: Headers, name: string): readonly string[] {
  return headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
}

function layOut(
  text: string,
  contentType: string,
  base: readonly string[],
): { kind: 'json' | 'form' | 'multipart' | 'text'; text: string; leaves: readonly Leaf[]; cut?: boolean } {
  const json = layOutJson(text, [...base, '$']);
  if (json !== null) return { kind: 'json', ...json };
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined) return { kind: 'multipart', text, leaves: multipartLeaves(text, boundary, [...base, 'multipart']) };
  if (/x-www-form-urlencoded/i.test(contentType) || FORM.test(text.slice(0, 4_096)))
    return { kind: 'form', text, leaves: pairLeaves(text, 0, text.length, [...base, 'form']) };
  return {
    kind: 'text',
    text,
    leaves: [
      { tokens: [...base, 'text'], start: 0, end: text.length },
      { tokens: base, start: 0, end: text.length },
    ],
  };
}
