import { limits } from '../../limits.js';
import { type Archive, MEMBER_COST, readArchive } from '../archive.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';
import type { Place } from '../typed.js';
import { scanXml, type XmlSink } from '../xml.js';

/** A value of the list; a dictionary has its members in order, a later one of the same name beside the first. */
type Value =
  | { readonly kind: 'value'; readonly leaf: Omit<Leaf, 'path' | 'keys' | 'group'> }
  | { readonly kind: 'array'; readonly elements: Value[] }
  | { readonly kind: 'dict'; readonly members: Array<readonly [name: string, value: Value]>; key: string };

type Container = Exclude<Value, { readonly kind: 'value' }>;

/** Apple's XML property list as it stands: `key` elements name the value that follows. */
class Plist implements XmlSink {
  /** What stands outside of any container: one value, unless the markup is broken. */
  readonly top: Value[] = [];
  readonly #source: Source;
  readonly #stack: Container[];
  #values = 0;
  #text = '';
  #start = -1;
  #end = -1;

  constructor(source: Source) {
    this.#source = source;
    this.#stack = [{ kind: 'array', elements: this.top }];
  }

  /** What stands where no value may: a text between the elements, a comment. */
  #stray(name: string, text: string): void {
    const value = text.trim();
    if (value === '') return;
    const container = this.#stack.at(-1)!;
    const stray: Value = { kind: 'value', leaf: { value, kind: 'string' } };
    if (container.kind === 'dict') container.members.push([name, stray]);
    else container.elements.push(stray);
    this.#values++;
  }

  aside(name: string, text: string): void {
    if (name !== '!DOCTYPE') this.#stray(name, text);
  }

  /** What stands behind the last element, or in one that broke off. */
  end(): void {
    this.#stray('#text', this.#text);
  }

  #put(value: Value): void {
    const container = this.#stack.at(-1)!;
    if (container.kind === 'dict') container.members.push([container.key, value]);
    else container.elements.push(value);
    if (value.kind === 'value') this.#values++;
  }

  open(name: string, _attributes: unknown, empty: boolean): boolean {
    this.#stray('#text', this.#text);
    this.#text = '';
    this.#start = -1;
    const { work } = this.#source;
    if ((name === 'dict' || name === 'array') && !empty) {
      if (this.#stack.length >= limits.jsonDepth) {
        work.hit(this.#source.root, 'jsonDepth');
        return false;
      }
      const container: Container = name === 'dict' ? { kind: 'dict', members: [], key: '' } : { kind: 'array', elements: [] };
      this.#put(container);
      this.#stack.push(container);
    } else if (name === 'true' || name === 'false') this.#put({ kind: 'value', leaf: { value: name, kind: 'boolean' } });
    return this.#values <= work.fieldsLeft;
  }

  text(value: string, start: number, end: number): void {
    if (this.#start < 0) this.#start = start;
    this.#end = end;
    this.#text += value;
  }

  close(name: string): void {
    const top = this.#stack.at(-1)!;
    if (name === 'key' && top.kind === 'dict') top.key = this.#text;
    else if ((name === 'dict' || name === 'array') && this.#stack.length > 1) {
      this.#stray('#text', this.#text);
      this.#stack.pop();
    } else if (name === 'string' || name === 'date' || name === 'integer' || name === 'real') {
      const kind = name === 'integer' || name === 'real' ? 'number' : 'string';
      const span = this.#start < 0 ? {} : { start: this.#start, end: this.#end };
      this.#put({ kind: 'value', leaf: { value: this.#text, kind, ...span } });
    } else if (name === 'data') {
      const bytes = fromBase64(this.#text.replaceAll(' ', '').trim());
      if (bytes === null) this.#put({ kind: 'value', leaf: { value: this.#text, kind: 'string' } });
      else this.#put({ kind: 'value', leaf: { value: '', kind: 'binary', bytes, step: 'base64', layer: true } });
    } else this.#stray('#text', this.#text);
    this.#text = '';
    this.#start = -1;
  }
}

/** Values with their places. An archive says twice where a value stands: it is read by what its objects are to each other. */
function leavesOf({ top }: Plist, source: Source): readonly Leaf[] {
  const { root, keys, work } = source;
  const leaves: Leaf[] = [];
  const emit = (value: Value, place: Place): void => {
    if (value.kind === 'value') leaves.push({ ...place, ...value.leaf });
    else if (value.kind === 'array')
      for (const [index, inner] of value.elements.entries()) emit(inner, { ...place, path: element(place.path, index) });
    else {
      const group = work.group();
      for (const [key, inner] of value.members) emit(inner, { path: member(place.path, key), keys: named(place.keys, key), group });
    }
  };
  const only = top[0];
  if (only !== undefined && top.length === 1 && readArchive(archiveOf(leaves, source), only, root, keys, work)) return leaves;
  const group = work.group();
  for (const value of top) emit(value, { path: root, keys, group });
  return leaves;
}

/** What an element refers to by its position stands in XML as `<dict><key>CF$UID</key><integer>5</integer></dict>`. */
const REFERENCE = 'CF$UID';

function archiveOf(leaves: Leaf[], { work, root }: Source): Archive<Value> {
  return {
    members: (value) => (value.kind === 'dict' && work.read(value.members.length * MEMBER_COST, root) ? new Map(value.members) : null),
    elements: (value) => (value.kind === 'array' ? value.elements : null),
    text: (value) => (value.kind === 'value' && value.leaf.kind === 'string' ? value.leaf.value : null),
    reference: (value) => {
      const [only] = value.kind === 'dict' && value.members.length === 1 ? value.members : [];
      const position = only?.[0] === REFERENCE && only[1].kind === 'value' ? Number.parseInt(only[1].leaf.value, 10) : -1;
      return position >= 0 ? position : null;
    },
    leaf: (value, place) => {
      if (value.kind === 'value') leaves.push({ ...place, ...value.leaf });
    },
    ended: () => leaves.length > work.fieldsLeft,
  };
}

export const decoder: Decoder = {
  id: 'plist',
  says: { zh: 'XML plist；NSKeyedArchiver 的引用已还原', en: 'property list in XML; references of NSKeyedArchiver are followed' },
  order: 25,
  shapes: SHAPE.angle,
  // Apple's own clients write text/xml; what is no property list goes on to the next decoder.
  mime: (mime) =>
    mime.endsWith('/xml') || mime === 'application/x-plist' || mime === 'application/x-apple-plist' || mime === 'text/x-xml-plist',
  open(source) {
    const { text } = source;
    if (text === null || !/<plist[\s>]/.test(text.slice(0, 512))) return null;
    const plist = new Plist(source);
    const end = scanXml(text, plist);
    plist.end();
    const leaves = leavesOf(plist, source);
    return leaves.length === 0 ? null : end < text.length ? { leaves, rest: end } : { leaves };
  },
};
