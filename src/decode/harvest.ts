import { createHash } from 'node:crypto';
import { limits } from '../limits.js';
import type { Decoded, Field, Layer, Opaque, Part } from '../model/field.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Leaf } from './decoder.js';
import type { Idle } from './idle.js';
import { namesAsFields } from './name-value.js';
import type { Node, NodeOrigin } from './node.js';
import { Work } from './work.js';

/** A field while it is being made; nobody else holds it yet. */
export type Draft = { -readonly [K in keyof Field]: Field[K] };

/** A field with the node it was cut from, for the explanation of its path. */
export interface Sighting {
  readonly node: Node;
  readonly leaf: Leaf | null;
}

/** How much there was before a doubtful decode began. */
export interface Mark {
  readonly fields: number;
  /** What they count for. */
  readonly counted: number;
  readonly layers: number;
  readonly opaque: number;
  readonly sighting: Sighting | null;
  readonly idle: Idle | null;
}

/** What has been gathered from one message so far, and what can be withdrawn again. */
export class Harvest {
  readonly work: Work;
  readonly #watch: string | null;
  readonly #fields: Draft[] = [];
  /** 1 for each field that stands in a layer letter for letter. */
  readonly #verbatim: number[] = [];
  readonly #layers: Layer[] = [];
  readonly #opaque: Opaque[] = [];
  /** Paths of the names that were given as fields. */
  readonly #names = new Set<string>();
  #sighting: Sighting | null = null;
  /** Leaves that were left out; of one document at most. */
  #idle: Idle | null = null;

  /** @param watch path whose node is remembered; null: none. */
  constructor(watch: string | null, schemas: readonly ProtoSchema[] = []) {
    this.#watch = watch;
    this.work = new Work(schemas);
  }

  get sighting(): Sighting | null {
    return this.#sighting;
  }

  /**
   * Keeps a field. False: the message has as many as it may.
   * @param verbatim its text stands in one of the layers as it is, between characters that belong to no value.
   */
  keep(field: Draft, verbatim = false): boolean {
    const kept = this.work.field(field.path, field.keys);
    if (kept === false) return false;
    this.#fields.push(field);
    this.#verbatim.push(verbatim ? 1 : 0);
    // Names are looked at once, however many fields stand under them.
    if (kept === 'new') for (const name of namesAsFields(field, this.#names)) this.keep(name);
    return true;
  }

  /** Keeps leaves without making fields of them: those before this one, which stand before the next field of their document. */
  keepIdle(idle: Idle, to: number): void {
    this.#idle = idle;
    idle.place(this.#fields.length, to);
  }

  /** Whether a document has left leaves out already. */
  get hasIdle(): boolean {
    return this.#idle !== null;
  }

  /** Notes where a field came from, if it is the one that is asked about. */
  see(path: string, node: Node, leaf: Leaf | null): void {
    if (path === this.#watch && this.#sighting === null) this.#sighting = { node, leaf };
  }

  get watching(): boolean {
    return this.#watch !== null;
  }

  layer(path: string, part: Part, steps: readonly string[], bytes: Uint8Array): void {
    this.#layers.push({ path, part, steps, bytes });
  }

  opaque(found: Opaque): void {
    this.#opaque.push(found);
  }

  /** Takes one field out again: its values stand in fields of their own. */
  drop(field: Draft): void {
    const at = this.#fields.lastIndexOf(field);
    if (at < 0) return;
    this.#fields.splice(at, 1);
    this.#verbatim.splice(at, 1);
    this.work.take(-1);
  }

  mark(): Mark {
    return {
      fields: this.#fields.length,
      counted: this.work.fields,
      layers: this.#layers.length,
      opaque: this.#opaque.length,
      sighting: this.#sighting,
      idle: this.#idle,
    };
  }

  /** What resisted since the mark. */
  opaqueSince(mark: Mark): readonly Opaque[] {
    return this.#opaque.slice(mark.opaque);
  }

  /** Everything since the mark never was. Bounds that were reached stay reported. */
  withdraw(mark: Mark): void {
    this.work.take(mark.counted - this.work.fields);
    this.#idle = mark.idle;
    this.#fields.length = mark.fields;
    this.#verbatim.length = mark.fields;
    this.#layers.length = mark.layers;
    this.#opaque.length = mark.opaque;
    this.#sighting = mark.sighting;
  }

  /** Layers of equal bytes are given once, under the first path that led to them. */
  finish(): Pick<Decoded, 'fields' | 'verbatim' | 'layers' | 'opaque' | 'limits' | 'idle'> {
    const seen = new Set<string>();
    const sizes = new Map<number, number>();
    for (const { bytes } of this.#layers) sizes.set(bytes.length, (sizes.get(bytes.length) ?? 0) + 1);
    const layers = this.#layers.filter((layer) => {
      if (layer.bytes.length === 0) return false;
      if (sizes.get(layer.bytes.length) === 1) return true;
      const id = createHash('sha1').update(layer.bytes).digest('base64');
      return seen.has(id) ? false : seen.add(id);
    });
    const verbatim = Uint8Array.from(this.#verbatim);
    const found = { fields: this.#fields, verbatim, layers, opaque: this.#opaque, limits: this.work.hits };
    if (this.#idle === null || this.#idle.kept === 0) return found;
    this.#idle.settle(this.#fields, verbatim);
    return { ...found, idle: this.#idle };
  }
}

/** The field that a layer itself is, or a part of it that stayed text: under the names of the value that it was made of. */
export function draftOf({ part, keys, group }: NodeOrigin, path: string, steps: readonly string[], value: string): Draft {
  return { path, part, keys, value, kind: 'string', steps, group };
}

/** Makes a field a binary one: the bytes, and as much of them as text as is kept of any value. */
export function showBytes(field: Draft, bytes: Uint8Array): void {
  field.kind = 'binary';
  field.bytes = bytes;
  field.value = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, limits.fieldText)).toString('latin1');
}
