import { isIPv4, isIPv6 } from 'node:net';
import type { Bilingual } from '../../model/text.js';
import type { Passed, Validator } from '../validator.js';

const RESERVED: ReadonlyArray<readonly [RegExp, Bilingual, boolean]> = [
  [/^(?:0\.0\.0\.0|::|127\.\d+\.\d+\.\d+|::1)$/, { zh: '本机或未指定地址', en: 'loopback or unspecified address' }, true],
  [/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/, { zh: '私有地址（RFC 1918）', en: 'private address (RFC 1918)' }, false],
  [
    /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
    { zh: '运营商级 NAT 地址（RFC 6598）', en: 'carrier-grade NAT address (RFC 6598)' },
    false,
  ],
  [/^(?:169\.254\.|fe[89ab][0-9a-f]:)/i, { zh: '链路本地地址', en: 'link-local address' }, false],
  [/^f[cd][0-9a-f]{2}:/i, { zh: '唯一本地地址（RFC 4193）', en: 'unique local address (RFC 4193)' }, false],
  [/^(?:22[4-9]|23\d|24\d|25[0-5])\.|^ff[0-9a-f]{2}:/i, { zh: '组播或保留地址', en: 'multicast or reserved address' }, true],
];

function one(text: string): Passed | null {
  const address = text
    .trim()
    .replace(/^\[|\](?::\d+)?$/g, '')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
    // CloudFront-Viewer-Address writes no brackets; a port of five digits is no group of the address.
    .replace(/^([0-9a-f:]{2,39}:[0-9a-f]{1,4}):[1-6]\d{4}$/i, '$1')
    .replace(/%[\w.-]+$/, '');
  const four = isIPv4(address);
  if (!four && !isIPv6(address)) return null;
  const reserved = RESERVED.find(([form]) => form.test(address));
  return {
    normalised: address.toLowerCase(),
    placeholder: reserved?.[2] ?? false,
    // Four-part version numbers look the same, so an address without a key proves little; an IPv6 address is unmistakable.
    passRate: four ? 1e-2 : 1e-6,
    note:
      reserved?.[1] ?? (four ? { zh: '公网 IPv4 地址', en: 'public IPv4 address' } : { zh: '公网 IPv6 地址', en: 'public IPv6 address' }),
  };
}

/** Open name servers (Google, Cloudflare, Quad9, OpenDNS, 114DNS, AliDNS, DNSPod, Baidu, CNNIC): known to everybody, and no phone’s. */
const RESOLVERS = new Set(
  (
    '8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 114.114.114.114 114.114.115.115 ' +
    '223.5.5.5 223.6.6.6 119.29.29.29 119.28.28.28 180.76.76.76 1.2.4.8 210.2.4.8'
  ).split(' '),
);

/** Whether an address is that of an open name server. */
export function isResolver(address: string): boolean {
  return RESOLVERS.has(address);
}

/** Three points or two colons: prices and versions have fewer. */
function mayBeAddress(value: string): boolean {
  let points = 0;
  let colons = 0;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code === 0x2e) points++;
    else if (code === 0x3a) colons++;
    if (points >= 3 || colons >= 2) return true;
  }
  return false;
}

export const validator: Validator = {
  source: 'RFC 791, RFC 4291; IANA special-purpose registries (RFC 6890)',
  fits: (shape) =>
    (shape.dot || shape.colon) && shape.digits + shape.hexLetters >= 1 && shape.han === 0 && shape.length >= 2 && shape.length <= 200,
  // Three points or two colons; what is in no class of its own is one of them, a hyphen, a comma or an @.
  alone: ({ length, digits, hexLetters, letters, han, other }) => length - digits - hexLetters - letters - han - other >= 2,
  prose: false,
  check(value): Passed | null {
    if (!mayBeAddress(value)) return null;
    // X-Forwarded-For and lists of a phone's own addresses: "a, b".
    const parts = value.split(/[,;|]/).filter((part) => part.trim() !== '');
    const passed = parts.map(one);
    const first = passed[0];
    return first && passed.every((each) => each !== null) ? first : null;
  },
};
