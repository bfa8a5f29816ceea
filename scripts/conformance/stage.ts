import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, createServer as createTlsServer, type TLSSocket, type TlsOptions, connect as tlsConnect } from 'node:tls';
import type { Identity } from './identity.js';
import type { Route } from './route.js';
import { Wire } from './wire.js';

/** Ways in which an HTTP/1.1 request can travel. */
export const LINES = ['https', 'http', 'tunnel'] as const;
export type Line = (typeof LINES)[number];

export interface Visitor {
  readonly wire: Wire;
  /** What stands before the path in the request line. */
  readonly prefix: string;
}

/** Everything one row needs, and takes away again: origins, clients, their sockets. */
export class Stage {
  readonly route: Route;
  readonly identity: Identity;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Duplex>();
  readonly #ports: number[] = [];
  readonly #first: Array<() => void> = [];

  constructor(route: Route, identity: Identity) {
    this.route = route;
    this.identity = identity;
  }

  /** Any server of Node, on a free loopback port. */
  async listen(server: Server, host = '127.0.0.1'): Promise<number> {
    server.on('connection', (socket: Socket) => this.#keep(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, () => resolve());
    });
    this.#servers.push(server);
    const bound = server.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    this.#ports.push(port);
    return port;
  }

  /** An origin that is nothing but bytes; `onWire` is its whole behaviour, and its failure is an observation of the row. */
  origin(secure: boolean, onWire: (wire: Wire, socket: Socket) => unknown, options: TlsOptions & { host?: string } = {}): Promise<number> {
    const { host, ...tls } = options;
    const accept = (socket: Socket | TLSSocket): void => {
      this.#keep(socket);
      void Promise.resolve(onWire(new Wire(socket), socket)).catch(() => socket.destroy());
    };
    const server = secure
      ? createTlsServer({ ...this.credentials, allowHalfOpen: true, ...tls }, accept)
      : createServer({ allowHalfOpen: true }, accept);
    server.on('tlsClientError', () => undefined);
    return this.listen(server, host);
  }

  get credentials(): { readonly cert: string; readonly key: string } {
    return { cert: this.identity.certificate, key: this.identity.key };
  }

  async tls(host: string, port: number, options: ConnectionOptions = {}, below?: Socket): Promise<TLSSocket> {
    const socket = below ?? (await this.route.tunnel(host, port));
    this.#keep(socket);
    const name = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const tls = tlsConnect({ socket, host, ca: this.route.trust, ...name, ...options });
    this.#keep(tls);
    await new Promise<void>((resolve, reject) => {
      tls.once('secureConnect', () => resolve());
      tls.once('error', reject);
      tls.once('close', () => reject(new Error('closed in the handshake')));
    });
    return tls;
  }

  /** A client for HTTP/1.1 on this line. */
  async visit(line: Line, port: number, host = 'localhost'): Promise<Visitor> {
    if (line === 'https') return { wire: new Wire(await this.tls(host, port)), prefix: '' };
    if (line === 'tunnel') return { wire: new Wire(this.#keep(await this.route.tunnel(host, port))), prefix: '' };
    const { socket, prefix } = await this.route.plain(host, port);
    return { wire: new Wire(this.#keep(socket)), prefix };
  }

  /** Ports differ from run to run and say nothing. */
  plain(observation: unknown): string {
    return this.#ports.reduce((text, port) => text.replaceAll(String(port), 'PORT'), JSON.stringify(observation));
  }

  /** Runs before the sockets go. An HTTP/2 session whose socket is torn away under it has crashed Node 20 (SIGSEGV). */
  beforeClose(run: () => void): void {
    this.#first.push(run);
  }

  async close(): Promise<void> {
    for (const run of this.#first) run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  }

  #keep<T extends Duplex>(socket: T): T {
    if (this.#sockets.has(socket)) return socket;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    return socket;
  }
}
