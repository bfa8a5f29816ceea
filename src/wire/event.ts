import type { Failure, Headers, RequestMessage, ResponseMessage, StreamMessage, Warning } from '../model/exchange.js';

/**
 * What an observer reads out of one connection. `stream` counts from 0 in the order of the first request byte.
 *
 * A `request` comes as soon as it is complete, without waiting for its response. Where stream messages carry the body (gRPC, WebSocket over
 * HTTP/2) it comes with its head and an empty body. A `response` whose body is carried by messages (gRPC, SSE) has the true `size` and
 * `sha256`, empty `bytes` and `truncated: false`: the bytes were given message by message. The request of a stream comes before everything
 * else of it, `end` exactly once and last. A request with the warning `server-push` was made up by the server: the phone did not send it.
 */
export type WireEvent =
  | {
      readonly type: 'request';
      readonly stream: number;
      readonly startedAt: number;
      readonly endedAt: number;
      readonly request: RequestMessage;
      readonly warnings: readonly Warning[];
      /** The other readings of ambiguous framing; requests hidden inside it stand behind the one they hide in. */
      readonly alternatives?: readonly RequestMessage[];
    }
  | {
      readonly type: 'response';
      readonly stream: number;
      readonly startedAt: number;
      readonly endedAt: number;
      readonly response: ResponseMessage;
      readonly warnings: readonly Warning[];
    }
  | { readonly type: 'informational'; readonly stream: number; readonly at: number; readonly status: number; readonly headers: Headers }
  | { readonly type: 'message'; readonly stream: number; readonly message: StreamMessage }
  | {
      readonly type: 'end';
      readonly stream: number;
      readonly at: number;
      readonly failure: Failure | null;
      readonly warnings: readonly Warning[];
    }
  | {
      readonly type: 'unreadable';
      readonly at: number;
      readonly direction: Way;
      /** Stable, kebab-case: `tls-not-decrypted`, `unknown-protocol`, `gap`, ... */
      readonly reason: string;
      /** Raw, at most `limits.wireRaw` for each direction of the connection. */
      readonly bytes: Uint8Array;
      /** How many bytes this event stands for, given or not. */
      readonly size: number;
    };

/** `up` is phone to origin. */
export type Way = 'up' | 'down';

export type Emit = (event: WireEvent) => void;

/**
 * Reads a copy of one connection. It owns the arrays it is given and never changes them. No input makes it throw; only an error of the
 * consumer (`emit`) passes through.
 */
export interface Observer {
  push(direction: Way, bytes: Uint8Array, at: number): void;
  /** `missed` bytes of this direction were relayed but not copied. The caller knows their number: no `unreadable` event repeats it. */
  gap(direction: Way, missed: number, at: number): void;
  /** Ends every open stream. Anything after it is ignored. */
  close(at: number, failure: Failure | null): void;
  /** Bytes of the phone that were read and stand in no event yet: a request that is not whole, a message whose end is to come. */
  waiting(): number;
}
