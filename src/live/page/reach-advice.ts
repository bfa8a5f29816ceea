import type { Reach } from '../../model/session.js';

/** What failed between phone and server over TLS alone: without us between them they may well agree. */
const OVER_TLS = /^OVR_(?:CLIENT_(?!LEFT)|UPSTREAM_(?:CLOSED|TLS|CLIENT_CERTIFICATE|CERT))/;

export type Advice =
  | 'coverage.next.pinned'
  | 'coverage.next.ca_not_trusted'
  | 'coverage.next.passed_through'
  | 'coverage.next.not_inspected'
  | 'coverage.next.failed'
  | 'coverage.next.client';

/**
 * The step that helps with a host that was not looked into. Most causes of a failure name their own (`capture/causes`); a general one
 * behind it would contradict it: no network is at fault where a destination was refused or a certificate did not verify.
 * @param code of the cause; undefined: none is known. @returns null where the cause says all there is to say.
 */
export function adviceFor(reach: Reach, code: string | undefined): Advice | null {
  if (reach === 'decrypted' || reach === 'cleartext') return null;
  if (reach !== 'failed') return `coverage.next.${reach}`;
  if (code === undefined || code === 'OVR_UPSTREAM_CLOSED') return 'coverage.next.failed';
  // A phone that left before it was shown any certificate says nothing of trust.
  return code.startsWith('OVR_CLIENT_') && code !== 'OVR_CLIENT_LEFT' ? 'coverage.next.client' : null;
}

/** Whether an app that fails with this host would work if it were passed through. @param code as above. */
export function passingHelps(reach: Reach, code: string | undefined): boolean {
  if (reach === 'failed') return code !== undefined && OVER_TLS.test(code);
  return reach === 'pinned' || reach === 'ca_not_trusted' || reach === 'passed_through';
}
