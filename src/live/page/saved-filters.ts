import { signal } from '@preact/signals';

const STORED = 'overreach.filters';
/** More than a menu can show at once would be a list to search. */
const KEPT = 20;

function stored(): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(list) ? list.filter((line) => typeof line === 'string').slice(0, KEPT) : [];
  } catch {
    // Written by another version, or by hand: saved lines are a comfort, not data of the audit.
    return [];
  }
}

/** Filter lines that this browser remembers, newest first. */
export const savedFilters = signal<readonly string[]>(stored());

function keep(lines: readonly string[]): void {
  savedFilters.value = lines;
  localStorage.setItem(STORED, JSON.stringify(lines));
}

/** @returns false where as many are kept as fit; nothing is dropped to make room. */
export function saveFilter(line: string): boolean {
  const text = line.trim();
  const others = savedFilters.value.filter((one) => one !== text);
  if (text === '' || others.length >= KEPT) return false;
  keep([text, ...others]);
  return true;
}

export function forgetFilter(line: string): void {
  keep(savedFilters.value.filter((one) => one !== line));
}
