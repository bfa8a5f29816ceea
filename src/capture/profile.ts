/**
 * The iOS configuration profile around the certificate (Apple "Configuration Profile Reference", payload
 * com.apple.security.root). Its shape is install material that a reviewer should read as such: certs/ios/.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { escapeMarkup } from './markup.js';

const TEMPLATE = new URL('../../certs/ios/overreach.mobileconfig.template', import.meta.url);

/** A UUID that depends only on the certificate, so that installing again replaces the profile instead of adding a second one. */
function stableUuid(der: Uint8Array, role: string): string {
  const hex = createHash('sha256').update(role).update(der).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`.toUpperCase();
}

/**
 * @param name the authority's common name, shown to the tester.
 * @param der the certificate.
 */
export function mobileconfig(name: string, der: Uint8Array): Buffer {
  const values: Readonly<Record<string, string>> = {
    NAME: escapeMarkup(name),
    CERTIFICATE: Buffer.from(der).toString('base64'),
    PROFILE_UUID: stableUuid(der, 'profile'),
    PAYLOAD_UUID: stableUuid(der, 'payload'),
  };
  return Buffer.from(readFileSync(TEMPLATE, 'utf8').replace(/\{\{([A-Z_]+)\}\}/g, (_, key: string) => values[key] ?? ''));
}
