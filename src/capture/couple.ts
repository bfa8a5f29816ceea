/**
 * Joins two sockets: every byte goes on as it came, at the pace of the slower side, and each end of one is the end of the other
 * in the same manner (FIN as FIN, a broken connection as a broken connection: a body that ends by close must not look whole).
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { Failure } from '../model/exchange.js';
import type { TapDirection } from './tap.js';

export interface CoupleOptions {
  readonly phone: Socket;
  readonly origin: Socket;
  /** Bytes of the phone that were read already. */
  readonly early?: Buffer;
  /** Under TLS: the TCP sockets below, which can be reset. */
  readonly below?: { readonly phone: Socket; readonly origin: Socket };
  /** Until this resolves nothing is read from the origin. */
  readonly ready?: Promise<void>;
  /** Called with each chunk before it goes on. */
  readonly seen: (direction: TapDirection, bytes: Buffer) => void;
  /** Called once, when both are closed. */
  readonly done: (failure: Failure | null) => void;
}

/** Neither side left: the proxy ended a connection on which nothing came. */
export const IDLE_TIMEOUT: Failure = { code: 'idle-timeout', detail: `idleMs ${limits.idleMs}` };

/** Breaks a TCP connection so that the peer can tell it from an orderly end: by a reset, not by FIN. */
export function breakOff(tcp: Socket): void {
  // Node lets pending writes finish before a reset, which for a peer that does not read is never.
  if (tcp.writableLength > 0) tcp.destroy();
  else if (!tcp.destroyed) tcp.resetAndDestroy();
}

/** Starts relaying. Both sockets are open and have no readers; either may already have said its last byte. */
export function couple({ phone, origin, early, below = { phone, origin }, ready, seen, done }: CoupleOptions): void {
  let failure: Failure | null = null;
  let open = 2;
  const link = (from: Socket, to: Socket, direction: TapDirection): void => {
    let ended = from.readableEnded;
    from.on('data', (bytes: Buffer) => {
      seen(direction, bytes);
      if (!to.write(bytes)) from.pause();
    });
    to.on('drain', () => from.resume());
    from.on('end', () => {
      ended = true;
      to.end();
    });
    from.on('error', (error: NodeJS.ErrnoException) => {
      failure ??= { code: direction === 'up' ? 'client-reset' : 'upstream-reset', detail: error.code ?? 'error' };
    });
    from.on('close', () => {
      // Breaking the other side off below may close it within this very call; only one of the two is the last.
      const last = --open === 0;
      if (!to.destroyed) {
        if (ended) to.destroySoon();
        else {
          failure ??= { code: direction === 'up' ? 'client-left' : 'upstream-closed', detail: '' };
          breakOff(direction === 'up' ? below.origin : below.phone);
          to.destroy();
        }
      }
      if (last) done(failure);
    });
  };
  below.phone.once('timeout', () => {
    failure ??= IDLE_TIMEOUT;
  });
  // A socket begins to flow as soon as it has a reader, unless it was told not to.
  origin.pause();
  link(phone, origin, 'up');
  link(origin, phone, 'down');
  if (early !== undefined && early.length > 0) {
    seen('up', early);
    origin.write(early);
  }
  const begin = (from: Socket, to: Socket): void => {
    if (from.readableEnded) to.end();
    else from.resume();
  };
  begin(phone, origin);
  if (ready === undefined) begin(origin, phone);
  else void ready.then(() => begin(origin, phone));
}
