import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;

/** A self-signed certificate for loopback and for every name below `conform.test`; its key is made now and kept nowhere. */
export function makeIdentity(
  names: readonly string[] = ['localhost', '*.conform.test'],
  addresses: readonly string[] = ['127.0.0.1', '::1'],
): Identity {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  certificate.serialNumber = '4f01';
  certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + DAY_MS);
  const subject = [{ name: 'commonName', value: 'conformance origin' }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    {
      name: 'subjectAltName',
      altNames: [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))],
    },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key };
}
