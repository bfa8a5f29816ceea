/** A HAR is a stranger's JSON: every value is looked at before it is used, and what has the wrong shape counts as absent. */
export type Loose = Readonly<Record<string, unknown>>;

/** @returns the value where it is an object; otherwise an empty one. */
export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** @returns the value where it is an array; otherwise an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text, or a number as text; anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The same of a value that may stand as the document that it was: `{"a":1}` for its text. Absent values are empty. */
export function written(value: unknown): string {
  const isDocument = (typeof value === 'object' && value !== null) || typeof value === 'boolean';
  return isDocument ? JSON.stringify(value) : textOf(value);
}

/** A finite number, also from text; anything else is 0. */
export function numberOf(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}
