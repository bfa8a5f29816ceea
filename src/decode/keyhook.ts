import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';
import type { PersonaKey } from '../model/session.js';
import type { Child } from './decoder.js';
import type { MessageContext } from './modulehook.js';
import type { Node } from './node.js';
import { base64Alphabet, fromBase64 } from './radix.js';

const GCM_TAG = 16;
const GCM_NONCE = 12;
/** NIST SP 800-38D 7.1: with a nonce of 12 bytes the text is counted from 2. */
const GCM_COUNTER = Buffer.from([0, 0, 0, 2]);
/** Algorithms whose output may be read as text. */
const TEXTUAL: ReadonlySet<string> = new Set(['base64', 'xor']);

function keyBytes(text: string, encoding: PersonaKey['encoding']): Buffer {
  return Buffer.from(text, encoding);
}

type Mode = 'cbc' | 'ecb' | 'ctr' | 'gcm' | 'cfb' | 'cfb8' | 'ofb';

/** OpenSSL's name, the mode, and the block length. */
interface Cipher {
  readonly name: string;
  readonly mode: Mode;
  readonly block: number;
}

/** Families of ciphers, by how an algorithm's name begins. */
type Family = 'aes' | 'sm4' | 'des' | '3des';

/**
 * `aes-128-cbc`, `AES/CBC/PKCS5Padding` (Java), `sm4-ecb`, `des-cbc`, `3des-cbc`. Without a mode, `AES` is ECB as Java has it, and CBC where a
 * vector is given, as CryptoJS has it. Null where the algorithm is not known here.
 */
function algorithmOf({ algorithm, iv }: PersonaKey): { family: Family; mode: Mode } | null {
  const parts = algorithm
    .toLowerCase()
    .trim()
    .split(/[/_-]+/);
  const word = parts[0] ?? '';
  const family: Family | null = /^aes(?:128|192|256)?$/.test(word)
    ? 'aes'
    : word === 'sm4' || word === 'des'
      ? word
      : /^(?:3des|desede3?|des3|tripledes)$/.test(word)
        ? '3des'
        : null;
  const mode =
    parts.find((part): part is Mode => /^(?:cbc|ecb|ctr|gcm|cfb8?|ofb)$/.test(part)) ??
    (parts.slice(1).every((part) => /^(?:128|192|256)$/.test(part)) ? (iv === null ? 'ecb' : 'cbc') : undefined);
  if (family === null || mode === undefined) return null;
  return (mode === 'gcm' || mode === 'ctr') && family.endsWith('des') ? null : { family, mode };
}

/**
 * The length of an AES key is taken from the key. OpenSSL 3 keeps single DES in its legacy provider; EDE with three equal keys is the same
 * function (FIPS 46-3). Null where the key has no length of that algorithm.
 */
function cipherOf({ family, mode }: { family: Family; mode: Mode }, key: Buffer): { cipher: Cipher; key: Buffer } | null {
  if (family === 'aes') {
    const bits = key.length * 8;
    return bits === 128 || bits === 192 || bits === 256 ? { cipher: { name: `aes-${bits}-${mode}`, mode, block: 16 }, key } : null;
  }
  if (family === 'sm4') return key.length === 16 ? { cipher: { name: `sm4-${mode}`, mode, block: 16 }, key } : null;
  const single = key.subarray(0, 8);
  const whole =
    key.length === (family === 'des' ? 8 : 16) ? Buffer.concat(family === 'des' ? [single, single, single] : [key, single]) : key;
  if (whole.length !== 24 || (family === 'des' && key.length !== 8)) return null;
  return { cipher: { name: mode === 'ecb' ? 'des-ede3' : `des-ede3-${mode}`, mode, block: 8 }, key: whole };
}

/**
 * Why a key hook can open nothing, whatever it meets: a tester who misspelt it would take what stays closed for what the key does not fit.
 * @returns the property at fault and what is wrong with it; null where the hook can be used.
 */
export function hookFault(hook: PersonaKey): { readonly property: 'algorithm' | 'key' | 'iv'; readonly problem: string } | null {
  const name = hook.algorithm.toLowerCase();
  if (name === 'xor') return null;
  if (name === 'base64')
    return base64Alphabet(hook.key) === null ? { property: 'key', problem: 'is no alphabet of 64 different characters' } : null;
  const algorithm = algorithmOf(hook);
  if (algorithm === null)
    return { property: 'algorithm', problem: 'is none of AES, SM4, DES, 3DES with CBC, ECB, CTR, GCM, CFB, CFB8 or OFB, xor, base64' };
  const key = keyBytes(hook.key, hook.encoding);
  const found = cipherOf(algorithm, key);
  if (found === null) return { property: 'key', problem: `has ${key.length} bytes, which is no length of a key for that algorithm` };
  const { mode, block } = found.cipher;
  const length = hook.iv === null || mode === 'ecb' ? null : keyBytes(hook.iv, hook.encoding).length;
  if (length === null || length === block || (mode === 'gcm' && length > 0)) return null;
  return { property: 'iv', problem: `has ${length} bytes instead of ${mode === 'gcm' ? GCM_NONCE : block}` };
}

/** One attempt; null where key, padding or tag do not fit. @param truncated the end of the data is missing, and its padding or tag with it. */
function decipher(cipher: Cipher, key: Buffer, iv: Buffer | null, data: Buffer, truncated: boolean): Buffer | null {
  if (cipher.mode === 'gcm') return decipherGcm(cipher, key, iv, data, truncated);
  const inBlocks = cipher.mode === 'cbc' || cipher.mode === 'ecb';
  try {
    const plain = createDecipheriv(cipher.name, key, iv).setAutoPadding(!truncated);
    const whole = truncated && inBlocks ? data.subarray(0, data.length - (data.length % cipher.block)) : data;
    return Buffer.concat([plain.update(whole), plain.final()]);
  } catch {
    // OpenSSL answers every wrong key, length and padding with an exception: here it means "this hook does not fit these bytes".
    return inBlocks ? otherwisePadded(cipher, key, iv, data) : null;
  }
}

/**
 * The tag answers for the text only where what else went into it is known: with associated data, or without the end of the message, the text
 * under GCM is that of CTR, and has to earn its place like that one's.
 */
function decipherGcm({ name }: Cipher, key: Buffer, iv: Buffer | null, data: Buffer, truncated: boolean): Buffer | null {
  if (iv === null || data.length < GCM_TAG) return null;
  const text = data.subarray(0, data.length - GCM_TAG);
  if (!truncated && !name.startsWith('sm4')) {
    try {
      const gcm = createDecipheriv(
        name === 'aes-128-gcm' ? 'aes-128-gcm' : name === 'aes-192-gcm' ? 'aes-192-gcm' : 'aes-256-gcm',
        key,
        iv,
      ).setAuthTag(data.subarray(data.length - GCM_TAG));
      return Buffer.concat([gcm.update(text), gcm.final()]);
    } catch {
      // The tag does not fit, which says as little as there being associated data.
    }
  }
  if (iv.length !== GCM_NONCE) return null;
  return createDecipheriv(name.replace('gcm', 'ctr'), key, Buffer.concat([iv, GCM_COUNTER])).update(truncated ? data : text);
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
 * What a key hook makes of a value, to be kept only if it earns its place. Algorithms: AES and SM4 (CBC, ECB, CTR, GCM, CFB, OFB),
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
  const known = algorithmOf(hook);
  const found = known === null ? null : cipherOf(known, key);
  if (found === null) return [];
  // The values of a message that was cut are whole, but for the last one.
  const isCut = node.origin.truncated && node.origin.base;
  const children: Child[] = [];
  for (const { iv, data: body } of vectors(found.cipher, hook, data)) {
    const bytes = body.length === 0 ? null : decipher(found.cipher, found.key, iv, body, isCut);
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
