/**
 * A connection for which there is no room. It is let say whom it was meant for, so that the record can name what is missing from it, gets
 * the reason, and is gone within `limits.lingerMs`.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { HostPort } from './address-policy.js';
import { type Cause, causeOf } from './causes.js';
import { type Credentials, readBasic } from './credentials.js';
import { headLength } from './http-head.js';
import type { ConnectionBounds } from './open-files.js';
import { aimOf } from './plain-request.js';
import { refusalPage } from './refusal-page.js';
import { SOCKS, serveSocks } from './socks.js';

/** What a connection was meant for. */
export interface Aim {
  readonly at: HostPort;
  readonly credentials: Credentials | null;
}

/** Stands in the record for a host that nothing tells. */
export const UNTOLD: Aim = { at: { host: '?', port: 0 }, credentials: null };

/** Why there is no room, in words. */
export function crowdedCause({ total, openFiles }: ConnectionBounds, at: HostPort): Cause {
  const bound = openFiles === null ? '' : `ulimit -n ${openFiles}: ${total}`;
  return causeOf('OVR_TOO_MANY_CONNECTIONS', { ...at, detail: bound });
}

/**
 * @param socket unread, with an owner for its errors; ends here.
 * @param told called once: whom it was meant for; null: our own pages, or nothing at all, and nothing of an app is missing.
 */
export function turnAway(socket: Socket, bounds: ConnectionBounds, told: (aim: Aim | null) => void): void {
  let held: Buffer = Buffer.alloc(0);
  let done = false;
  const conclude = (aim: Aim | null): void => {
    if (done) return;
    done = true;
    socket.off('data', onData);
    told(aim);
  };
  const answer = (aim: Aim | null): void => {
    conclude(aim);
    socket.end(refusalPage(429, crowdedCause(bounds, aim?.at ?? UNTOLD.at)));
    // Read on, so that the phone gets the page and not a reset.
    socket.resume();
  };
  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (held[0] === 0x05) {
      socket.pause();
      socket.off('data', onData);
      socket.unshift(held);
      askSocks(socket, conclude);
    } else if (held[0] === 0x16) {
      // TLS with the proxy itself: the onboarding page.
      conclude(null);
      socket.destroy();
    } else if (headLength(held) >= 0 || held.length > limits.httpHead) answer(aimIn(held));
  };
  socket.on('data', onData);
  socket.once('close', () => conclude(held.length === 0 ? null : UNTOLD));
  setTimeout(() => socket.destroy(), limits.lingerMs).unref();
}

function aimIn(head: Buffer): Aim {
  const aim = aimOf(head);
  return aim === null ? UNTOLD : { at: aim.at, credentials: readBasic(aim.authorization) };
}

function askSocks(socket: Socket, conclude: (aim: Aim | null) => void): void {
  serveSocks(socket, {
    demandsCredentials: false,
    admits: () => true,
    onRequest: ({ target, credentials, reply }) => {
      conclude({ at: target, credentials });
      reply(SOCKS.failed);
    },
    onRefused: ({ target, credentials }) => conclude({ at: target, credentials }),
  });
}
