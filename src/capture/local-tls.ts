/**
 * TLS that ends here: the onboarding page over HTTPS. It is the one honest test of "is the certificate trusted": a handshake
 * for a name that only our authority signs, made by the phone itself.
 */
import { isIP, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { limits } from '../limits.js';
import { isHostName, plainAddress } from './address-policy.js';
import type { Devices } from './devices.js';
import { peerAddress } from './gate.js';
import { readClientHello } from './hello.js';
import { alertOf } from './interception.js';

export interface LocalTlsOptions {
  readonly devices: Devices;
  readonly context: (names: readonly string[]) => SecureContext;
  readonly serve: (socket: Socket, address: string, proxied: boolean) => void;
  readonly magicHost: string;
}

export class LocalTls {
  readonly #options: LocalTlsOptions;

  constructor(options: LocalTlsOptions) {
    this.#options = options;
  }

  /** TLS or plain HTTP inside a tunnel to the onboarding page; `plain` takes the socket where it is not TLS. */
  acceptEither(socket: Socket, host: string, plain: (socket: Socket) => void): void {
    const timer = setTimeout(() => socket.destroy(), limits.headMs);
    socket.once('close', () => clearTimeout(timer));
    socket.once('data', (chunk: Buffer) => {
      clearTimeout(timer);
      socket.pause();
      socket.unshift(chunk);
      if (chunk[0] === 0x16) this.accept(socket, host, true);
      else plain(socket);
    });
    socket.resume();
  }

  /**
   * @param socket its next bytes are a ClientHello.
   * @param host what the phone asked for; null: the address of ours that it reached.
   */
  accept(socket: Socket, host: string | null, proxied: boolean): void {
    let held: Buffer = Buffer.alloc(0);
    const timer = setTimeout(() => socket.destroy(), limits.handshakeMs);
    socket.once('close', () => clearTimeout(timer));
    const onData = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      const reading = readClientHello(held);
      if (reading.state === 'more') return;
      socket.pause();
      socket.off('data', onData);
      if (reading.state === 'not-tls') {
        socket.destroy();
        return;
      }
      socket.unshift(held);
      const { serverName } = reading.hello;
      const own = plainAddress(socket.localAddress ?? '')?.address ?? '127.0.0.1';
      const asked = host ?? own;
      const name = serverName !== null && isHostName(serverName) ? serverName : asked;
      this.#secure(socket, [name, ...(isIP(asked) !== 0 && asked !== name ? [asked] : [])], timer, proxied);
    };
    socket.on('data', onData);
    socket.resume();
  }

  #secure(socket: Socket, names: readonly string[], timer: NodeJS.Timeout, proxied: boolean): void {
    const { devices, magicHost } = this.#options;
    const address = peerAddress(socket);
    const tls = new TLSSocket(socket, { isServer: true, secureContext: this.#options.context(names), ALPNProtocols: ['http/1.1'] });
    let secured = false;
    let problem: NodeJS.ErrnoException | null = null;
    const noted = (error: NodeJS.ErrnoException): void => {
      problem ??= error;
      tls.destroy();
    };
    tls.on('error', noted);
    tls.on('_tlsError', noted);
    socket.once('close', () => {
      tls.destroy();
      if (!secured) devices.rejected(address, magicHost, 443, alertOf(problem));
    });
    const ignore = (): void => undefined;
    const leave = (): void => {
      tls.destroy();
    };
    // Without a reader the end of the phone's side during the handshake is never noticed.
    tls.on('data', ignore);
    tls.on('end', leave);
    tls.once('secure', () => {
      secured = true;
      clearTimeout(timer);
      tls.pause();
      tls.off('data', ignore);
      tls.off('end', leave);
      this.#options.serve(tls, address, proxied);
    });
  }
}
