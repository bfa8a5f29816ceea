import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import forge from 'node-forge';
import { WebSocketServer } from 'ws';

/** The invented ride-hailing app's own API and the invented SDK vendors' hosts. `.test` belongs to nobody (RFC 6761). */
export const HOSTS = {
  api: 'api.kuaixing-chuxing.test',
  push: 'register.xinpush.test',
  analytics: 'log.shuju-tongji.test',
  ads: 'req.guangyi-adx.test',
  map: 'restapi.ditu-sdk.test',
  payment: 'gateway.zhifu-box.test',
  risk: 'fp.fengkong-id.test',
} as const;

export const FIRST_PARTY = 'kuaixing-chuxing.test';

export interface Origins {
  readonly port: number;
  /** PEM; the only root that vouches for these origins. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** One loopback server that plays all origins, under a certificate made for this run. Answers every request with a small JSON. */
export async function startOrigins(): Promise<Origins> {
  const { certificate, key } = selfSigned(Object.values(HOSTS));
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const digest = createHash('sha256');
    request.on('data', (chunk: Buffer) => digest.update(chunk));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 0, received: digest.digest('hex').slice(0, 16) }));
    });
    request.on('error', () => response.destroy());
  });
  const sockets = new WebSocketServer({ server, maxPayload: 64 * 1024 });
  sockets.on('connection', (socket) => {
    socket.on('message', () => socket.send('{"ack":true}'));
    socket.on('error', () => socket.terminate());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, certificate, close: () => closeAll(server, sockets) };
}

function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function selfSigned(names: readonly string[]): { certificate: string; key: string } {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(8))}`;
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + 7 * 86_400_000);
  const subject = [{ name: 'commonName', value: 'Overreach demo origins' }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
  ]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key: forge.pki.privateKeyToPem(keys.privateKey) };
}
