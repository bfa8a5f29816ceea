import type { Body } from '../model/exchange.js';

/** Takes the body bytes of one direction of a stream and makes of them what the protocol means by them. */
export interface Carrier {
  push(bytes: Uint8Array, at: number): void;
  /** Bytes that passed without a copy. False: this reader has lost its place. */
  miss(bytes: number, at: number): boolean;
  /** No more will come; `cut` when it ended early. A message begun is given as far as it came. */
  finish(at: number, cut: boolean): void;
  /** Bytes of a message that has begun and was not given yet. */
  waiting(): number;
}

/** A message as a carrier finds it; the call adds number and direction. */
export interface Part {
  readonly kind: 'ws' | 'grpc' | 'sse';
  readonly text: boolean;
  readonly at: number;
  readonly body: Body;
}
