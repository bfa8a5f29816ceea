/** The user name that a phone gives to the proxy: a label for device or app, and, where the tester asked for it, a lock. */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** @param header value of Proxy-Authorization (RFC 7617). */
export function readBasic(header: string | undefined): Credentials | null {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The label as it may be shown: no control characters, at most 64 characters; null where nothing is left. */
export function labelOf(credentials: Credentials | null): string | null {
  const label = (credentials?.user ?? '')
    .replace(/[\p{C}]/gu, '')
    .slice(0, 64)
    .trim();
  return label === '' ? null : label;
}

/** @param demanded null: none are asked for, everyone may pass. */
export function admits(demanded: Credentials | null, given: Credentials | null): boolean {
  if (demanded === null) return true;
  if (given === null) return false;
  // Compared as digests: of equal length, and user and password each for itself.
  const digest = ({ user, password }: Credentials): Buffer =>
    Buffer.concat([user, password].map((part) => createHash('sha256').update(part).digest()));
  return timingSafeEqual(digest(demanded), digest(given));
}
