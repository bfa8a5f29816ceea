/**
 * Danger: whoever reads this key can sign evidence in the name of this installation. Fences: made here, never sent anywhere; 0600 in a
 * 0700 folder from the first byte on; refused where others may read it.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import { fingerprintOf, type Signer } from '../report/evidence.js';
import { prepareFolder } from '../store/index.js';

const NAME = 'evidence.key';

/** The installation's Ed25519 key, made the first time. @throws StoreError `OVR_EVIDENCE_KEY`. */
export function signingKeyOf(dataDir: string): Signer {
  const path = join(dataDir, NAME);
  const known = readKey(path);
  if (known !== null) return signerOf(known);
  const { privateKey } = generateKeyPairSync('ed25519');
  prepareFolder(dataDir);
  try {
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    return signerOf(privateKey);
  } catch (error) {
    // Two exports at once: the other one's key counts.
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readKey(path) : null;
    if (other !== null) return signerOf(other);
    throw fault(path, error instanceof Error ? error.message : String(error), error);
  }
}

/** Fingerprint of this installation's key; null where it has none yet. Makes nothing. */
export function ownFingerprint(dataDir: string): string | null {
  const key = readKey(join(dataDir, NAME));
  return key === null ? null : fingerprintOf(publicKeyOf(key));
}

function readKey(path: string): KeyObject | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  // Windows has no such bits.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) throw fault(path, 'others may read it', null, `chmod 600 ${path}`);
  try {
    const key = createPrivateKey(readFileSync(path));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw fault(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw fault(path, 'it is no Ed25519 key', null);
}

function publicKeyOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function signerOf(key: KeyObject): Signer {
  return { publicKey: publicKeyOf(key), sign: (bytes) => sign(null, bytes, key) };
}

function fault(
  path: string,
  problem: string,
  cause: unknown,
  next = 'Move the file away; a new key is then made. Packages signed before keep the old fingerprint.',
) {
  return new StoreError('OVR_EVIDENCE_KEY', `Cannot use the signing key ${path}: ${problem}.`, { next, cause });
}
