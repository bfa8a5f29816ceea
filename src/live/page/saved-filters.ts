import { type Signal, signal } from '@preact/signals';

const STORED = 'overreach.filters';
/** More than a menu can show at once would be a list to search. */
export const KEPT = 20;

/** The browser's `localStorage`, as far as it is used. */
interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

function stored(storage: Storage): readonly string[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(STORED) ?? '[]');
    return Array.isArray(list) ? list.filter((line) => typeof line === 'string').slice(0, KEPT) : [];
  } catch {
    // Written by another version, or by hand: saved lines are a comfort, not data of the audit.
    return [];
  }
}

/** Filter lines that this browser remembers; the server does not know them. */
export class FilterShelf {
  /** Newest first. */
  readonly lines: Signal<readonly string[]>;
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.lines = signal(stored(storage));
  }

  /** @returns false where as many are kept as fit; nothing is dropped to make room. */
  save(line: string): boolean {
    const text = line.trim();
    const others = this.lines.value.filter((one) => one !== text);
    if (text === '' || others.length >= KEPT) return false;
    this.#keep([text, ...others]);
    return true;
  }

  forget(line: string): void {
    this.#keep(this.lines.value.filter((one) => one !== line));
  }

  #keep(lines: readonly string[]): void {
    this.lines.value = lines;
    this.#storage.setItem(STORED, JSON.stringify(lines));
  }
}
