/** A small network on loopback for the tests of this room: origins with a root of their own, a proxy, and a record of its tap. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions, connect as tlsConnect } from 'node:tls';
import forge from 'node-forge';
import { afterAll, onTestFinished } from 'vitest';
import { type Capture, type CaptureOptions, startCapture } from '../../src/capture/index.js';
import type { TapClose, TapEvent, TapOpen } from '../../src/model/tap.js';

const DAY_MS = 86_400_000;

export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateShape {
  readonly name?: string;
  readonly hosts?: readonly string[];
  readonly issuer?: Pair;
  readonly from?: number;
  readonly days?: number;
  readonly bits?: number;
  readonly isCa?: boolean;
}

/** A certificate as asked for, good or bad. Keys are made at run time. */
export function makeCertificate(shape: CertificateShape = {}): Pair {
  const pair = generateKeyPairSync('rsa', { modulusLength: shape.bits ?? 2048 });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  certificate.serialNumber = `4${randomBytes(8).toString('hex').slice(1)}`;
  const from = Date.now() + (shape.from ?? -1) * DAY_MS;
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(from + (shape.days ?? 30) * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: shape.name ?? 'lab' }]);
  const issuer = shape.issuer === undefined ? certificate : forge.pki.certificateFromPem(shape.issuer.certificate);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: shape.isCa ?? false, critical: true },
    ...(shape.isCa ? [{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }] : []),
    { name: 'subjectKeyIdentifier' },
    {
      name: 'subjectAltName',
      altNames: (shape.hosts ?? []).map((host) => (/^[\d.]+$|:/.test(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(shape.issuer?.key ?? key), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key };
}

let cachedRoot: Pair | null = null;
let cachedOrigin: Pair | null = null;

/** The root that the proxy of the lab is told to trust. */
export function originRoot(): Pair {
  cachedRoot ??= makeCertificate({ name: 'Lab Root', isCa: true });
  return cachedRoot;
}

/** A good certificate for `localhost`, `origin.test` and 127.0.0.1. */
export function originPair(): Pair {
  cachedOrigin ??= makeCertificate({ issuer: originRoot(), hosts: ['localhost', 'origin.test', '*.origin.test', '127.0.0.1', '::1'] });
  return cachedOrigin;
}

let cachedDataDir: string | null = null;
afterAll(() => {
  if (cachedDataDir !== null) rmSync(cachedDataDir, { recursive: true, force: true });
  cachedDataDir = null;
});

/** One authority for all tests of a file: making its key takes longer than most of them. */
function sharedDataDir(): string {
  if (cachedDataDir === null) {
    const path = mkdtempSync(join(tmpdir(), 'overreach-capture-'));
    cachedDataDir = path;
  }
  return cachedDataDir;
}

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'overreach-capture-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Listens on a free loopback port until the test is over. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

export function tlsOrigin(onSocket: (socket: TLSSocket) => void, options: TlsOptions = {}): Server {
  const { certificate: cert, key } = originPair();
  const server = createTlsServer({ cert, key, ...options }, (socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.on('tlsClientError', () => undefined);
  return server;
}

export class TapRecord {
  readonly events: TapEvent[] = [];

  readonly onTap = (event: TapEvent): void => {
    this.events.push(event);
  };

  opens(): readonly TapOpen[] {
    return this.events.filter((event) => event.type === 'open');
  }

  closes(): readonly TapClose[] {
    return this.events.filter((event) => event.type === 'close');
  }

  bytes(connection: string, direction: 'up' | 'down'): Buffer {
    return Buffer.concat(
      this.events.flatMap((event) =>
        event.type === 'bytes' && event.connection === connection && event.direction === direction ? [event.bytes] : [],
      ),
    );
  }

  text(connection: string, direction: 'up' | 'down'): string {
    return this.bytes(connection, direction).toString('latin1');
  }
}

export interface Lab {
  readonly capture: Capture;
  readonly tap: TapRecord;
  readonly port: number;
  /** The authority that the phone must trust. */
  readonly ca: string;
}

/** A proxy on loopback that may reach loopback and trusts the lab's root. */
export async function startLab(options: Partial<CaptureOptions> = {}): Promise<Lab> {
  const tap = new TapRecord();
  const capture = await startCapture({
    listen: { host: '127.0.0.1', port: 0 },
    dataDir: sharedDataDir(),
    allowLoopback: true,
    upstreamCa: originRoot().certificate,
    onTap: tap.onTap,
    ...options,
  });
  onTestFinished(() => capture.close());
  return { capture, tap, port: capture.address.port, ca: capture.authority.certificate.toString() };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until something holds. The time is for a busy machine; a test that passes takes none of it. */
export async function until(what: () => boolean, ms = 12_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await sleep(5);
  }
}

/** A raw connection whose bytes are collected. */
export class Wire {
  readonly socket: Socket;
  received: Buffer = Buffer.alloc(0);
  ended = false;
  closed = false;
  error: NodeJS.ErrnoException | null = null;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.received = Buffer.concat([this.received, bytes]);
    });
    socket.on('end', () => {
      this.ended = true;
    });
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error;
    });
    onTestFinished(() => {
      socket.destroy();
    });
  }

  get text(): string {
    return this.received.toString('latin1');
  }

  async expect(text: string): Promise<void> {
    await until(() => this.text.includes(text));
  }
}

export async function dial(port: number, host = '127.0.0.1'): Promise<Wire> {
  const socket = connect({ port, host, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('error', reject);
  });
  return new Wire(socket);
}

/** A raw tunnel through the proxy, after its 200. */
export async function tunnel(port: number, target: string, headers = ''): Promise<Wire> {
  const wire = await dial(port);
  wire.socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${headers}\r\n`);
  await wire.expect('\r\n\r\n');
  if (!wire.text.startsWith('HTTP/1.1 200')) throw new Error(wire.text);
  wire.received = wire.received.subarray(wire.received.indexOf('\r\n\r\n') + 4);
  return wire;
}

export interface SecureOptions {
  readonly ca?: string;
  readonly servername?: string;
  readonly alpn?: string[];
  readonly session?: Buffer;
}

/** TLS to the origin through the proxy, as a phone does it. Rejects with the client's own error. */
export async function secureTunnel(
  port: number,
  target: string,
  options: SecureOptions = {},
): Promise<{ readonly tls: TLSSocket; readonly wire: Wire }> {
  const below = await tunnel(port, target);
  below.socket.removeAllListeners('data');
  const tls = tlsConnect({
    socket: below.socket,
    host: target.slice(0, target.lastIndexOf(':')),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.servername === undefined ? {} : { servername: options.servername }),
    ...(options.alpn === undefined ? {} : { ALPNProtocols: options.alpn }),
    ...(options.session === undefined ? {} : { session: options.session }),
  });
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', () => resolve());
    tls.once('error', reject);
    tls.once('close', () => reject(new Error('closed')));
  });
  return { tls, wire: new Wire(tls) };
}
