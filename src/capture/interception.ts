/**
 * One intercepted TLS connection: the handshake with the phone, and what its outcome says. An app that pins may refuse in the
 * handshake, or finish it and leave (OkHttp's pinner does), so the record is opened only when the app has spoken inside.
 */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { limits } from '../limits.js';
import type { Failure } from '../model/exchange.js';
import { causeOf } from './causes.js';
import { couple } from './couple.js';
import type { Devices, Refusal } from './devices.js';
import type { TapDirection, TappedConnection } from './tap.js';
import { demandsCertificate, failureCode } from './upstream.js';

export interface InterceptionOptions {
  /** TLS with the phone, not yet secured. */
  readonly phone: TLSSocket;
  /** TLS with the origin, secured. */
  readonly origin: TLSSocket;
  readonly below: { readonly phone: Socket; readonly origin: Socket };
  readonly devices: Devices;
  readonly address: string;
  /** What the certificate was asked for: server name, else host. */
  readonly name: string;
  readonly port: number;
  /** Opens the record of a decrypted connection. */
  readonly open: () => TappedConnection;
  /** Records a connection that was not decrypted. */
  readonly record: (refusal: Refusal, failure: Failure) => void;
}

/** The name of the alert that the peer sent, in lower case; null where the error is none. */
export function alertOf(error: NodeJS.ErrnoException | null): string | null {
  return /ALERT_(?!NUMBER)(.+)$/.exec(error?.code ?? '')?.[1]?.toLowerCase() ?? null;
}

export class Interception {
  readonly #options: InterceptionOptions;
  #tapped: TappedConnection | null = null;
  #quiet: Buffer[] = [];
  #quietSize = 0;
  #securedAt: number | null = null;
  #closedAt: number | null = null;
  #problem: NodeJS.ErrnoException | null = null;
  #timedOut = false;
  #leftByItself = true;

  constructor(options: InterceptionOptions) {
    this.#options = options;
    const { phone, origin, below } = options;
    const timer = setTimeout(() => {
      this.#timedOut = true;
      phone.destroy();
    }, limits.handshakeMs);
    const ready = new Promise<void>((resolve) => {
      phone.once('secure', () => {
        clearTimeout(timer);
        this.#securedAt = performance.now();
        resolve();
      });
    });
    const noted = (error: NodeJS.ErrnoException): void => {
      this.#problem ??= error;
    };
    phone.on('_tlsError', noted);
    phone.on('error', noted);
    phone.once('close', () => {
      clearTimeout(timer);
      this.#closedAt = performance.now();
    });
    // A connection that the origin ended says nothing about what the app thinks of our certificate.
    for (const event of ['end', 'error'] as const)
      origin.once(event, () => {
        if (!phone.readableEnded && !phone.destroyed) this.#leftByItself = false;
      });
    // TLS 1.3 would let the origin's first bytes go before the phone has judged our certificate. A phone that refuses with bytes
    // unread resets the connection, and the alert that says why is lost with it.
    couple({
      phone,
      origin,
      below,
      ready,
      seen: (direction, bytes) => this.#seen(direction, bytes),
      done: (failure) => this.#done(failure),
    });
  }

  #open(): TappedConnection {
    if (this.#tapped === null) {
      this.#tapped = this.#options.open();
      for (const bytes of this.#quiet) this.#tapped.bytes('down', bytes);
      this.#quiet = [];
    }
    return this.#tapped;
  }

  #seen(direction: TapDirection, bytes: Buffer): void {
    if (this.#tapped !== null) this.#tapped.bytes(direction, bytes);
    else if (direction === 'up') {
      this.#options.devices.accepted(this.#options.address, this.#options.name);
      this.#open().bytes(direction, bytes);
    } else {
      // HTTP/2 servers speak at once, so bytes from the origin do not show that the app accepted the certificate.
      this.#quiet.push(bytes);
      this.#quietSize += bytes.length;
      if (this.#quietSize > limits.quietDown) this.#open();
    }
  }

  #done(failure: Failure | null): void {
    const demand = failure?.code.startsWith('upstream') && demandsCertificate(failure.detail) ? failure.detail : null;
    if (demand !== null) this.#mutual(demand);
    if (this.#tapped !== null) this.#tapped.close(failure);
    else if (demand !== null) return;
    else if (this.#securedAt === null) this.#refused(failure);
    else this.#silent(this.#securedAt, failure);
  }

  /** With TLS 1.3 a server says only after the handshake that it wants a certificate of the app: what was sent until then it did not read. */
  #mutual(detail: string): void {
    const { name, port, record } = this.#options;
    const code = 'OVR_UPSTREAM_CLIENT_CERTIFICATE';
    record({ reach: 'failed', cause: causeOf(code, { host: name, port, detail }) }, { code: failureCode(code), detail });
  }

  /** Secured, and closed without a word from the phone. */
  #silent(securedAt: number, failure: Failure | null): void {
    const { devices, address, name, port, record } = this.#options;
    const soon = (this.#closedAt ?? performance.now()) - securedAt < limits.abandonedMs;
    const refusal = this.#leftByItself && soon ? devices.abandoned(address, name, port) : null;
    if (refusal === null) this.#open().close(failure);
    else record(refusal, { code: refusal.reach === 'failed' ? 'client-left' : 'client-refused', detail: 'closed after handshake' });
  }

  #refused(failure: Failure | null): void {
    const { devices, address, name, port, record } = this.#options;
    const facts = { host: name, port };
    if (this.#timedOut) {
      record(
        { reach: 'failed', cause: causeOf('OVR_CLIENT_TIMEOUT', facts) },
        { code: 'handshake-timeout', detail: `handshakeMs ${limits.handshakeMs}` },
      );
      return;
    }
    if (this.#problem === null && failure?.code.startsWith('upstream')) {
      record({ reach: 'failed', cause: causeOf('OVR_UPSTREAM_CLOSED', facts) }, failure);
      return;
    }
    const alert = alertOf(this.#problem);
    const code = this.#problem?.code ?? '';
    // OpenSSL's own errors are ours to the phone (no shared version or cipher), not a verdict on the certificate.
    const refusal: Refusal =
      alert === null && code.startsWith('ERR_SSL_')
        ? devices.protocolError(address, name, port, code)
        : devices.rejected(address, name, port, alert);
    record(refusal, { code: 'client-refused', detail: alert ?? (code === '' ? 'closed' : code) });
  }
}
