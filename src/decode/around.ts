import type { PlaceOfLeaves } from '../model/field.js';
import { joined, type Names } from './names.js';
import { element } from './path.js';

/**
 * The object or array that leaves of a document stand in. Its path is put together when somebody asks: of most nobody does, and a string
 * for each object of a body costs as much as reading it.
 */
export class Around implements PlaceOfLeaves {
  readonly group: number;
  readonly #above: Around | null;
  readonly #names: Names;
  readonly #index: number;
  #path: string | null;

  /**
   * @param above null: it is the document. @param path of the document; null for all others.
   * @param index position in an array above; -1: a member of an object, by the last of its names.
   */
  constructor(above: Around | null, path: string | null, names: Names, index: number, group: number) {
    this.group = group;
    this.#above = above;
    this.#names = names;
    this.#index = index;
    this.#path = path;
  }

  get keys(): readonly string[] {
    return this.#names.keys;
  }

  get path(): string {
    this.#path ??= this.#above?.pathOf(this.#index, this.#names) ?? '';
    return this.#path;
  }

  /** Path of what stands here. @param index position in the array, -1: a member. */
  pathOf(index: number, names: Names): string {
    return index < 0 ? joined(this.path, names.segment) : element(this.path, index);
  }
}
