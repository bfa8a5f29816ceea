import { createHmac } from 'node:crypto';
import { withoutCountryCode } from './forms/canonical.js';

/**
 * Makes the function that gives equal values equal tags, so that one value can be followed through a report that shows none.
 * HMAC-SHA256 under a key of the installation, cut to 8 hex digits: without the key a tag says nothing about the value.
 * @param key at least 16 random bytes.
 */
export function createTagger(key: Uint8Array): (dataType: string, value: string) => string {
  const secret = Buffer.from(key);
  return (dataType, value) => createHmac('sha256', secret).update(normalised(dataType, value), 'utf8').digest('hex').slice(0, 8);
}

/** The value without what does not change it: letter case, separators of numbers and ids, the country code of mainland phones. */
function normalised(dataType: string, value: string): string {
  const lower = value.normalize('NFKC').trim().toLowerCase();
  if (lower.includes('@')) return lower;
  const bare = lower.replace(/[\s\-:·•]/g, '');
  if (dataType.includes('phone')) return withoutCountryCode(bare);
  // The decimal point and the sign of coordinates mean something; dots of `0011.2233.4455` do not.
  if (/^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/.test(bare)) return bare.replaceAll('.', '');
  return /^-?\d+\.\d+/.test(lower) ? lower.replace(/\s/g, '') : bare;
}
