/**
 * Connections to origins. Always to an address that the policy has judged, never to a name again (a second look-up could give
 * another answer). TLS is offered with the phone's own server name and ALPN list, so that the origin chooses as it would have
 * for the phone; its certificate is verified, and a failure has a name.
 */
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { CaptureError, systemCode } from '../errors.js';
import { limits } from '../limits.js';
import type { Address } from './address-policy.js';
import type { CauseCode } from './causes.js';
import type { ParentProxy } from './parent-proxy.js';

export interface SecureTarget {
  readonly host: string;
  readonly port: number;
  /** SNI as the phone sent it; null: none. */
  readonly serverName: string | null;
  /** ALPN offer of the phone. */
  readonly protocols: readonly string[];
}

export interface SecuredOrigin {
  readonly socket: TLSSocket;
  readonly protocol: string | null;
  /** Why the certificate would have been refused, had the user not allowed this host; null where it verified. */
  readonly problem: string | null;
  /** Bits of an RSA key below {@link SHORTEST_RSA}; null where it is long enough or of another kind. */
  readonly shortKey: number | null;
}

/** CA/Browser Forum Baseline Requirements 6.1.5; Apple's platforms refuse what is shorter, Android and OpenSSL do not. */
const SHORTEST_RSA = 2_048;

export interface PlainOrigin {
  readonly socket: Socket;
  /** Set where the other end is an HTTP proxy, which wants absolute targets and its credentials. */
  readonly parent: { readonly authorization: string | null } | null;
}

/** A failure on the way to the origin; `code` is a {@link CauseCode}. */
export class UpstreamError extends CaptureError {
  readonly causeCode: CauseCode;
  readonly detail: string;
  constructor(causeCode: CauseCode, detail: string, cause?: unknown) {
    super(causeCode, detail, { next: 'The row of this host says what to do.', cause });
    this.causeCode = causeCode;
    this.detail = detail;
  }
}

/** The stable, kebab-case code under which the record names such a failure. */
export function failureCode(code: CauseCode): string {
  if (code.startsWith('OVR_UPSTREAM_CERT')) return 'upstream-certificate';
  if (code.startsWith('OVR_DESTINATION')) return 'refused-by-policy';
  return code.replace(/^OVR_/, '').toLowerCase().replaceAll('_', '-');
}

const CERTIFICATE_CODES: ReadonlyMap<string, CauseCode> = new Map(
  Object.entries({
    CERT_HAS_EXPIRED: 'OVR_UPSTREAM_CERT_EXPIRED',
    CERT_NOT_YET_VALID: 'OVR_UPSTREAM_CERT_NOT_YET_VALID',
    ERR_TLS_CERT_ALTNAME_INVALID: 'OVR_UPSTREAM_CERT_WRONG_HOST',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'OVR_UPSTREAM_CERT_SELF_SIGNED',
    SELF_SIGNED_CERT_IN_CHAIN: 'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    UNABLE_TO_GET_ISSUER_CERT: 'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    CERT_UNTRUSTED: 'OVR_UPSTREAM_CERT_UNKNOWN_ISSUER',
    CERT_REVOKED: 'OVR_UPSTREAM_CERT_REVOKED',
    CA_MD_TOO_WEAK: 'OVR_UPSTREAM_CERT_WEAK',
    CA_KEY_TOO_SMALL: 'OVR_UPSTREAM_CERT_WEAK',
    EE_KEY_TOO_SMALL: 'OVR_UPSTREAM_CERT_WEAK',
    ERR_SSL_CA_KEY_TOO_SMALL: 'OVR_UPSTREAM_CERT_WEAK',
    ERR_SSL_EE_KEY_TOO_SMALL: 'OVR_UPSTREAM_CERT_WEAK',
    ERR_SSL_CA_MD_TOO_WEAK: 'OVR_UPSTREAM_CERT_WEAK',
    CERT_SIGNATURE_FAILURE: 'OVR_UPSTREAM_CERT',
    CERT_CHAIN_TOO_LONG: 'OVR_UPSTREAM_CERT',
    INVALID_CA: 'OVR_UPSTREAM_CERT',
    INVALID_PURPOSE: 'OVR_UPSTREAM_CERT',
    PATH_LENGTH_EXCEEDED: 'OVR_UPSTREAM_CERT',
    CERT_REJECTED: 'OVR_UPSTREAM_CERT',
    HOSTNAME_MISMATCH: 'OVR_UPSTREAM_CERT_WRONG_HOST',
  } as const),
);

const CONNECT_CODES: ReadonlyMap<string, CauseCode> = new Map(
  Object.entries({
    ECONNREFUSED: 'OVR_UPSTREAM_REFUSED',
    ETIMEDOUT: 'OVR_UPSTREAM_TIMEOUT',
    ECONNRESET: 'OVR_UPSTREAM_CLOSED',
    EPIPE: 'OVR_UPSTREAM_CLOSED',
    // Ours and not the network's: the descriptors have run out in spite of the bounds.
    EMFILE: 'OVR_TOO_MANY_CONNECTIONS',
    ENFILE: 'OVR_TOO_MANY_CONNECTIONS',
  } as const),
);

/**
 * Whether the server's alert says that it wants a certificate of its client, which had none to give (RFC 8446 section 6.2). In TLS 1.3 it
 * comes after the handshake. Servers before that mostly send `handshake_failure`, which says nothing.
 * @param code of the error by which OpenSSL tells it.
 */
export function demandsCertificate(code: string): boolean {
  return /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE)$/.test(code);
}

/** Puts a name to what went wrong. */
export function upstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  // With several addresses Node throws an AggregateError that carries the code of the first attempt.
  const code = systemCode(error);
  const known = CERTIFICATE_CODES.get(code) ?? CONNECT_CODES.get(code);
  if (known !== undefined) return new UpstreamError(known, code, error);
  if (demandsCertificate(code)) return new UpstreamError('OVR_UPSTREAM_CLIENT_CERTIFICATE', code, error);
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO')
    return new UpstreamError('OVR_UPSTREAM_TLS', code, error);
  return new UpstreamError('OVR_UPSTREAM_UNREACHABLE', code, error);
}

/** RFC 7301 section 3.1: each name after one byte of its length. As bytes, because GREASE names are not text. */
function alpnList(protocols: readonly string[]): Buffer {
  return Buffer.concat(protocols.map((name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1')])));
}

/** HTTPDNS clients connect to an address and ask for a name; accept what is valid for either, as they do. */
function identity(target: SecureTarget): (name: string, certificate: PeerCertificate) => Error | undefined {
  return (_, certificate) => {
    const names = target.serverName === null || target.serverName === target.host ? [target.host] : [target.serverName, target.host];
    const problems = names.map((name) => checkServerIdentity(name, certificate));
    return problems.includes(undefined) ? undefined : problems[0];
  };
}

interface KeptSession {
  readonly session: Buffer;
  readonly shortKey: number | null;
}

function shortKeyOf(socket: TLSSocket): number | null {
  const { bits, modulus } = socket.getPeerCertificate();
  // Only RSA has a modulus; an elliptic curve of 256 bits is not short.
  return modulus !== undefined && bits !== undefined && bits < SHORTEST_RSA ? bits : null;
}

export interface UpstreamOptions {
  readonly trust: SecureContext;
  readonly insecureHosts: readonly string[];
  readonly parent: ParentProxy | null;
}

export class Upstream {
  readonly #trust: SecureContext;
  readonly #insecure: ReadonlySet<string>;
  readonly #parent: ParentProxy | null;
  readonly #sessions = new Map<string, KeptSession>();
  readonly #parented = new WeakSet<Socket>();

  constructor(options: UpstreamOptions) {
    this.#trust = options.trust;
    this.#insecure = new Set(options.insecureHosts.map((host) => host.toLowerCase()));
    this.#parent = options.parent;
  }

  /**
   * A TCP connection to the first address that answers (RFC 8305). Half-open, errors owned by the caller from the moment it resolves.
   * @throws UpstreamError
   */
  connect(host: string, port: number, addresses: readonly Address[]): Promise<Socket> {
    if (this.#parent === null || !this.goesByParent(host, addresses)) return connectTo(host, port, addresses);
    return this.#parent.connect(host, port).then((socket) => this.#byParent(socket));
  }

  /**
   * A connection for plain requests. Where an HTTP parent stands between, it is asked by request and not by tunnel: most of them
   * allow CONNECT to port 443 only.
   * @throws UpstreamError
   */
  async connectPlain(host: string, port: number, addresses: readonly Address[]): Promise<PlainOrigin> {
    if (this.#parent === null || !this.goesByParent(host, addresses) || !this.#parent.takesRequests)
      return { socket: await this.connect(host, port, addresses), parent: null };
    const socket = this.#byParent(await this.#parent.reach());
    return { socket, parent: { authorization: this.#parent.authorization } };
  }

  #byParent(socket: Socket): Socket {
    this.#parented.add(socket);
    return socket;
  }

  /** Does traffic to this host go by way of a parent proxy? */
  goesByParent(host: string, addresses: readonly Address[]): boolean {
    return this.#parent?.covers(host, addresses) === true;
  }

  /** The origin's address, or null where a parent proxy stands between and only it knows. */
  addressOf(tcp: Socket): string | null {
    return this.#parented.has(tcp) ? null : (tcp.remoteAddress ?? null);
  }

  /**
   * Ends TLS with the origin.
   * @param tcp connected and unread; destroyed where this fails.
   * @throws UpstreamError
   */
  secure(tcp: Socket, target: SecureTarget): Promise<SecuredOrigin> {
    if (tcp.destroyed) return Promise.reject(new UpstreamError('OVR_UPSTREAM_CLOSED', 'TCP'));
    const insecure = this.#insecure.has(target.serverName ?? '') || this.#insecure.has(target.host.toLowerCase());
    // A session is only offered again to the same name, port and offer: a ticket of another name would skip its verification.
    const key = `${target.host}:${target.port} ${target.serverName} ${target.protocols.join(',')}`;
    const kept = insecure ? undefined : this.#sessions.get(key);
    return new Promise((resolve, reject) => {
      const socket = tlsConnect({
        socket: tcp,
        host: target.host,
        servername: target.serverName !== null && isIP(target.serverName) === 0 ? target.serverName : '',
        secureContext: this.#trust,
        rejectUnauthorized: !insecure,
        checkServerIdentity: identity(target),
        ...(target.protocols.length > 0 ? { ALPNProtocols: alpnList(target.protocols) } : {}),
        ...(kept === undefined ? {} : { session: kept.session }),
      });
      const fail = (error: unknown): void => {
        clearTimeout(timer);
        this.#sessions.delete(key);
        reject(upstreamError(error));
        socket.destroy();
        tcp.destroy();
      };
      const timer = setTimeout(() => fail(new UpstreamError('OVR_UPSTREAM_TIMEOUT', 'TLS')), limits.handshakeMs);
      const closed = (): void => fail(new UpstreamError('OVR_UPSTREAM_CLOSED', 'TLS'));
      socket.on('error', fail);
      socket.once('close', closed);
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        socket.off('error', fail);
        socket.off('close', closed);
        socket.on('error', () => socket.destroy());
        const problem = socket.authorized ? null : String(systemCode(socket.authorizationError) || socket.authorizationError);
        // A resumed session shows no certificate again.
        const shortKey = kept !== undefined && socket.isSessionReused() ? kept.shortKey : shortKeyOf(socket);
        if (!insecure) this.#remember(key, socket, shortKey);
        resolve({ socket, protocol: socket.alpnProtocol || null, problem: insecure ? problem : null, shortKey });
      });
    });
  }

  /** TLS 1.3 tickets come after the handshake; before it, the session of a connection that may not verify must not be kept. */
  #remember(key: string, socket: TLSSocket, shortKey: number | null): void {
    const keep = (session: Buffer): void => {
      this.#sessions.delete(key);
      this.#sessions.set(key, { session, shortKey });
      for (const oldest of this.#sessions.keys()) {
        if (this.#sessions.size <= limits.upstreamSessions) break;
        this.#sessions.delete(oldest);
      }
    };
    socket.on('session', keep);
    const session = socket.getProtocol() === 'TLSv1.3' ? undefined : socket.getSession();
    if (session !== undefined) keep(session);
  }
}

/** @throws UpstreamError */
export function connectTo(host: string, port: number, addresses: readonly Address[]): Promise<Socket> {
  const [first] = addresses;
  if (first === undefined) return Promise.reject(new UpstreamError('OVR_UPSTREAM_DNS', host));
  const lookup: LookupFunction = (_hostname, _options, callback) => callback(null, [...addresses]);
  return new Promise((resolve, reject) => {
    const socket = netConnect({
      port: first.port ?? port,
      noDelay: true,
      allowHalfOpen: true,
      ...(addresses.length === 1
        ? { host: first.address }
        : { host: 'vetted.invalid', lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: limits.nextAddressMs }),
    });
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(upstreamError(error));
    };
    const timer = setTimeout(() => fail(new UpstreamError('OVR_UPSTREAM_TIMEOUT', 'TCP')), limits.connectMs);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      // Between here and the caller's own listeners an error must not be nobody's: an 'error' event without a listener ends the process.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}
