/**
 * Which roots a server's certificate may lead to: Node's (Mozilla's list), the operating system's, and what the user adds for
 * test servers or a company. A phone would trust about the same, so a certificate refused here is worth a row of its own.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { CertificateError } from '../errors.js';

/** Debian and Alpine, Fedora, SUSE, FreeBSD. macOS and Windows keep theirs out of files. */
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/var/lib/ca-certificates/ca-bundle.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
] as const;

function systemRoots(): readonly string[] {
  // Since Node 22.15 the stores of macOS and Windows can be read as well; older ones need company roots by hand there.
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read === 'function') {
    const found: unknown = read('system');
    if (Array.isArray(found) && found.length > 0) return found.filter((text): text is string => typeof text === 'string');
  }
  for (const path of SYSTEM_FILES) if (existsSync(path)) return [readFileSync(path, 'utf8')];
  return [];
}

function certificates(pem: string): readonly string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (blocks === null) throw new SyntaxError('no certificate in PEM');
  return blocks;
}

/**
 * One context for all upstream connections: parsing 150 roots takes about 20 ms, too much for each connection.
 * @param extra PEM, one or more certificates; null: none.
 * @throws CertificateError `OVR_UPSTREAM_CA` where `extra` cannot be read.
 */
export function upstreamTrust(extra: string | null): tls.SecureContext {
  const roots = [...tls.rootCertificates, ...systemRoots()];
  try {
    // OpenSSL skips over what it cannot read in a bundle; a test root that is silently missing would look like a bad server.
    if (extra !== null) for (const block of certificates(extra)) new X509Certificate(block);
    return tls.createSecureContext({ ca: extra === null ? roots : [...roots, extra] });
  } catch (cause) {
    throw new CertificateError('OVR_UPSTREAM_CA', 'the additional root for server certificates cannot be read', {
      next: 'Give a PEM file with -----BEGIN CERTIFICATE-----.',
      cause,
    });
  }
}
