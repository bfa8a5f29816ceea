import { networkInterfaces } from 'node:os';
import QRCode from 'qrcode';
import type { Onboarding } from '../live/index.js';

/**
 * Addresses a phone on the same network could reach this listener by, likeliest first: private IPv4 before others, container
 * bridges last. A listener on one address has just that one.
 */
export function reachableAddresses(listen: string): string[] {
  if (listen !== '0.0.0.0' && listen !== '::') return [listen];
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).filter((address) => !address.internal && address.family === 'IPv4').map(({ address }) => ({ name, address })),
  );
  const rank = ({ name, address }: { name: string; address: string }) =>
    (/^(docker|br-|veth|virbr|vmnet|utun|tun)/.test(name) ? 4 : 0) +
    (/^192\.168\./.test(address) ? 0 : /^(10|172)\./.test(address) ? 1 : 2);
  found.sort((a, b) => rank(a) - rank(b));
  return found.length > 0 ? found.map(({ address }) => address) : ['127.0.0.1'];
}

/** `host:port`, IPv6 in brackets. */
export function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What the page shows a tester who has no phone connected yet. */
export async function onboardingFor(address: { readonly host: string; readonly port: number }): Promise<Onboarding> {
  const proxy = authority(reachableAddresses(address.host)[0] ?? address.host, address.port);
  const url = `http://${proxy}/`;
  return { url, proxy, qrSvg: await QRCode.toString(url, { type: 'svg', margin: 1 }) };
}

/** A QR code in half-block characters with colours of its own, so that dark terminals do not invert it. */
export function terminalQr(text: string): Promise<string> {
  return QRCode.toString(text, { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
}
