import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { Body, Exchange, Warning } from '../model/exchange.js';
import { MESSAGES_MISSING, REQUEST_MISSING, readEntry } from './har-entry.js';
import { record } from './har-json.js';
import { type HarElement, HarSplitter } from './har-split.js';
import { utf8Pieces, wrongEncoding } from './har-text.js';

export { exchangeToHarEntry, type HarEntry } from './har-export.js';

/** How the comment of a masked recording begins: read again, it must not pass for one in which there was nothing to find. */
export const MASKED = 'Masked by Overreach';

/** A part of a recording that nobody could look into, while the rest could be read. The audit is then not complete. */
export interface Missed {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

/**
 * HAR 1.2 to exchanges, one for each entry and in the same order, so that an exchange's number is its index in the file. Memory does not
 * grow with the file: it is read while its entries are asked for.
 * @param pieces bytes of the file, in order; each is looked at before the next is asked for. @param file its name, for messages.
 * @param missed told of what could not be read: the rest of a file that ends in the middle, an entry that is too large or damaged.
 *   Without it the first of these is an error.
 * @throws InputError `OVR_HAR_*` when the file as a whole is no HAR, also after exchanges were handed out.
 */
export function* harExchanges(pieces: Iterable<Uint8Array>, file: string, missed?: (what: Missed) => void): Generator<Exchange> {
  const splitter = new HarSplitter(file);
  const miss = (error: InputError) => {
    if (missed === undefined) throw error;
    missed({ code: error.code, message: error.message, next: error.next });
  };
  let unicode = false;
  const tunnels = new Set<string>();
  const silent = new Set<string>();
  const unread = { first: 0, count: 0 };
  for (const piece of utf8Pieces(pieces, file))
    for (const element of splitter.push(piece)) {
      const seq = splitter.count - 1;
      // The first letters beyond ASCII tell: a file in another encoding has not one that is UTF-8.
      if (element.encoding === 'other' && !unicode) throw wrongEncoding(file, 'in another encoding (GBK?)', 'GB18030');
      unicode ||= element.encoding === 'utf8';
      const problem = problemOf(element, seq, file);
      if (problem !== null) miss(problem);
      const exchange = exchangeOf(element, seq, splitter);
      const tunnel = /^tunnel:\/\/([^/]*)/.exec(exchange.request.url)?.[1];
      if (tunnel !== undefined && !tunnels.has(tunnel)) {
        tunnels.add(tunnel);
        miss(closedTunnel(file, tunnel));
      }
      const socket = exchange.warnings.some(({ code }) => code === MESSAGES_MISSING) ? hostOf(exchange.request.url) : undefined;
      if (socket !== undefined && !silent.has(socket)) {
        silent.add(socket);
        // No error of the file as a whole: what else it holds is all there.
        missed?.(withoutMessages(file, socket));
      }
      if (exchange.warnings.some(({ code }) => code === REQUEST_MISSING) && element.text !== null && unread.count++ === 0)
        unread.first = seq;
      yield exchange;
    }
  if (unread.count > 0) missed?.(withoutRequest(file, unread.first, unread.count));
  end(splitter, file, miss);
}

/**
 * The same for a text that is in memory already.
 * @throws InputError `OVR_HAR_*` when it is no HAR, or a part of it cannot be read.
 */
export function parseHar(text: string, file: string): Exchange[] {
  return [...harExchanges([Buffer.from(text, 'utf8')], file)];
}

function problemOf({ text, size, encoding }: HarElement, seq: number, file: string): InputError | null {
  if (text === null)
    return new InputError('OVR_HAR_ENTRY_LARGE', `${file}: entry ${seq} has ${size} bytes; at most ${limits.harEntry} are read`, {
      next: 'Export it without response bodies, or with fewer WebSocket messages.',
    });
  if (encoding === 'other')
    return new InputError('OVR_HAR_ENTRY_DAMAGED', `${file}: entry ${seq} holds bytes that are not UTF-8; they are lost`, {
      next: 'Export the recording again; the tool wrote a binary body as it was instead of as base64.',
    });
  return null;
}

/** whistle lists what it passed through undecrypted as requests of their own. */
function closedTunnel(file: string, host: string): InputError {
  return new InputError('OVR_HAR_TUNNEL', `${file}: traffic to ${host} was passed through, not decrypted; nobody looked into it`, {
    next: 'Switch on HTTPS interception for it in the tool that recorded, and record again.',
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '(no host)';
}

function withoutRequest(file: string, first: number, count: number): Missed {
  return {
    code: 'OVR_HAR_ENTRY_UNREADABLE',
    message: `${file}: ${count} of its entries have no request that can be read (the first is entry ${first}); nobody looked into them`,
    next: 'Export the recording again as HAR 1.2, where each entry has an object "request".',
  };
}

function withoutMessages(file: string, host: string): Missed {
  return {
    code: 'OVR_HAR_MESSAGES',
    message: `${file}: the messages of the WebSocket to ${host} are not in the recording; nobody looked into them`,
    next: 'Record with a tool that keeps them (Chrome, mitmproxy, Overreach itself).',
  };
}

function exchangeOf({ text, size, cut }: HarElement, seq: number, splitter: HarSplitter): Exchange {
  if (text === null) return warned(readEntry({}, seq), { code: 'har-entry-large', detail: `the entry has ${size} bytes and was not read` });
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch (cause) {
    throw splitter.notJson(`entry ${seq}: ${cause instanceof Error ? cause.message : ''}`);
  }
  const exchange = readEntry(entry, seq);
  return cut === 0 ? exchange : withUnknownEnds(exchange, cut);
}

function warned(exchange: Exchange, warning: Warning): Exchange {
  return { ...exchange, warnings: [...exchange.warnings, warning] };
}

/** A text whose end was left out became a body that is larger than what is kept: neither its digest nor its exact length is known. */
function withUnknownEnds(exchange: Exchange, cut: number): Exchange {
  const open = (body: Body): Body => (body.truncated ? { ...body, sha256: '' } : body);
  const { request, response, messages } = exchange;
  return warned(
    {
      ...exchange,
      request: { ...request, body: open(request.body) },
      response: response === null ? null : { ...response, body: open(response.body) },
      messages: messages.map((message) => ({ ...message, body: open(message.body) })),
    },
    { code: 'har-text-cut', detail: `texts longer than ${limits.harText} bytes were read up to there; ${cut} bytes were left out` },
  );
}

/** @throws InputError where the file was no HAR, or ended before its first entry. */
function end(splitter: HarSplitter, file: string, miss: (error: InputError) => void): void {
  const frame = splitter.frame();
  if (frame.trim() === '')
    throw new InputError('OVR_HAR_EMPTY', `${file} is empty`, { next: 'Export the recording again; the tool wrote nothing.' });
  const { count, size, closed } = splitter;
  if (!closed && /^\s*[{[]/.test(frame)) {
    const where = count === 0 ? 'its JSON is not closed' : `truncated after entry ${count} (${size} bytes)`;
    const error = new InputError('OVR_HAR_TRUNCATED', `${file} ends in the middle: ${where}`, {
      next: 'Export it again and wait until the tool has finished writing; a full disk also cuts files.',
    });
    if (count === 0) throw error;
    miss(error);
    return;
  }
  let log: unknown;
  try {
    log = record(JSON.parse(frame)).log;
  } catch (cause) {
    throw splitter.notJson(cause instanceof Error ? cause.message : '');
  }
  if (!Array.isArray(record(log).entries))
    throw new InputError('OVR_HAR_NOT_HAR', `${file} is JSON, but not a HAR: it has no log.entries`, {
      next: 'Export the recording as HAR 1.2 (in Chrome: Network, Export HAR), not as the session format of the tool.',
    });
  if (String(record(log).comment ?? '').startsWith(MASKED))
    miss(
      new InputError('OVR_HAR_MASKED', `${file} was masked when it was exported: the values are not in it, so nobody can find them`, {
        next: 'Judge the session itself, or export it with "overreach report SESSION --format har --raw --yes".',
      }),
    );
}
