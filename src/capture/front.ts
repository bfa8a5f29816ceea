/**
 * The one file that knows http-mitm-proxy 1.1.0. The package listens and parses CONNECT; everything else of it stays unused:
 * its TLS path blocks 180 ms for each new host, can be made to overwrite a CA key (`CONNECT ca.private:443`) and has no HTTP/2,
 * and its plain forwarding cannot carry a message unchanged (see plain-http.ts). How it is kept out:
 *   - our onConnect never calls back, so its TLS servers and its loopback hop are never made;
 *   - its 'connection' listener gets only sockets that begin with CONNECT (gate.ts looks first);
 *   - it gets a throw-away CA directory, deleted as soon as it listens; ours lies elsewhere;
 *   - its console output would spoil `--json` on stdout, so the two methods that print are overridden.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mitm from 'http-mitm-proxy';
import forge from 'node-forge';
import { CaptureError } from '../errors.js';
import { limits } from '../limits.js';

export interface FrontOptions {
  readonly host: string;
  readonly port: number;
  /** Every accepted socket, before anything is read from it. */
  readonly onSocket: (socket: Socket) => void;
  /** A parsed CONNECT. Nothing has been answered. */
  readonly onConnect: (request: IncomingMessage, socket: Socket, early: Buffer) => void;
  /** A CONNECT that cannot be parsed. Nothing has been answered. @param bytes of it, as far as they are known. */
  readonly onMalformed: (socket: Socket, bytes: Buffer, code: string) => void;
}

export interface Front {
  readonly address: { readonly host: string; readonly port: number };
  /** Lets the package parse what this socket sends: a CONNECT, put back unread. */
  parseConnect(socket: Socket): void;
  close(): Promise<void>;
}

class QuietProxy extends mitm.Proxy {
  override _onError(kind: string, _context: never, error: Error): void {
    for (const handler of this.onErrorHandlers) handler(null, error, kind);
  }

  override _onSocketError(): void {
    // Each socket has an owner of ours for its errors; the package would only print them.
  }
}

function listenError(cause: unknown, options: FrontOptions): CaptureError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const where = `${options.host}:${options.port}`;
  if (code === 'EADDRINUSE')
    return new CaptureError('OVR_LISTEN', `${where} is already in use`, {
      next: 'Choose another port with --listen, or end the program that holds it.',
      cause,
    });
  if (code === 'EACCES')
    return new CaptureError('OVR_LISTEN', `no right to listen on ${where}`, { next: 'Choose a port above 1023 with --listen.', cause });
  if (code === 'EADDRNOTAVAIL')
    return new CaptureError('OVR_LISTEN', `${options.host} is no address of this machine`, {
      next: 'Choose an address of this machine with --listen, or 0.0.0.0.',
      cause,
    });
  return new CaptureError('OVR_LISTEN', `cannot listen on ${where} (${code})`, { next: 'Check --listen.', cause });
}

/**
 * What the package insists on finding before it listens. Given a small pair it only reads it, and spares the start the RSA-2048 key it
 * would make on this thread; nothing is ever signed with it or trusts it.
 */
async function layThrowAwayAuthority(folder: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  await mkdir(join(folder, 'certs'));
  await mkdir(join(folder, 'keys'));
  await writeFile(join(folder, 'certs', 'ca.pem'), forge.pki.certificateToPem(certificate));
  await writeFile(join(folder, 'keys', 'ca.private.key'), key);
  await writeFile(join(folder, 'keys', 'ca.public.key'), forge.pki.publicKeyToPem(certificate.publicKey));
}

/** @throws CaptureError `OVR_LISTEN` */
export async function startFront(options: FrontOptions): Promise<Front> {
  const folder = await mkdtemp(join(tmpdir(), 'overreach-front-'));
  await layThrowAwayAuthority(folder);
  const proxy = new QuietProxy();
  proxy.onConnect((request, socket, head: Buffer) => {
    if (socket instanceof Socket) options.onConnect(request, socket, head);
    else socket.destroy();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      // The package never reports a failed listen() through its callback; it comes by way of its WebSocket server.
      proxy.onError((_context, error) => reject(error));
      proxy.listen({ host: options.host, port: options.port, sslCaDir: folder }, (error) => (error ? reject(error) : resolve()));
    });
  } catch (cause) {
    throw listenError(cause, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const server = proxy.httpServer;
  if (server === undefined)
    throw new CaptureError('OVR_LISTEN', 'the front did not start', { next: 'Report this with the version of the program.' });
  server.headersTimeout = limits.headMs;
  server.on('clientError', (error: NodeJS.ErrnoException & { readonly rawPacket?: unknown }, socket) => {
    // Without bytes the parser is not at fault: the connection broke.
    if (socket instanceof Socket && Buffer.isBuffer(error.rawPacket)) options.onMalformed(socket, error.rawPacket, error.code ?? '');
    else socket.destroy();
  });
  const parse = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', options.onSocket);
  const bound = server.address();
  const address =
    bound !== null && typeof bound === 'object' ? { host: bound.address, port: bound.port } : { host: options.host, port: options.port };
  return {
    address,
    parseConnect(socket) {
      for (const listener of parse) listener.call(server, socket);
      socket.resume();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
