/**
 * The relay between a phone and an origin, once a tunnel is asked for (CONNECT or SOCKS). It looks at the first bytes, decides
 * what this is, and from then on passes everything verbatim: one upstream connection for each client connection, so nothing
 * can be smuggled from one to another, and no parser stands on the path that a hostile byte could break.
 * Order matters: the origin is asked first with the phone's own ALPN offer, and the phone gets what the origin chose.
 */
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { limits } from '../limits.js';
import type { Client, Failure } from '../model/exchange.js';
import type { Reach } from '../model/session.js';
import { isHostName } from './address-policy.js';
import { type Cause, causeOf } from './causes.js';
import { breakOff, couple } from './couple.js';
import type { Devices } from './devices.js';
import { readBeginning } from './first-bytes.js';
import type { ClientHello } from './hello.js';
import { Interception } from './interception.js';
import { refusalPage } from './refusal-page.js';
import type { Tap, TappedConnection } from './tap.js';
import { failureCode, type SecuredOrigin, type Upstream, UpstreamError, upstreamError } from './upstream.js';

/** Who asked for what. */
export interface Asked {
  readonly client: Client;
  readonly host: string;
  readonly port: number;
}

export interface Tunnel extends Asked {
  /** Unread, with an owner for its errors. */
  readonly phone: Socket;
  /** Bytes the phone sent behind its CONNECT. */
  readonly early: Buffer;
  /** Already under way, so that connecting and the phone's first bytes overlap. */
  readonly origin: Promise<Socket>;
}

export interface RelayOptions {
  readonly tap: Tap;
  readonly devices: Devices;
  readonly upstream: Upstream;
  readonly context: (names: readonly string[]) => SecureContext;
  readonly nextId: () => string;
}

interface Record {
  readonly layer: 'tls' | 'http' | 'tunnel';
  readonly reach: Reach;
  readonly cause?: Cause | null;
  readonly sni?: string | null;
  readonly alpn?: string | null;
}

export class Relay {
  readonly #options: RelayOptions;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  #open({ client, host, port }: Asked, origin: Socket | null, record: Record): TappedConnection {
    return this.#options.tap.open({
      connection: this.#options.nextId(),
      client,
      host,
      port,
      serverAddress: origin === null ? null : this.#options.upstream.addressOf(origin),
      layer: record.layer,
      sni: record.sni ?? null,
      alpn: record.alpn ?? null,
      reach: record.reach,
      cause: record.cause ?? null,
    });
  }

  /** Records a connection that never came to carry bytes. */
  record(asked: Asked, reach: Reach, cause: Cause, failure: Failure, sni: string | null = null): void {
    this.#open(asked, null, { layer: 'tunnel', reach, cause, sni }).close(failure);
  }

  /** Records that the origin could not be used, and returns the cause for the phone. */
  recordFailure(asked: Asked, failure: UpstreamError, sni: string | null = null): Cause {
    const cause = causeOf(failure.causeCode, { host: sni ?? asked.host, port: asked.port, detail: failure.detail });
    this.record(asked, 'failed', cause, { code: failureCode(failure.causeCode), detail: failure.detail }, sni);
    return cause;
  }

  /** Records a connection for which there was no room. */
  recordTurnedAway(asked: Asked, cause: Cause): void {
    this.record(asked, 'failed', cause, { code: failureCode('OVR_TOO_MANY_CONNECTIONS'), detail: '' });
  }

  /** Records a request that came without the credentials that this proxy wants. */
  recordUnadmitted(asked: Asked): void {
    const cause = causeOf('OVR_PROXY_CREDENTIALS', asked);
    this.record(asked, 'failed', cause, { code: failureCode('OVR_PROXY_CREDENTIALS'), detail: '' });
  }

  /** Takes the tunnel over. Never rejects: whatever happens to it is recorded, and ends with both sockets closed. */
  async carry(tunnel: Tunnel): Promise<void> {
    const { phone } = tunnel;
    if (phone.destroyed) {
      // It tells of its end no more: whoever waited for that would keep the origin's connection for ever.
      this.#recordLeft(tunnel);
      tunnel.origin.then(
        (origin) => origin.destroy(),
        () => undefined,
      );
      return;
    }
    phone.on('error', () => phone.destroy());
    phone.setNoDelay(true);
    phone.setTimeout(limits.idleMs, () => phone.destroy());
    const { beginning, bytes } = await readBeginning(phone, tunnel.early, tunnel.origin);
    const begun = { ...tunnel, early: bytes };
    try {
      switch (beginning.kind) {
        case 'tls':
          return await this.#tls(begun, beginning.hello);
        case 'http':
          return await this.#join(begun, { layer: 'http', reach: 'cleartext', alpn: beginning.alpn });
        case 'raw':
          return await this.#join(begun, { layer: 'tunnel', reach: 'not_inspected', cause: causeOf('OVR_NOT_INSPECTED_PROTOCOL', tunnel) });
        case 'server-first':
          return await this.#join(begun, {
            layer: 'tunnel',
            reach: 'not_inspected',
            cause: causeOf('OVR_NOT_INSPECTED_SERVER_FIRST', tunnel),
          });
        case 'hello-timeout':
          this.record(tunnel, 'failed', causeOf('OVR_CLIENT_TIMEOUT', tunnel), {
            code: 'hello-timeout',
            detail: `clientHelloMs ${limits.clientHelloMs}`,
          });
          break;
        case 'gone':
          // A tunnel that was opened and left without a byte (browsers keep spare ones) is no event of the audit.
          break;
      }
      phone.destroy();
      (await tunnel.origin).destroy();
    } catch (error) {
      if (beginning.kind !== 'gone' && beginning.kind !== 'hello-timeout') this.recordFailure(tunnel, upstreamError(error));
      breakOff(phone);
    }
  }

  /** The app wanted something of this host and did not wait for it. Nothing of it has reached the host, but its row must not be missing. */
  #recordLeft(asked: Asked, sni: string | null = null): void {
    this.recordFailure(asked, new UpstreamError('OVR_CLIENT_LEFT', ''), sni);
  }

  /** The connected origin, where both sides still stand; null where the phone has left meanwhile, which is recorded. */
  async #origin(tunnel: Tunnel, sni: string | null = null): Promise<Socket | null> {
    const origin = await tunnel.origin;
    if (tunnel.phone.destroyed) {
      this.#recordLeft(tunnel, sni);
      origin.destroy();
      return null;
    }
    if (origin.destroyed) throw new UpstreamError('OVR_UPSTREAM_CLOSED', 'TCP');
    return origin;
  }

  /** Relays without ending TLS. What is passed through is counted, not copied: it is only ciphertext. */
  async #join(tunnel: Tunnel, record: Record): Promise<void> {
    const { phone, early } = tunnel;
    const origin = await this.#origin(tunnel, record.sni);
    if (origin === null) return;
    const tapped = this.#open(tunnel, origin, record);
    const copies = record.reach !== 'passed_through';
    couple({
      phone,
      origin,
      early,
      seen: (direction, bytes) => (copies ? tapped.bytes(direction, bytes) : tapped.count(direction, bytes.length)),
      done: (failure) => tapped.close(failure),
    });
  }

  async #tls(tunnel: Tunnel, hello: ClientHello): Promise<void> {
    const { client, host, port } = tunnel;
    const { devices, upstream } = this.#options;
    // A name that is none (hostile bytes) must not come into a certificate or a cache key.
    const sni = hello.serverName !== null && isHostName(hello.serverName) ? hello.serverName : null;
    const name = sni ?? host;
    const pass = devices.passThrough(client.address, name, port) ?? devices.passThrough(client.address, host, port);
    if (pass !== null) return this.#join(tunnel, { layer: 'tunnel', reach: 'passed_through', cause: pass, sni });
    const names = sni === null || sni === host ? [name] : [sni, host];
    let tcp: Socket | null;
    let secured: SecuredOrigin;
    try {
      tcp = await this.#origin(tunnel, sni);
      if (tcp === null) return;
      secured = await upstream.secure(tcp, { host, port, serverName: sni, protocols: hello.protocols });
    } catch (error) {
      this.#explain(tunnel, hello, names, this.recordFailure(tunnel, upstreamError(error), sni));
      return;
    }
    if (tunnel.phone.destroyed) {
      this.#recordLeft(tunnel, sni);
      secured.socket.destroy();
      return;
    }
    const below = { phone: tunnel.phone, origin: tcp };
    const cause = remarkOn(secured, name, port);
    new Interception({
      phone: this.#answer(tunnel, names, secured.protocol),
      origin: secured.socket,
      below,
      devices,
      address: client.address,
      name,
      port,
      open: () => this.#open(tunnel, below.origin, { layer: 'tls', reach: 'decrypted', cause, sni, alpn: secured.protocol }),
      record: (refusal, failure) => this.record(tunnel, refusal.reach, refusal.cause, failure, sni),
    });
  }

  /** Begins TLS with the phone, with the bytes it has already sent. */
  #answer(tunnel: Tunnel, names: readonly string[], protocol: string | null): TLSSocket {
    const { phone, early } = tunnel;
    phone.unshift(early);
    const tls = new TLSSocket(phone, {
      isServer: true,
      secureContext: this.#options.context(names),
      ...(protocol === null ? {} : { ALPNProtocols: [protocol] }),
    });
    phone.once('close', () => tls.destroy());
    return tls;
  }

  /**
   * The origin cannot be used: the phone's handshake is finished anyway, so that a browser shows the reason instead of a broken
   * connection. A client that speaks only HTTP/2 gets GOAWAY (RFC 9113 section 6.8), any other protocol just the end.
   */
  #explain(tunnel: Tunnel, hello: ClientHello, names: readonly string[], cause: Cause): void {
    const offers = (name: string): boolean => hello.protocols.includes(name);
    const protocol = offers('http/1.1') ? 'http/1.1' : offers('h2') ? 'h2' : null;
    if (tunnel.phone.destroyed || (protocol === null && hello.protocols.length > 0)) {
      tunnel.phone.destroy();
      return;
    }
    const phone = this.#answer(tunnel, names, protocol);
    const leave = (): void => {
      phone.destroy();
    };
    const timer = setTimeout(leave, limits.handshakeMs);
    phone.once('close', () => clearTimeout(timer));
    phone.on('_tlsError', leave);
    phone.on('error', leave);
    phone.on('end', leave);
    phone.once('data', (bytes: Buffer) => {
      const start = bytes.toString('latin1', 0, 32);
      if (protocol === 'h2') phone.end(goAway(cause.code));
      else if (/^[A-Z]+ /.test(start)) phone.end(refusalPage(502, cause, start.startsWith('HEAD ')));
      else phone.destroy();
    });
  }
}

/** What is to be said of an origin that is used all the same. */
function remarkOn({ problem, shortKey }: SecuredOrigin, host: string, port: number): Cause | null {
  if (problem !== null) return causeOf('OVR_UPSTREAM_NOT_VERIFIED', { host, port, detail: problem });
  return shortKey === null ? null : causeOf('OVR_UPSTREAM_SHORT_KEY', { host, port, detail: `RSA ${shortKey}` });
}

/** An empty SETTINGS frame, and GOAWAY with INTERNAL_ERROR and the code as debug data. */
function goAway(code: string): Buffer {
  const why = Buffer.from(code, 'latin1');
  const settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
  const head = [0, 0, 8 + why.length, 7, 0, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from([...settings, ...head, 0, 0, 0, 0, 0, 0, 0, 2]), why]);
}
