import { InputError } from '../errors.js';
import { limits } from '../limits.js';

/** How far this machine's clock is from that of a server. */
export interface ClockOffset {
  /** Milliseconds; positive: this machine is ahead. */
  readonly ahead: number;
  /** Half of the time the answer took, and the second that a Date header is rounded to. */
  readonly uncertain: number;
}

/**
 * Asks a server for the time, by the Date header of its answer (RFC 9110 section 6.6.1). The only thing that is sent is a HEAD request.
 * @param url `http://` or `https://`. A clock that is far off makes every certificate invalid: then only `http://` answers.
 * @throws InputError `OVR_CLOCK` where the server cannot be asked or says no time.
 */
export async function askClock(url: string, now: () => number = Date.now): Promise<ClockOffset> {
  const problem = (why: string, cause?: unknown) =>
    new InputError('OVR_CLOCK', `${url}: ${why}`, {
      next: 'Give the address of a web server, for example http://www.example.com/.',
      cause,
    });
  if (!/^https?:\/\/[^/]/i.test(url)) throw problem('not an http:// or https:// address');
  const before = now();
  let date: string | null;
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(limits.connectMs) });
    date = response.headers.get('date');
  } catch (cause) {
    throw problem('the server does not answer', cause);
  }
  const after = now();
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) throw problem('its answer has no Date');
  // The header is cut to whole seconds: on average half a second is missing from it.
  return { ahead: (before + after) / 2 - (told + 500), uncertain: (after - before) / 2 + 500 };
}
