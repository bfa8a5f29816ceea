import { limits } from '../limits.js';
import type { RequestMessage, ResponseMessage, StreamMessage } from '../model/exchange.js';
import type { Field, Part } from '../model/field.js';
import type { Bilingual } from '../model/text.js';
import { fillRequest, fillResponse, fillStreamMessage } from './message.js';
import { NAME_STEP } from './name-value.js';
import type { Node } from './node.js';
import type { DecodeOptions } from './options.js';
import { stepWords } from './step-words.js';
import { Tree } from './tree.js';

/** One stage on the way to a field: what the step made, and where in it the next stage begins. */
export interface ExplainStep {
  /** The step that made this text: `gzip`, `json`, `base64`, ...; for the first stage the part of the message. */
  readonly step: string;
  /** What the step did; null: nothing was decoded, or the tester's own module did it. */
  readonly says: Bilingual | null;
  /** Where the layer is: `body|gzip`, `body|gzip.$.data|base64`; of the last stage the field itself. */
  readonly path: string;
  /** The text after the step, cut to `limits.fieldText`; bytes that are no text are shown as hex. */
  readonly text: string;
  /** Where the next stage stands in it (UTF-16 offsets); absent where that is the whole of it. */
  readonly span?: readonly [number, number];
}

/** Hex digits shown of bytes that are no text. */
const HEX_SHOWN = 4_096;

function shown(node: Node): string {
  const { read } = node;
  if (read !== null && (!node.isBytes || read.step === null)) return read.text.slice(0, limits.fieldText);
  return Buffer.from(node.bytes.buffer, node.bytes.byteOffset, Math.min(node.bytes.byteLength, HEX_SHOWN)).toString('hex');
}

/** @param steps all that led here; none: the part of the message itself, which may be called as a decoder is (`header`). */
function stage(steps: readonly string[], part: Part, path: string, text: string, span: readonly [number, number] | null): ExplainStep {
  const step = steps.at(-1);
  const made = { step: step ?? part, says: step === undefined ? null : stepWords(step), path, text };
  return span !== null && span[1] <= text.length ? { ...made, span } : made;
}

/**
 * The way to one field, stage by stage, so that a person can redo it: raw body, inflated body, the string that held base64,
 * what it decoded to, the value. The message is decoded again; nothing of this is stored.
 * @param path a `Field.path` of this message.
 * @returns [] where the message has no such field.
 */
export function explainPath(
  message: RequestMessage | ResponseMessage | StreamMessage,
  path: string,
  options: DecodeOptions = {},
): ExplainStep[] {
  const isName = path.endsWith(`|${NAME_STEP}`);
  const tree = new Tree(options, path);
  if ('method' in message) fillRequest(tree, message);
  else if ('status' in message) fillResponse(tree, message);
  else fillStreamMessage(tree, message);
  const { sighting } = tree.harvest;
  if (sighting === null) return isName ? explainName(message, path, tree.harvest.finish().fields, options) : [];
  const { node, leaf } = sighting;
  const steps: ExplainStep[] = [];
  if (leaf !== null) {
    const field = tree.harvest.finish().fields.find((candidate) => candidate.path === path);
    steps.push(stage(field?.steps ?? [], node.origin.part, path, (field?.value ?? leaf.value).slice(0, limits.fieldText), null));
  }
  let span: readonly [number, number] | null = leaf?.start === undefined || leaf.end === undefined ? null : [leaf.start, leaf.end];
  for (let at: Node | null = node; at !== null; at = at.origin.parent) {
    // The values of a query or a header list hang on an empty node: there is nothing to show above them.
    if (at.size > 0) steps.push(stage(at.origin.steps, at.origin.part, at.origin.path, shown(at), span));
    span = at.origin.span;
  }
  return steps.reverse();
}

/** The same of a name that is a value: the way to what stands under it, and then the name. */
function explainName(
  message: RequestMessage | ResponseMessage | StreamMessage,
  path: string,
  fields: readonly Field[],
  options: DecodeOptions,
): ExplainStep[] {
  const owner = path.slice(0, -NAME_STEP.length - 1);
  const name = fields.find((field) => field.path === path);
  const under = fields.find((field) => field.path !== path && field.path.startsWith(owner));
  if (name === undefined || under === undefined) return [];
  return [...explainPath(message, under.path, options).slice(0, -1), stage(name.steps, name.part, path, name.value, null)];
}
