import type { Evidence, Occurrence, TraceLine } from '../model/finding.js';

type Place = Pick<Occurrence, 'exchange' | 'at' | 'url' | 'method' | 'host' | 'secure' | 'app' | 'scene'>;
type Kind = Pick<Evidence, 'dataType' | 'grade' | 'detector' | 'form' | 'direction' | 'part' | 'steps' | 'placeholder' | 'trace'>;
type Value = Pick<Occurrence, 'value' | 'masked' | 'tag'>;

/** Numbers of place, kind, path, value and message, start and end of the span; -1 for none. */
const WIDTH = 7;

/** Numbers in the order they came, growing. */
class Column {
  #cells = new Int32Array(WIDTH * 4);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(row: readonly number[]): void {
    if (this.#length + WIDTH > this.#cells.length) {
      const grown = new Int32Array(this.#cells.length * 2);
      grown.set(this.#cells);
      this.#cells = grown;
    }
    this.#cells.set(row, this.#length);
    this.#length += WIDTH;
  }

  at(index: number): number {
    return this.#cells[index] ?? -1;
  }
}

/** Each different thing once. */
class Register<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<string, number>();

  number(key: string, make: () => T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(make()) - 1;
  }
}

/** Each different list once: most come as the very list that came before, and only of others the text is looked at. */
class Lists<T extends object> {
  readonly #register = new Register<T>();
  readonly #met = new WeakMap<T, number>();
  readonly #textOf: (list: T) => string;

  /** @param textOf the same for equal lists only. */
  constructor(textOf: (list: T) => string) {
    this.#textOf = textOf;
  }

  number(list: T): number {
    const met = this.#met.get(list);
    if (met !== undefined) return met;
    const number = this.#register.number(this.#textOf(list), () => list);
    this.#met.set(list, number);
    return number;
  }
}

/** Lengths keep apart what the texts themselves might run together. Three times as fast as JSON. */
function textOfSteps(steps: readonly string[]): string {
  let text = '';
  for (const step of steps) text += `${step.length} ${step} `;
  return text;
}

function textOfTrace(trace: readonly TraceLine[]): string {
  let all = '';
  for (const { rule, text } of trace) all += `${rule.length} ${text.zh.length} ${text.en.length} ${rule}${text.zh}${text.en}\n`;
  return all;
}

/**
 * All evidence of an audit that has no store. A gigabyte of traffic holds a million pieces, which differ in few things: each is kept as
 * seven numbers, and what many have in common once. They are put together again when they are asked for.
 */
export class EvidenceLedger {
  readonly #columns = new Map<string, Column>();
  readonly #kinds = new Register<Kind>();
  readonly #steps = new Lists(textOfSteps);
  readonly #traces = new Lists(textOfTrace);
  readonly #paths = new Register<string>();
  /** By data type: the mask of a value depends on it, and so does its tag. */
  readonly #registers = new Map<string, Map<string, number>>();
  readonly #values: Value[] = [];
  readonly #places: Place[] = [];

  add(findingId: string, o: Occurrence): void {
    let column = this.#columns.get(findingId);
    if (column === undefined) {
      column = new Column();
      this.#columns.set(findingId, column);
    }
    column.push([
      this.#place(o),
      this.#kind(o),
      this.#paths.number(o.path, () => o.path),
      this.#value(o),
      o.message ?? -1,
      o.span?.[0] ?? -1,
      o.span?.[1] ?? -1,
    ]);
  }

  /** In the order they came. */
  of(findingId: string): Occurrence[] {
    const column = this.#columns.get(findingId);
    const all: Occurrence[] = [];
    for (let row = 0; column !== undefined && row < column.length; row += WIDTH) {
      const place = this.#places[column.at(row)];
      const kind = this.#kinds.all[column.at(row + 1)];
      const path = this.#paths.all[column.at(row + 2)];
      const value = this.#values[column.at(row + 3)];
      if (place === undefined || kind === undefined || path === undefined || value === undefined) continue;
      const [message, start, end] = [column.at(row + 4), column.at(row + 5), column.at(row + 6)];
      // Written out: spreading three objects into one takes thirty times as long.
      all.push({
        dataType: kind.dataType,
        grade: kind.grade,
        detector: kind.detector,
        form: kind.form,
        direction: kind.direction,
        message: message < 0 ? null : message,
        part: kind.part,
        path,
        steps: kind.steps,
        value: value.value,
        span: start < 0 ? null : [start, end],
        placeholder: kind.placeholder,
        trace: kind.trace,
        exchange: place.exchange,
        at: place.at,
        url: place.url,
        method: place.method,
        host: place.host,
        secure: place.secure,
        app: place.app,
        scene: place.scene,
        masked: value.masked,
        tag: value.tag,
      });
    }
    return all;
  }

  *all(): Generator<Occurrence> {
    for (const id of this.#columns.keys()) yield* this.of(id);
  }

  #kind({ dataType, grade, detector, form, direction, part, steps, placeholder, trace }: Occurrence): number {
    const lists = `${this.#steps.number(steps)} ${this.#traces.number(trace)}`;
    const key = `${dataType} ${grade} ${detector} ${form?.length ?? -1} ${form ?? ''} ${direction} ${part} ${placeholder} ${lists}`;
    return this.#kinds.number(key, () => ({ dataType, grade, detector, form, direction, part, steps, placeholder, trace }));
  }

  #value({ dataType, value, masked, tag }: Occurrence): number {
    let numbers = this.#registers.get(dataType);
    if (numbers === undefined) {
      numbers = new Map();
      this.#registers.set(dataType, numbers);
    }
    const known = numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#values.push({ value, masked, tag }) - 1;
    numbers.set(value, number);
    return number;
  }

  /** Evidence of one message comes together: only the last place has to be looked at. */
  #place({ exchange, at, url, method, host, secure, app, scene }: Occurrence): number {
    const last = this.#places.at(-1);
    if (last?.exchange === exchange && last.at === at && last.app === app && last.scene === scene) return this.#places.length - 1;
    return this.#places.push({ exchange, at, url, method, host, secure, app, scene }) - 1;
  }
}
