import { type Loose, list, record, written } from './har-json.js';

/** What stands under `postData` or `content`, brought into the shape of HAR 1.2. */
export interface PostRead {
  /** `text` or `params` as they are meant; the rest as given. */
  readonly post: Loose;
  /** Whether the text was put together from something else. */
  readonly rebuilt: boolean;
  /** Name of a member that holds what nobody reads; null: there is none. */
  readonly unread: string | null;
}

/** Members of HAR 1.2, and those of known tools; none but `text`, `base64` and `params` holds what was sent. */
const MEMBERS = new Set(['text', 'base64', 'params', 'mimeType', 'size', 'compression', 'encoding', 'comment']);

/**
 * A body in whatever shape: as a text alone, as the document that the text was, its parameters as an object. Scripts that write recordings do so, and
 * what they wrote was sent.
 * @param given any JSON value.
 */
export function readPost(given: unknown): PostRead {
  if (typeof given === 'string') return { post: { text: given }, rebuilt: false, unread: null };
  const holder = record(given);
  const text = written(holder.text);
  const params = paramsOf(holder.params);
  const post = { ...holder, text, params };
  const rebuilt = text !== '' && typeof holder.text === 'object';
  if (text !== '' || params.length > 0 || written(holder.base64) !== '') return { post, rebuilt, unread: null };
  if (Array.isArray(given) && given.length > 0) return { post: {}, rebuilt: false, unread: 'the list' };
  const unread = Object.keys(holder).find((name) => !MEMBERS.has(name) && !name.startsWith('_') && isContent(holder[name]));
  return { post, rebuilt, unread: unread ?? null };
}

function paramsOf(given: unknown): readonly Loose[] {
  if (Array.isArray(given)) return list(given).map(record);
  return Object.entries(record(given)).map(([name, value]) => ({ name, value }));
}

function isContent(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}
