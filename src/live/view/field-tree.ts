import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import type { Leaf } from './marked-text.js';
import { placeTokens, withoutCodings } from './place.js';

/** What decoders made of a body that is no text: protobuf, CBOR, an archive, the parts around a photograph. */
export interface FieldTree {
  readonly text: string;
  readonly leaves: readonly Leaf[];
  /** There is more than `limits.viewText` shows. */
  readonly cut: boolean;
}

interface Branch {
  readonly label: string;
  readonly tokens: readonly string[];
  readonly under: Map<string, Branch>;
  readonly values: Field[];
}

/** One line for each name: `list[0]`, `→ json` for a step, whose root `$` needs no line of its own. */
function labelsOf(tokens: readonly string[], from: number): ReadonlyArray<{ readonly label: string; readonly end: number }> {
  const labels: Array<{ label: string; end: number }> = [];
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    const last = labels.at(-1);
    if (last !== undefined && (token === '$' || /^\[\d+\]$/.test(token))) {
      if (token !== '$') last.label += token;
      last.end = at + 1;
    } else labels.push({ label: token.startsWith('|') ? `→ ${token.slice(1)}` : token, end: at + 1 });
  }
  return labels;
}

function writtenValue(
  { kind, value, bytes }: Field,
  inClear: boolean,
): { readonly text: string; readonly start: number; readonly end: number } {
  if (kind === 'string') {
    const text = JSON.stringify(value);
    return { text, start: 1, end: text.length - 1 };
  }
  // Hex digits are a form of the value that no search for it would find: they stand there only where nothing is hidden.
  const digits =
    bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SHOWN_BYTES)).toString('hex');
  const text =
    kind !== 'binary' || bytes === undefined
      ? value
      : `‹${bytes.byteLength}›${inClear ? ` ${digits}${bytes.byteLength > SHOWN_BYTES ? '…' : ''}` : ''}`;
  return { text, start: 0, end: text.length };
}

/** Bytes of a binary leaf written out; a device identifier has 16, a digest at most 64. */
const SHOWN_BYTES = 64;

/**
 * Fields of one body as an indented tree, each value a leaf at the tokens of its path.
 * @param base tokens of the body: `['body']`, `['ws', '[3]']`.
 * @param inClear nothing in this body is masked.
 * @returns null where no decoder found a field in it.
 */
export function layOutFields(fields: readonly Field[], base: readonly string[], inClear: boolean): FieldTree | null {
  const root: Branch = { label: '', tokens: base, under: new Map(), values: [] };
  for (const field of fields) {
    const tokens = withoutCodings(placeTokens(field.path));
    if (base.some((token, index) => tokens[index] !== token)) continue;
    let branch = root;
    for (const { label, end } of labelsOf(tokens, base.length)) {
      const next: Branch = branch.under.get(label) ?? { label, tokens: tokens.slice(0, end), under: new Map(), values: [] };
      branch.under.set(label, next);
      branch = next;
    }
    branch.values.push(field);
  }
  if (root.under.size + root.values.length === 0) return null;

  let text = '';
  let cut = false;
  const leaves: Leaf[] = [];
  const write = (branch: Branch, depth: number): void => {
    if (text.length > limits.viewText) {
      cut = true;
      return;
    }
    const indent = '  '.repeat(depth);
    // What was taken apart further stands below it; its own bytes would only repeat that, behind an encoding.
    const shown = branch.values.filter(({ opened }) => opened !== true);
    if (shown.length === 0 && branch !== root) text += `${indent}${branch.label}\n`;
    for (const field of shown) {
      const value = writtenValue(field, inClear);
      const head = branch.label === '' ? indent : `${indent}${branch.label}: `;
      const at = text.length + head.length;
      text += `${head}${value.text}\n`;
      leaves.push({ tokens: branch.tokens, start: at + value.start, end: at + value.end });
    }
    for (const next of branch.under.values()) write(next, branch === root ? depth : depth + 1);
  };
  write(root, 0);
  return { text: text.trimEnd(), leaves, cut };
}
