import type { DataType } from '../model/rulebook.js';
import { isDrawnUuid, isUuid } from './uuid.js';

/** How a value was written so as not to be read: digested, encrypted or masked. Told by form alone; known values prove more. */

const HEX_FORMS: ReadonlyMap<number, string> = new Map([
  [16, 'md5-16'],
  [32, 'md5'],
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);
/** By bytes. */
const BASE64_FORMS: ReadonlyMap<number, string> = new Map([
  [16, 'md5'],
  [20, 'sha1'],
  [32, 'sha256'],
]);

/** Name of the digest whose length the value has in hexadecimal or padded base64, or null. 64 hex may be SM3 as well. */
export function digestForm(value: string): string | null {
  if (/^[0-9a-f]+$/i.test(value)) return HEX_FORMS.get(value.length) ?? null;
  if (isUuid(value)) return isDrawnUuid(value) ? null : 'md5';
  if (value.endsWith('=') && /^[0-9A-Za-z+/_-]+={1,2}$/.test(value))
    return BASE64_FORMS.get((value.length * 3) / 4 - (value.endsWith('==') ? 2 : 1)) ?? null;
  return null;
}

/** Base64 or hexadecimal of at least one cipher block, with the mix of characters that plain words do not have. */
export function isEncrypted(value: string): boolean {
  if (value.length < 16 || value.length > 16_384) return false;
  if (/^[0-9a-f]+$/i.test(value)) return value.length % 16 === 0 && /[a-f]/i.test(value) && /\d/.test(value);
  if (!/^[0-9A-Za-z+/_-]+={0,2}$/.test(value)) return false;
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && value.length >= 22;
}

/** What apps put in the place of characters that are not to be read. */
export const STARS = '*＊•●';
const STRUCK_OUT = new RegExp(`[${STARS}]{2}|x{4}|X{4}|^[${STARS}][\\u3400-\\u9fff]|^[\\u3400-\\u9fff][${STARS}]`);
const LEFT_OVER = new RegExp(`^[0-9A-Za-z\\u3400-\\u9fff@._ +${STARS}-]+$`);
/** A number is masked, or a name; a sentence with stars in it is something else. */
const LONGEST_MASKED = 64;

/** 138****5678, 张**, *建国, 6228 **** **** 8018: characters struck out by the app itself. */
export function isMasked(value: string): boolean {
  if (value.length > LONGEST_MASKED || !STRUCK_OUT.test(value)) return false;
  return LEFT_OVER.test(value) && /[0-9A-Za-z\u3400-\u9fff]/.test(value);
}

const DIGESTED_FAMILIES = new Set(['phone', 'id_document', 'finance', 'contact_account', 'name', 'device_id', 'advertising_id']);

/** Of a short list each: nobody hides them, and what stands there in the length of a digest is a number of something. */
const KINDS = new Set(['id_type', 'id_expiry', 'bank_name']);

/** Types that apps send digested: identifiers, numbers and names of persons. */
export function isDigestible(type: DataType): boolean {
  if (KINDS.has(type.id)) return false;
  return type.identifier !== null || DIGESTED_FAMILIES.has(type.family) || type.id === 'bssid' || type.id === 'ip_address';
}
