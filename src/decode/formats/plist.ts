import { limits } from '../../limits.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';
import { scanXml, type XmlSink } from '../xml.js';

interface Container {
  readonly kind: 'dict' | 'array' | 'root';
  readonly path: string;
  readonly keys: readonly string[];
  readonly group: number;
  key: string;
  index: number;
}

/** Apple's XML property list: `key` elements name the value that follows. */
class Plist implements XmlSink {
  readonly leaves: Leaf[] = [];
  readonly #source: Source;
  readonly #stack: Container[];
  #value = '';
  #start = -1;
  #end = -1;

  constructor(source: Source) {
    this.#source = source;
    this.#stack = [{ kind: 'root', path: source.root, keys: source.keys, group: source.work.group(), key: '', index: 0 }];
  }

  #place(): { path: string; keys: readonly string[]; group: number } {
    const top = this.#stack.at(-1)!;
    if (top.kind === 'dict') return { path: member(top.path, top.key), keys: named(top.keys, top.key), group: top.group };
    if (top.kind === 'array') return { path: element(top.path, top.index++), keys: top.keys, group: top.group };
    return { path: top.path, keys: top.keys, group: top.group };
  }

  open(name: string, _attributes: unknown, empty: boolean): boolean {
    this.#value = '';
    this.#start = -1;
    const { work } = this.#source;
    if ((name === 'dict' || name === 'array') && !empty) {
      if (this.#stack.length >= limits.jsonDepth) {
        work.hit(this.#source.root, 'jsonDepth');
        return false;
      }
      const { path, keys, group } = this.#place();
      this.#stack.push({ kind: name, path, keys, group: name === 'dict' ? work.group() : group, key: '', index: 0 });
    } else if (name === 'true' || name === 'false') this.leaves.push({ ...this.#place(), value: name, kind: 'boolean' });
    return this.leaves.length <= work.fieldsLeft;
  }

  text(value: string, start: number, end: number): void {
    if (this.#start < 0) this.#start = start;
    this.#end = end;
    this.#value += value;
  }

  close(name: string): void {
    const top = this.#stack.at(-1)!;
    if (name === 'key') top.key = this.#value;
    else if ((name === 'dict' || name === 'array') && this.#stack.length > 1) this.#stack.pop();
    else if (name === 'string' || name === 'date' || name === 'integer' || name === 'real') {
      const kind = name === 'integer' || name === 'real' ? 'number' : 'string';
      const span = this.#start < 0 ? {} : { start: this.#start, end: this.#end };
      this.leaves.push({ ...this.#place(), value: this.#value, kind, ...span });
    } else if (name === 'data') {
      const bytes = fromBase64(this.#value.replaceAll(' ', '').trim());
      if (bytes !== null) this.leaves.push({ ...this.#place(), value: '', kind: 'binary', bytes, step: 'base64', layer: true });
    }
    this.#value = '';
    this.#start = -1;
  }
}

export const decoder: Decoder = {
  id: 'plist',
  order: 25,
  shapes: SHAPE.angle,
  // Apple's own clients write text/xml; what is no property list goes on to the next decoder.
  mime: (mime) =>
    mime.endsWith('/xml') || mime === 'application/x-plist' || mime === 'application/x-apple-plist' || mime === 'text/x-xml-plist',
  open(source) {
    const { text } = source;
    if (text === null || !/<plist[\s>]/.test(text.slice(0, 512))) return null;
    const plist = new Plist(source);
    scanXml(text, plist);
    return plist.leaves.length > 0 ? { leaves: plist.leaves } : null;
  },
};
