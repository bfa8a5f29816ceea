import { decodeRequest, decodeStreamMessage } from '../decode/index.js';
import { limits } from '../limits.js';
import type { DecodedText } from '../model/audit.js';
import type { Exchange, Headers, ResponseMessage } from '../model/exchange.js';
import type { Decoded, Field } from '../model/field.js';
import { undoCoding } from './content-coding.js';

/**
 * Text of a message for the search beside what its bytes show by themselves: the store indexes those as they are, so that only what
 * decoding brought to light is added, as `name=value`, `limits.searchText` characters and one more where there are more.
 * @returns undefined where the bytes say everything.
 */
export function searchableText(decoded: Decoded): string | undefined {
  // Short of decoding, a body in JSON or plain text is already readable; a form is not, because of its percent signs.
  const { fields, idle } = decoded;
  const lines: string[] = [];
  let length = 0;
  const take = (field: Field): boolean => {
    if (field.part === 'header' || field.part === 'trailer' || !isHidden(field)) return true;
    const line = `${field.keys.at(-1) ?? ''}=${field.value}`;
    lines.push(line);
    length += line.length + 1;
    return length <= limits.searchText;
  };
  if (idle !== undefined && isDeep(idle.steps)) idle.each(take);
  else fields.every(take);
  return lines.length === 0 ? undefined : lines.join('\n').slice(0, MOST);
}

/** One more than is indexed: it says that there is more. */
const MOST = limits.searchText + 1;

/** What no reader of the raw bytes would find. A field that was taken apart further stands there with what was inside it. */
function isHidden({ kind, opened, part, steps, path }: Field): boolean {
  if (kind === 'binary' || kind === 'null' || opened === true) return false;
  if (part === 'url' || part === 'query') return path.includes('|');
  return isDeep(steps);
}

/** Whether more was undone on the way to a body's values than reading it. */
function isDeep(steps: readonly string[]): boolean {
  return !(steps.length === 0 || (steps.length === 1 && (steps[0] === 'json' || steps[0] === 'text')));
}

/**
 * What an inflater is given at most for a text of `limits.searchText` characters: UTF-8 takes up to three bytes for each, and one
 * that is stopped may have given half as much.
 */
const INFLATED = 6 * limits.searchText;

/** A compressed response as text; undefined where it is not compressed, or no text. Responses are not decoded otherwise. */
export function inflatedText({ headers, body }: ResponseMessage): string | undefined {
  const encoding = valuesOf(headers, 'content-encoding').join(',');
  if (encoding === '' || body.bytes.length === 0 || !isTextual(valuesOf(headers, 'content-type')[0] ?? '')) return undefined;
  const { bytes } = undoCoding(body.bytes, encoding, true, INFLATED);
  return bytes === body.bytes ? undefined : new TextDecoder().decode(bytes).slice(0, MOST);
}

function valuesOf(headers: Headers, wanted: string): readonly string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));
}

/** Pictures, video and fonts are compressed already; what is worth a search says that it is text. */
function isTextual(type: string): boolean {
  return type === '' || /^text\/|json|xml|javascript|x-www-form-urlencoded/i.test(type);
}

/** All of it for an exchange that was stored without. */
export function searchableExchange({ request, response, messages }: Exchange): DecodedText {
  const asked = searchableText(decodeRequest(request));
  const answered = response === null ? undefined : inflatedText(response);
  const said = messages.flatMap((message) => {
    const text = searchableText(decodeStreamMessage(message));
    return text === undefined ? [] : [[message.index, text] as const];
  });
  return {
    ...(asked === undefined ? {} : { request: asked }),
    ...(answered === undefined ? {} : { response: answered }),
    ...(said.length === 0 ? {} : { messages: new Map(said) }),
  };
}
