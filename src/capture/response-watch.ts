/**
 * Follows the responses of one plain connection to tell when all have come, without touching them: only then may the phone's
 * next request go to another origin. Bytes that no request has asked for are not let through, because on a phone's proxy
 * connection they would be taken for the answer of the next origin (response queue poisoning).
 */
import { limits } from '../limits.js';
import { BodyEnd } from './http-body.js';
import { headLength, isProblem, members, readResponseHead, responseFraming } from './http-head.js';

interface Asked {
  readonly method: string;
  readonly upgrade: boolean;
}

export class ResponseWatch {
  readonly #asked: Asked[] = [];
  #held = Buffer.alloc(0);
  #body: BodyEnd | null = null;
  #upgraded = false;
  #last = false;
  #unsolicited = false;
  #finals = 0;

  asked(method: string, upgrade: boolean): void {
    this.#asked.push({ method, upgrade });
  }

  /** Nothing is outstanding. */
  get idle(): boolean {
    return this.#asked.length === 0 && this.#body === null && this.#held.length === 0;
  }

  /** The connection has become another protocol (101). */
  get upgraded(): boolean {
    return this.#upgraded;
  }

  /** This response ends with the connection, or its end cannot be told. */
  get last(): boolean {
    return this.#last;
  }

  /** Bytes came that nobody asked for; {@link read} has told where they begin. */
  get unsolicited(): boolean {
    return this.#unsolicited;
  }

  /** Final responses begun so far. */
  get finals(): number {
    return this.#finals;
  }

  /** @returns how many of these bytes may go on to the phone. */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && !this.#upgraded && !this.#last) {
      if (this.#body !== null) {
        at += this.#body.take(bytes, at);
        if (this.#body.broken) this.#last = true;
        else if (this.#body.done) this.#body = null;
        continue;
      }
      if (this.#asked.length === 0) {
        this.#unsolicited = true;
        return at;
      }
      at = this.#head(bytes, at);
    }
    return bytes.length;
  }

  #head(bytes: Buffer, from: number): number {
    const before = this.#held.length;
    const joined = before === 0 ? bytes.subarray(from) : Buffer.concat([this.#held, bytes.subarray(from)]);
    const length = headLength(joined);
    if (length < 0) {
      // Passed on already; kept only to find the end of the head.
      this.#held = Buffer.from(joined);
      if (joined.length > limits.httpHead) this.#last = true;
      return bytes.length;
    }
    this.#held = Buffer.alloc(0);
    const head = readResponseHead(joined.subarray(0, length));
    const [current] = this.#asked;
    if (isProblem(head) || current === undefined) {
      this.#last = true;
      return bytes.length;
    }
    const after = from + length - before;
    if (head.status === 101 && current.upgrade) {
      this.#asked.shift();
      this.#upgraded = true;
      return after;
    }
    if (head.status < 200) return after;
    this.#asked.shift();
    this.#finals++;
    const framing = responseFraming(head, current.method);
    if (isProblem(framing) || framing.kind === 'until-close') {
      this.#last = true;
      return after;
    }
    const options = members(head.lines, 'connection');
    if (options.includes('close') || (head.version === '1.0' && !options.includes('keep-alive'))) this.#last = true;
    const body = new BodyEnd(framing);
    this.#body = body.done ? null : body;
    return after;
  }
}
