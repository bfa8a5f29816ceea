/**
 * Identifiers that somebody typed: `1234567890abcdef`, `12345678-1234-1234-1234-123456789012`, `qwertyuiop123456`, and the examples of
 * documents. Many who have nothing to do with each other write the same one, so that two messages that share it say nothing of one phone.
 */

/** What follows what where keys are struck in a row, or the alphabet of hex is written down. */
const ROWS = ['01234567890abcdef0', '9abcdefghijklmnopqrstuvwxyz', '1234567890qwertyuiopasdfghjklzxcvbnm'];
const UP: ReadonlySet<string> = new Set(ROWS.flatMap((row) => [...row].slice(1).map((next, index) => row.charAt(index) + next)));

/**
 * One step in so many may begin a new row, as each group of a UUID does: 16 random digits of hex agree so by chance once in more than
 * a thousand million values.
 */
const STEPS_A_BREAK = 7;
/** Below it a row is no rarity. */
const SHORTEST = 11;
/** `abcdabcdabcdabcd`, `deadbeefdeadbeef`. */
const REPEATED = /^(?:(.{1,4})\1{3,}|(.{5,8})\2+)$/;

/** RFC 4122 and RFC 9562, section on the format; and the one that OpenAPI documents write for a UUID. */
const EXAMPLES: ReadonlySet<string> = new Set(['f81d4fae7dec11d0a76500a0c91e6bf6', '550e8400e29b41d4a716446655440000']);

/** Whether an identifier shows by its own characters that it was made up for a demonstration. */
export function isDemo(value: string): boolean {
  const text = value.replace(/[-:]/g, '').toLowerCase();
  if (text.length < SHORTEST) return false;
  return isRow(text) || REPEATED.test(text) || EXAMPLES.has(text);
}

function isRow(text: string): boolean {
  const allowed = Math.floor((text.length - 1) / STEPS_A_BREAK);
  let up = 0;
  let down = 0;
  for (let index = 1; index < text.length && Math.min(up, down) <= allowed; index++) {
    const before = text.charAt(index - 1);
    const here = text.charAt(index);
    if (!UP.has(before + here)) up += 1;
    if (!UP.has(here + before)) down += 1;
  }
  return Math.min(up, down) <= allowed;
}
