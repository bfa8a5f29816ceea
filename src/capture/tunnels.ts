/**
 * The two ways to ask for a tunnel: CONNECT and SOCKS5. Both are judged before anything is answered, so that a refusal is an
 * answer with a reason and not a broken tunnel, and both end in the relay.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { Client } from '../model/exchange.js';
import type { HostPort } from './address-policy.js';
import { readAuthority } from './authority.js';
import { type CauseCode, causeOf } from './causes.js';
import { admits, type Credentials, labelOf, readBasic } from './credentials.js';
import type { Devices } from './devices.js';
import type { Dialler } from './dialler.js';
import { peerOf } from './gate.js';
import { aimOf } from './plain-request.js';
import { refusalPage } from './refusal-page.js';
import type { Relay } from './relay.js';
import { SOCKS, type SocksRefusal, type SocksRequest, serveSocks } from './socks.js';
import { UNTOLD } from './turned-away.js';
import type { Unadmitted } from './unadmitted.js';
import { UpstreamError, upstreamError } from './upstream.js';

export interface TunnelsOptions {
  readonly relay: Relay;
  readonly devices: Devices;
  readonly unadmitted: Unadmitted;
  readonly dialler: Dialler;
  /** Null: none are demanded. */
  readonly credentials: Credentials | null;
  readonly isOnboarding: (target: HostPort) => boolean;
  /** Takes a tunnel to the onboarding page over: TLS or plain HTTP inside. */
  readonly onboard: (phone: Socket, host: string) => void;
}

/** Answers with a page and ends; reads on for a while, so that the phone gets the page and not a reset. */
function refuse(socket: Socket, status: number, code: CauseCode, target: HostPort): void {
  socket.end(refusalPage(status, causeOf(code, target)));
  socket.resume();
  setTimeout(() => socket.destroy(), limits.lingerMs).unref();
}

export class Tunnels {
  readonly #options: TunnelsOptions;
  /** By phone and SOCKS command: when its refusal was recorded last. */
  readonly #refusedAt = new Map<string, number>();

  constructor(options: TunnelsOptions) {
    this.#options = options;
  }

  /** Who this is; a user name becomes the device's label. Null where credentials are demanded and not given. */
  client(socket: Socket, given: Credentials | null): Client | null {
    const { credentials, devices } = this.#options;
    if (!admits(credentials, given)) return null;
    const peer = peerOf(socket);
    const user = labelOf(given);
    if (user !== null) devices.label(peer.address, user);
    return { ...peer, user };
  }

  /** Notes that traffic of this client goes there by way of the proxy. */
  proxied(client: Client, at: HostPort): void {
    this.#options.devices.proxied(client.address, at.host);
    this.#options.unadmitted.admitted(client.address, at);
  }

  /**
   * A CONNECT that cannot be parsed: what the app wanted to send by it must not be missing from the record.
   * @param socket nothing has been answered. @param bytes of it. @param code of the parser.
   */
  malformed(socket: Socket, bytes: Buffer, code: string): void {
    const aim = aimOf(bytes);
    const client = aim === null ? null : this.client(socket, readBasic(aim.authorization));
    if (aim !== null && client !== null) this.#options.relay.recordFailure({ client, ...aim.at }, new UpstreamError('OVR_HTTP_HEAD', code));
    refuse(socket, code === 'HPE_HEADER_OVERFLOW' ? 431 : 400, 'OVR_HTTP_HEAD', aim?.at ?? { host: '', port: 0 });
  }

  /** @param socket of a parsed CONNECT; nothing has been answered. */
  connect(request: IncomingMessage, socket: Socket, early: Buffer): void {
    // The HTTP server has let go of the socket; from here its errors and timers are ours.
    socket.removeAllListeners('error');
    socket.on('error', () => socket.destroy());
    socket.setTimeout(0);
    socket.pause();
    const authority = request.url ?? '';
    const target = readAuthority(authority, null);
    if (target === null) {
      const written = { host: authority.slice(0, 300), port: 0 };
      const asking = this.client(socket, readBasic(request.headers['proxy-authorization']));
      if (asking !== null)
        this.#options.relay.recordFailure({ client: asking, ...written }, new UpstreamError('OVR_DESTINATION_MALFORMED', 'CONNECT'));
      refuse(socket, 400, 'OVR_DESTINATION_MALFORMED', written);
      return;
    }
    if (this.#options.isOnboarding(target)) {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      this.#onboard(socket, target, early);
      return;
    }
    const client = this.client(socket, readBasic(request.headers['proxy-authorization']));
    if (client === null) {
      this.#options.unadmitted.refused(peerOf(socket), target);
      refuse(socket, 407, 'OVR_PROXY_CREDENTIALS', target);
    } else void this.#connect(socket, target, client, early);
  }

  async #connect(socket: Socket, target: HostPort, client: Client, early: Buffer): Promise<void> {
    const { relay, dialler } = this.#options;
    this.proxied(client, target);
    let origin: Promise<Socket>;
    try {
      ({ origin } = await dialler.begin(target));
    } catch (error) {
      const failure = upstreamError(error);
      relay.recordFailure({ client, ...target }, failure);
      refuse(socket, failure.causeCode === 'OVR_UPSTREAM_DNS' ? 502 : 403, failure.causeCode, target);
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    await relay.carry({ phone: socket, early, client, ...target, origin });
  }

  #onboard(socket: Socket, target: HostPort, early: Buffer): void {
    if (early.length > 0) socket.unshift(early);
    this.#options.onboard(socket, target.host);
  }

  /** @param socket unread, begins with 0x05. */
  socks(socket: Socket): void {
    serveSocks(socket, {
      demandsCredentials: this.#options.credentials !== null,
      admits: (given) => admits(this.#options.credentials, given),
      onRequest: (request) => void this.#socks(socket, request),
      onRefused: (refusal) => this.#socksRefused(socket, refusal),
      onUnadmitted: () => this.#options.unadmitted.refused(peerOf(socket), UNTOLD.at),
    });
  }

  #socksRefused(socket: Socket, { target, credentials, command }: SocksRefusal): void {
    const client = this.client(socket, credentials);
    if (client === null) return;
    if (command === null) {
      this.#options.relay.recordFailure({ client, ...target }, new UpstreamError('OVR_DESTINATION_MALFORMED', 'SOCKS'));
      return;
    }
    const key = `${client.address} ${command}`;
    const now = performance.now();
    if (now - (this.#refusedAt.get(key) ?? Number.NEGATIVE_INFINITY) < limits.socksRefusalMs) return;
    if (this.#refusedAt.size >= limits.devices) this.#refusedAt.clear();
    this.#refusedAt.set(key, now);
    this.#options.relay.recordFailure({ client, ...target }, new UpstreamError('OVR_SOCKS_COMMAND', command));
  }

  async #socks(socket: Socket, { target, credentials, early, reply }: SocksRequest): Promise<void> {
    const { relay, dialler, isOnboarding } = this.#options;
    if (isOnboarding(target)) {
      reply(SOCKS.succeeded);
      this.#onboard(socket, target, early);
      return;
    }
    const client = this.client(socket, credentials);
    if (client === null) {
      reply(SOCKS.notAllowed);
      return;
    }
    this.proxied(client, target);
    let origin: Socket;
    try {
      origin = await dialler.dial(target);
    } catch (error) {
      const failure = error instanceof UpstreamError ? error : upstreamError(error);
      relay.recordFailure({ client, ...target }, failure);
      if (failure.causeCode.startsWith('OVR_DESTINATION')) reply(SOCKS.notAllowed);
      else reply(failure.causeCode === 'OVR_UPSTREAM_REFUSED' ? SOCKS.refused : SOCKS.hostUnreachable);
      return;
    }
    reply(SOCKS.succeeded);
    await relay.carry({ phone: socket, early, client, ...target, origin: Promise.resolve(origin) });
  }
}
