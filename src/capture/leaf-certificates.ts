/**
 * A certificate for each name that a phone asks for, made while it waits: under a millisecond, where a fresh RSA key and a
 * signature in JavaScript held the relaying thread for 180 ms.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { limits } from '../limits.js';
import { expandIpv6 } from './address-policy.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { bits, child, element, objectIdentifier, octets, pem, sequence, setOf, time, unsignedInteger, utf8 } from './der.js';

const DAY_MS = 86_400_000;
/** Two thirds of its validity. */
const FRESH_MS = (limits.leafDays * DAY_MS * 2) / 3;
/** By which the clock may be set back before a certificate is made again: half of what phones' clocks may be behind. */
const EARLY_MS = (limits.leafBackdateDays * DAY_MS) / 2;
const TRUE = Buffer.from([1, 1, 0xff]);

function extension(identifier: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectIdentifier(identifier), ...(critical ? [TRUE] : []), octets(value));
}

/** RFC 5280 section 4.2.1.6: addresses as octets ([7]), names as IA5String ([2]). */
function generalName(name: string): Buffer {
  const family = isIP(name);
  if (family === 4) return element(0x87, Buffer.from(name.split('.').map(Number)));
  if (family === 6) return element(0x87, Buffer.from(expandIpv6(name).flatMap((group) => [group >> 8, group & 0xff])));
  return element(0x82, Buffer.from(name, 'latin1'));
}

interface CachedContext {
  readonly context: SecureContext;
  readonly madeAt: number;
}

export class LeafCertificates {
  readonly #authority: CertificateAuthority;
  readonly #now: () => number;
  readonly #key: KeyObject;
  readonly #keyPem: string;
  readonly #publicKey: Buffer;
  readonly #contexts = new Map<string, CachedContext>();

  constructor(authority: CertificateAuthority, now: () => number = Date.now) {
    this.#authority = authority;
    this.#now = now;
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#keyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    this.#key = createPrivateKey(this.#keyPem);
    this.#publicKey = createPublicKey(this.#key).export({ type: 'spki', format: 'der' });
  }

  /**
   * A certificate in PEM.
   * @param names DNS names or IP addresses; the first is the common name.
   */
  mint(names: readonly string[]): string {
    const now = this.#now();
    // At least 64 random bits (CA/B Baseline 7.1), positive and of full length: half of unmasked random serials are negative, which strict verifiers refuse.
    const serial = randomBytes(16);
    serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
    const algorithm = sequence(objectIdentifier('1.2.840.113549.1.1.11'), Buffer.from([5, 0]));
    const end = Math.min(now + (limits.leafDays - limits.leafBackdateDays) * DAY_MS, this.#authority.notAfter.getTime());
    const keyIdentifier = createHash('sha1')
      .update(child(child(this.#publicKey, 0).content, 1).content.subarray(1))
      .digest();
    const body = sequence(
      element(0xa0, unsignedInteger(Buffer.from([2]))),
      unsignedInteger(serial),
      algorithm,
      this.#authority.subjectDer,
      sequence(time(new Date(now - limits.leafBackdateDays * DAY_MS)), time(new Date(end))),
      sequence(setOf(sequence(objectIdentifier('2.5.4.3'), utf8((names[0] ?? '').slice(0, 64))))),
      this.#publicKey,
      element(
        0xa3,
        sequence(
          extension('2.5.29.19', true, sequence()),
          extension('2.5.29.15', true, bits(Buffer.from([0x80]), 7)),
          extension('2.5.29.37', false, sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.14', false, octets(keyIdentifier)),
          extension('2.5.29.35', false, sequence(element(0x80, this.#authority.keyIdentifier))),
          extension('2.5.29.17', false, sequence(...names.map(generalName))),
        ),
      ),
    );
    const signature = this.#authority.sign(body);
    return pem('CERTIFICATE', sequence(body, algorithm, bits(signature)));
  }

  /**
   * The context that answers for these names; kept, so that session tickets given to a phone stay valid for the next connection.
   * Made again when a third of the validity is left (sessions run for days on test benches), and when the clock was set back: a phone
   * whose own clock is right refuses a certificate of tomorrow, and would seem to pin the host.
   */
  context(names: readonly string[]): SecureContext {
    const key = names.join(' ');
    const cached = this.#contexts.get(key);
    const now = this.#now();
    if (cached !== undefined && now - cached.madeAt < FRESH_MS && cached.madeAt - now < EARLY_MS) {
      this.#contexts.delete(key);
      this.#contexts.set(key, cached);
      return cached.context;
    }
    const context = createSecureContext({ key: this.#keyPem, cert: this.mint(names), minVersion: 'TLSv1.2' });
    this.#contexts.delete(key);
    this.#contexts.set(key, { context, madeAt: now });
    for (const oldest of this.#contexts.keys()) {
      if (this.#contexts.size <= limits.secureContexts) break;
      this.#contexts.delete(oldest);
    }
    return context;
  }
}
