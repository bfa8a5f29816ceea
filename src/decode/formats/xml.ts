import { limits } from '../../limits.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { member, named, Repeats } from '../path.js';
import { SHAPE } from '../shape.js';
import { scanXml, type XmlAttribute, type XmlSink } from '../xml.js';

interface Frame {
  readonly name: string;
  readonly path: string;
  readonly keys: readonly string[];
  /** Group of the element itself, and of what it holds. */
  readonly group: number;
  readonly inside: number;
  readonly repeats: Repeats;
  /** `<string name="imei">...`: the attribute is the better name. */
  readonly label: string | null;
  text: string;
  start: number;
  end: number;
  children: number;
}

/** Attributes that name an element: Android preferences, SOAP parameters, Windows settings. */
const LABELS = new Set(['name', 'key', 'id', 'field']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

class Elements implements XmlSink {
  readonly leaves: Leaf[] = [];
  readonly #frames: Frame[] = [];
  readonly #source: Source;
  readonly #most: number;
  elements = 0;
  mismatched = false;

  constructor(source: Source) {
    this.#source = source;
    this.#most = source.work.fieldsLeft + 1;
    const group = source.work.group();
    this.#frames.push({
      name: '',
      path: source.root,
      keys: source.keys,
      group,
      inside: group,
      repeats: new Repeats(),
      label: null,
      text: '',
      start: 0,
      end: 0,
      children: 0,
    });
  }

  get depth(): number {
    return this.#frames.length - 1;
  }

  open(name: string, attributes: readonly XmlAttribute[], empty: boolean): boolean {
    const { work } = this.#source;
    const parent = this.#frames.at(-1)!;
    if (this.depth >= limits.jsonDepth) {
      work.hit(parent.path, 'jsonDepth');
      return false;
    }
    this.elements++;
    parent.children++;
    const path = parent.repeats.path(parent.path, name);
    const label = attributes.find((attribute) => LABELS.has(attribute.name))?.value ?? null;
    const keys = named(parent.keys, localName(name));
    const inside = work.group();
    const labelled = label !== null && attributes.length <= 3;
    for (const { name: attribute, value, start, end } of attributes) {
      if (this.leaves.length >= this.#most || attribute.startsWith('xmlns')) continue;
      const byLabel = labelled && attribute.toLowerCase() === 'value';
      this.leaves.push({
        path: member(path, `@${attribute}`),
        keys: byLabel ? named(parent.keys, label) : named(keys, localName(attribute)),
        value,
        kind: 'string',
        group: byLabel ? parent.inside : inside,
        start,
        end,
      });
    }
    if (!empty)
      this.#frames.push({
        name,
        path,
        keys,
        group: parent.inside,
        inside,
        repeats: new Repeats(),
        label: labelled ? label : null,
        text: '',
        start: -1,
        end: -1,
        children: 0,
      });
    return this.leaves.length < this.#most;
  }

  text(value: string, start: number, end: number): void {
    const frame = this.#frames.at(-1)!;
    if (value.trim() === '') return;
    if (frame.start < 0) frame.start = start;
    frame.end = end;
    frame.text += value;
  }

  close(name: string): void {
    if (this.depth === 0) return;
    const frame = this.#frames.pop()!;
    if (frame.name !== name) this.mismatched = true;
    this.#emit(frame);
  }

  aside(name: string, text: string, start: number, end: number): void {
    const { path, keys, inside, repeats } = this.#frames.at(-1)!;
    if (this.leaves.length >= this.#most) return;
    this.leaves.push({
      path: repeats.path(path, name),
      keys: named(keys, name),
      value: text.trim(),
      kind: 'string',
      group: inside,
      start,
      end,
    });
  }

  /** What is still open when the text ends, and what stands outside of any element. */
  end(): void {
    while (this.#frames.length > 0) this.#emit(this.#frames.pop()!);
  }

  #emit(frame: Frame): void {
    const value = frame.text.trim();
    if (value === '' || this.leaves.length >= this.#most) return;
    const keys = frame.label === null ? frame.keys : named(frame.keys.slice(0, -1), frame.label);
    this.leaves.push({
      path: frame.path,
      keys,
      value,
      kind: 'string',
      group: frame.children === 0 ? frame.group : frame.inside,
      start: frame.start,
      end: frame.end,
    });
  }
}

/** XML (W3C, fifth edition) by a scanner of our own: see `../xml.ts` for what it refuses to do. HTML is left as text. */
export const decoder: Decoder = {
  id: 'xml',
  says: { zh: 'XML：按元素名，@ 之后为属性', en: 'XML: by element, behind @ the attribute' },
  order: 26,
  shapes: SHAPE.angle,
  mime: (mime) => mime.endsWith('/xml') || mime.endsWith('+xml'),
  open(source) {
    const { text, declared, base } = source;
    if (text === null) return null;
    const head = text.slice(0, 256).trimStart();
    if (head[0] !== '<' || !/^<[A-Za-z_?!\u4e00-\u9fff]/.test(head) || /^<(?:!doctype\s+html|html)[\s>]/i.test(head)) return null;
    const elements = new Elements(source);
    const end = scanXml(text, elements);
    const whole = end >= text.length && elements.depth === 0 && !elements.mismatched;
    elements.end();
    const { leaves } = elements;
    if (whole) return leaves.length > 0 ? { leaves } : null;
    if (!base || leaves.length < 2 || (!declared && !head.startsWith('<?xml') && elements.elements < 3)) return null;
    return end < text.length ? { leaves, rest: end } : { leaves };
  },
};
