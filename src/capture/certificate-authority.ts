/**
 * DANGER: whoever holds this key can read every connection of every phone that trusts it.
 * Fences: made here on first start, different on every installation; directory 0700 and key 0600 from the moment they are
 * opened (O_EXCL, so nobody can put a file there first); looser rights stop the start; the key never
 * leaves this file, which signs with it and neither prints, serves nor exports it. pathlen 0: it cannot make another authority.
 */
import { createHash, createPrivateKey, generateKeyPair, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { CertificateError } from '../errors.js';
import { limits } from '../limits.js';
import { child, children } from './der.js';
import { mobileconfig } from './profile.js';

const DAY_MS = 86_400_000;
const makeKeyPair = promisify(generateKeyPair);

export type CaExport = 'pem' | 'der' | 'mobileconfig' | 'android-0';

export interface ExportedCa {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Where the two files live under the data directory. */
export function authorityPaths(dataDir: string): { readonly folder: string; readonly certificate: string; readonly key: string } {
  const folder = join(dataDir, 'ca');
  return { folder, certificate: join(folder, 'ca.pem'), key: join(folder, 'ca.key') };
}

export class CertificateAuthority {
  readonly caPath: string;
  readonly certificate: X509Certificate;
  readonly #key: KeyObject;

  constructor(caPath: string, certificate: X509Certificate, key: KeyObject) {
    this.caPath = caPath;
    this.certificate = certificate;
    this.#key = key;
  }

  /** Signs with SHA-256; the only thing the key ever does. */
  sign(bytes: Uint8Array): Buffer {
    return sign('sha256', bytes, this.#key);
  }

  get name(): string {
    return /CN=(.*)/.exec(this.certificate.subject)?.[1] ?? 'Overreach CA';
  }

  /** SHA-256 over the DER, as phones show it: `AB:CD:...`. */
  get fingerprint(): string {
    return this.certificate.fingerprint256;
  }

  get notAfter(): Date {
    return new Date(this.certificate.validTo);
  }

  /** The subject's DER: the issuer of every leaf must be this, byte for byte. */
  get subjectDer(): Buffer {
    return child(child(child(this.certificate.raw, 0).content, 0).content, 5).whole;
  }

  /** RFC 5280 section 4.2.1.2 method 1: SHA-1 of the public key bits. */
  get keyIdentifier(): Buffer {
    const spki = child(child(child(this.certificate.raw, 0).content, 0).content, 6);
    return createHash('sha1').update(child(spki.content, 1).content.subarray(1)).digest();
  }

  /** OpenSSL's `subject_hash_old`, the file name Android's system store wants: MD5 of the subject, first four bytes little-endian. */
  get subjectHashOld(): string {
    return createHash('md5').update(this.subjectDer).digest().readUInt32LE(0).toString(16).padStart(8, '0');
  }

  /** Public material only, in the shape that each kind of phone installs. */
  exportCa(kind: CaExport): ExportedCa {
    const pemText = this.certificate.toString();
    switch (kind) {
      case 'pem':
        return { fileName: 'overreach-ca.crt', contentType: 'application/x-pem-file', bytes: Buffer.from(pemText) };
      case 'der':
        return { fileName: 'overreach-ca.cer', contentType: 'application/x-x509-ca-cert', bytes: Buffer.from(this.certificate.raw) };
      case 'mobileconfig':
        return {
          fileName: 'overreach-ca.mobileconfig',
          contentType: 'application/x-apple-aspen-config',
          bytes: mobileconfig(this.name, this.certificate.raw),
        };
      case 'android-0':
        return { fileName: `${this.subjectHashOld}.0`, contentType: 'application/octet-stream', bytes: Buffer.from(pemText) };
    }
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Rights mean nothing on Windows file systems; there the user profile's ACL protects the directory. */
const HAS_MODES = process.platform !== 'win32';

function demandPrivate(path: string, mode: number): void {
  if (!HAS_MODES) return;
  const found = statSync(path);
  const owner = process.getuid?.();
  if ((found.mode & 0o077) !== 0)
    throw new CertificateError(
      'OVR_CA_RIGHTS',
      `${path} is open to other users of this machine (mode ${(found.mode & 0o777).toString(8)})`,
      {
        next: `Run: chmod ${mode.toString(8)} ${path}   If others may have read it, run "overreach ca rotate" as well.`,
      },
    );
  if (owner !== undefined && found.uid !== owner)
    throw new CertificateError('OVR_CA_RIGHTS', `${path} belongs to another user`, {
      next: 'Use a data directory of your own (--data-dir).',
    });
}

/** One level only: the parents are there, or the place is wrong. Node's recursive form never returns where /proc answers ENOENT. */
function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw unusable(path, error);
  }
  try {
    // An empty directory that someone made for us with a usual umask holds nothing to leak yet: tighten it instead of refusing.
    if (HAS_MODES && readdirSync(path).length === 0) chmodSync(path, 0o700);
  } catch (error) {
    throw unusable(path, error);
  }
  demandPrivate(path, 0o700);
}

function unusable(path: string, cause: unknown): CertificateError {
  return new CertificateError('OVR_DATA_DIR', `Cannot use the folder ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    next: 'Give --data-dir a folder that you may write to.',
    cause,
  });
}

function writeNew(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The mode of open() passes the umask, which can only take rights away: 0600 stays private, but an odd umask could make it unreadable.
  if (HAS_MODES) chmodSync(path, mode);
}

/** Host name as it may stand in a PrintableString, short enough for the 64 characters of a common name (RFC 5280 appendix A.1). */
function subjectHost(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9.-]/g, '')
      .slice(0, 24) || 'host'
  );
}

async function makeAuthority(now: number): Promise<{ readonly certificate: string; readonly key: string }> {
  const pair = await makeKeyPair('rsa', { modulusLength: 2048 });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = serial.toString('hex');
  certificate.validity.notBefore = new Date(now - limits.leafBackdateDays * DAY_MS);
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + limits.caYears);
  certificate.validity.notAfter = end;
  // The short random part keeps two installations of one machine and day apart in a phone's list.
  const name = `Overreach CA ${subjectHost()} ${new Date(now).toISOString().slice(0, 10)} ${randomBytes(2).toString('hex')}`;
  const subject = [
    { name: 'commonName', value: name },
    { name: 'organizationName', value: 'Overreach' },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key };
}

/**
 * Opens this installation's authority, and makes it on first start.
 * @param dataDir is made where its parent is there.
 * @throws CertificateError `OVR_DATA_DIR` where the folder cannot be, `OVR_CA_RIGHTS` where others may read it, `OVR_CA_BROKEN` where the two files do not fit, `OVR_CA_EXPIRED`,
 * `OVR_CA_EARLY`.
 */
export async function openAuthority(dataDir: string, now: () => number = Date.now): Promise<CertificateAuthority> {
  const paths = authorityPaths(dataDir);
  makePrivateFolder(dataDir);
  makePrivateFolder(paths.folder);
  if (readdirSync(paths.folder).length === 0) {
    const made = await makeAuthority(now());
    try {
      writeNew(paths.key, made.key, 0o600);
    } catch (error) {
      // Another process of the same user was faster; its authority is the one that counts.
      if (!isErrno(error, 'EEXIST')) throw error;
      return readWhenWritten(paths, now);
    }
    writeNew(`${paths.certificate}.new`, made.certificate, 0o644);
    renameSync(`${paths.certificate}.new`, paths.certificate);
  }
  return readWhenWritten(paths, now);
}

/**
 * The authority that is there; makes none, and changes nothing.
 * @throws CertificateError `OVR_CA_MISSING` where none was made yet; else as {@link openAuthority}.
 */
export async function existingAuthority(dataDir: string): Promise<CertificateAuthority> {
  const paths = authorityPaths(dataDir);
  if (!existsSync(paths.certificate) && !existsSync(paths.key)) throw missing(paths.folder);
  for (const folder of [dataDir, paths.folder]) demandPrivate(folder, 0o700);
  return readWhenWritten(paths, Date.now);
}

function missing(folder: string): CertificateError {
  return new CertificateError('OVR_CA_MISSING', `There is no certificate authority in ${folder} yet.`, {
    next: '"overreach start" makes one, and so does "overreach ca export --out ca.pem"; or name the right folder with --data-dir.',
  });
}

/** The key file comes first and the certificate last, so a present certificate means a whole pair; wait shortly for a twin process. */
async function readWhenWritten(paths: ReturnType<typeof authorityPaths>, now: () => number): Promise<CertificateAuthority> {
  for (let attempt = 0; ; attempt++) {
    try {
      return readAuthority(paths, now);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
      if (attempt >= 20)
        throw new CertificateError('OVR_CA_BROKEN', `${paths.folder} holds only half of the authority`, {
          next: 'Run "overreach ca rotate" and install the new certificate on the phone.',
          cause: error,
        });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function readAuthority(paths: ReturnType<typeof authorityPaths>, now: () => number): CertificateAuthority {
  const certificateText = readFileSync(paths.certificate, 'utf8');
  demandPrivate(paths.key, 0o600);
  const broken = (cause: unknown): CertificateError =>
    new CertificateError('OVR_CA_BROKEN', `${paths.certificate} and ${paths.key} are not a certificate and its key`, {
      next: 'Run "overreach ca rotate" and install the new certificate on the phone.',
      cause,
    });
  let certificate: X509Certificate;
  let key: KeyObject;
  try {
    certificate = new X509Certificate(certificateText);
    key = createPrivateKey(readFileSync(paths.key));
  } catch (cause) {
    throw isErrno(cause, 'ENOENT') ? cause : broken(cause);
  }
  if (!certificate.checkPrivateKey(key) || children(certificate.raw).length !== 1) throw broken(undefined);
  if (new Date(certificate.validTo).getTime() <= now())
    throw new CertificateError('OVR_CA_EXPIRED', `the certificate authority expired on ${certificate.validTo}`, {
      next: 'Run "overreach ca rotate" and install the new certificate on the phone.',
    });
  if (new Date(certificate.validFrom).getTime() > now())
    throw new CertificateError('OVR_CA_EARLY', `the certificate authority is valid from ${certificate.validFrom} on, which is to come`, {
      next: 'Set the clock of this machine. If it is right, it was wrong when the certificate was made: run "overreach ca rotate" and install the new one on the phone.',
    });
  return new CertificateAuthority(paths.certificate, certificate, key);
}

/**
 * Deletes the authority; phones that trust it should forget it too.
 * @throws CertificateError `OVR_CA_MISSING` where there was none.
 */
export function removeAuthority(dataDir: string): void {
  if (!clearAuthority(dataDir)) throw missing(authorityPaths(dataDir).folder);
}

/** @returns whether there was one. */
function clearAuthority(dataDir: string): boolean {
  const paths = authorityPaths(dataDir);
  let found = false;
  for (const path of [paths.certificate, `${paths.certificate}.new`, paths.key]) {
    try {
      rmSync(path);
      found = true;
    } catch (error) {
      if (!isErrno(error, 'ENOENT') && !isErrno(error, 'ENOTDIR')) throw unusable(path, error);
    }
  }
  return found;
}

/** A new authority in place of the old one. Every phone must install it again. */
export async function rotateAuthority(dataDir: string): Promise<CertificateAuthority> {
  clearAuthority(dataDir);
  return openAuthority(dataDir);
}
