import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';
import type { PersonaKey } from '../model/session.js';
import type { Child } from './decoder.js';
import type { MessageContext } from './modulehook.js';
import type { Node } from './node.js';
import { base64Alphabet, fromBase64 } from './radix.js';

const GCM_TAG = 16;
const GCM_NONCE = 12;
/** Algorithms whose output may be read as text. */
const TEXTUAL: ReadonlySet<string> = new Set(['base64', 'xor']);

function keyBytes(text: string, encoding: PersonaKey['encoding']): Buffer {
  return Buffer.from(text, encoding);
}

/** OpenSSL's name, key length and block length; null where the algorithm is not known here. */
interface Cipher {
  readonly name: string;
  readonly mode: 'cbc' | 'ecb' | 'ctr' | 'gcm' | 'cfb' | 'ofb';
  readonly block: number;
}

/**
 * `aes-128-cbc`, `AES/CBC/PKCS5Padding` (Java), `sm4-ecb`, `des-cbc`, `3des-cbc`. The length of an AES key is taken from the
 * key. OpenSSL 3 keeps single DES in its legacy provider; EDE with three equal keys is the same function (FIPS 46-3).
 */
function cipherOf(algorithm: string, key: Buffer): { cipher: Cipher; key: Buffer } | null {
  const parts = algorithm.toLowerCase().split(/[/_-]+/);
  const mode = parts.find((part): part is Cipher['mode'] => /^(cbc|ecb|ctr|gcm|cfb|ofb)$/.test(part));
  const family = parts[0] ?? '';
  if (mode === undefined) return null;
  if (family.startsWith('aes')) {
    const bits = key.length * 8;
    return bits === 128 || bits === 192 || bits === 256 ? { cipher: { name: `aes-${bits}-${mode}`, mode, block: 16 }, key } : null;
  }
  if (family === 'sm4') return key.length === 16 && mode !== 'gcm' ? { cipher: { name: `sm4-${mode}`, mode, block: 16 }, key } : null;
  if (mode === 'gcm' || mode === 'ctr') return null;
  if (family === 'des') {
    const single = key.subarray(0, 8);
    return key.length === 8
      ? { cipher: { name: mode === 'ecb' ? 'des-ede3' : `des-ede3-${mode}`, mode, block: 8 }, key: Buffer.concat([single, single, single]) }
      : null;
  }
  if (family === '3des' || family === 'desede' || family === 'des3') {
    const whole = key.length === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
    return whole.length === 24 ? { cipher: { name: mode === 'ecb' ? 'des-ede3' : `des-ede3-${mode}`, mode, block: 8 }, key: whole } : null;
  }
  return null;
}

/** One attempt; null where key, padding or tag do not fit. */
function decipher(cipher: Cipher, key: Buffer, iv: Buffer | null, data: Buffer): Buffer | null {
  try {
    if (cipher.mode === 'gcm') {
      if (iv === null || data.length < GCM_TAG) return null;
      const gcm = createDecipheriv(
        cipher.name === 'aes-128-gcm' ? 'aes-128-gcm' : cipher.name === 'aes-192-gcm' ? 'aes-192-gcm' : 'aes-256-gcm',
        key,
        iv,
      );
      gcm.setAuthTag(data.subarray(data.length - GCM_TAG));
      return Buffer.concat([gcm.update(data.subarray(0, data.length - GCM_TAG)), gcm.final()]);
    }
    const plain = createDecipheriv(cipher.name, key, iv);
    return Buffer.concat([plain.update(data), plain.final()]);
  } catch {
    // OpenSSL answers every wrong key, length, padding and tag with an exception: here it means "this hook does not fit these bytes".
    return cipher.mode === 'cbc' || cipher.mode === 'ecb' ? otherwisePadded(cipher, key, iv, data) : null;
  }
}

/**
 * Whole blocks whose padding is not that of PKCS 7: zeros (`ZeroPadding` of CryptoJS), random bytes or zeros before their number (ISO 10126,
 * X9.23), or none. What a wrong key makes is no text and ends in no zeros, but for one in 256.
 */
function otherwisePadded(cipher: Cipher, key: Buffer, iv: Buffer | null, data: Buffer): Buffer | null {
  if (data.length % cipher.block !== 0) return null;
  try {
    const decipher = createDecipheriv(cipher.name, key, iv).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(data), decipher.final()]);
    let end = plain.length;
    while (end > 0 && plain[end - 1] === 0) end--;
    if (end < plain.length || isUtf8(plain)) return plain.subarray(0, end);
    const last = plain[plain.length - 1]!;
    const cut = plain.subarray(0, plain.length - last);
    return last <= cipher.block && isUtf8(cut) ? cut : null;
  } catch {
    // The key or the vector has the wrong length: the hook does not fit.
    return null;
  }
}

/** The places an initialisation vector is kept: in the profile, before the data, or nowhere (zeros). */
function vectors(cipher: Cipher, hook: PersonaKey, data: Buffer): Array<{ iv: Buffer | null; data: Buffer }> {
  const size = cipher.mode === 'gcm' ? GCM_NONCE : cipher.block;
  if (cipher.mode === 'ecb') return [{ iv: null, data }];
  if (hook.iv !== null) return [{ iv: keyBytes(hook.iv, hook.encoding), data }];
  return [
    { iv: data.subarray(0, size), data: data.subarray(size) },
    { iv: Buffer.alloc(size), data },
  ];
}

function xor(data: Buffer, key: Buffer): Buffer | null {
  if (key.length === 0) return null;
  const out = Buffer.allocUnsafe(data.length);
  for (let i = 0; i < data.length; i++) out[i] = data[i]! ^ key[i % key.length]!;
  return out;
}

/**
 * What a key hook makes of a value, to be kept only if it earns its place. Algorithms: AES (CBC, ECB, CTR, GCM, CFB, OFB), SM4,
 * DES, 3DES, `xor`, and `base64` with a shuffled alphabet as key.
 */
export function unlock(hook: PersonaKey, node: Node): Child[] {
  const algorithm = hook.algorithm.toLowerCase();
  if (algorithm === 'base64') {
    const table = base64Alphabet(hook.key);
    const bytes = table === null || node.text === null ? null : fromBase64(node.text.trim(), table);
    return bytes === null || bytes.length === 0 ? [] : [{ bytes, sure: false, step: 'base64-custom' }];
  }
  if (!node.isBytes) return [];
  const data = Buffer.from(node.bytes.buffer, node.bytes.byteOffset, node.bytes.byteLength);
  const key = keyBytes(hook.key, hook.encoding);
  if (algorithm === 'xor') {
    const bytes = xor(data, key);
    return bytes === null ? [] : [{ bytes, sure: false, step: 'xor' }];
  }
  const found = cipherOf(algorithm, key);
  if (found === null) return [];
  const children: Child[] = [];
  for (const { iv, data: body } of vectors(found.cipher, hook, data)) {
    const bytes = body.length === 0 ? null : decipher(found.cipher, found.key, iv, body);
    if (bytes !== null && bytes.length > 0) children.push({ bytes, sure: false, step: found.cipher.name });
  }
  return children;
}

/** What the hooks that apply to a node make of it, one by one, until the caller has what it wanted; the budget says how much is tried. */
export function* unlockings(keys: readonly PersonaKey[], { host }: MessageContext, node: Node): Generator<Child> {
  if (keys.length === 0) return;
  // What a cipher wrote is no text; what these two write may be.
  const readable = node.read !== null && node.isBytes;
  const { path, steps, work } = node.origin;
  const fitting = keys.filter(
    ({ where, algorithm }) =>
      (!readable || TEXTUAL.has(algorithm.toLowerCase())) && (where === null || where === host || path.startsWith(where)),
  );
  if (fitting.length === 0 || !work.read(node.size * fitting.length, path)) return;
  // A stream cipher undoes itself: with two hooks, one of them twice, anything would open that the other one opens.
  const children = fitting.flatMap((key) => unlock(key, node)).filter(({ step }) => step === undefined || !steps.includes(step));
  // Structure first: CBC with the wrong vector spoils the first block only, and what is left of it may still read as text.
  for (const structured of [true, false]) for (const child of children) yield { ...child, structured };
  node.tried.push(...fitting.map((key) => key.algorithm));
}
