import { parse } from 'tldts';
import { UsageError } from '../errors.js';
import type { CountryTable, Party } from '../model/party.js';
import type { PartyRule } from '../model/rulebook.js';
export type PartyResolver = (host: string) => Party;

/**
 * Who stands behind a host name. The longest suffix wins; the app's own domains win over every rule. What is neither stays
 * unknown (`firstParty: null`): an unknown host is never accused of being a third party.
 * @param countries where the address of a host is registered, if somebody knows.
 */
export function createPartyResolver(
  rules: readonly PartyRule[],
  firstPartyDomains: readonly string[],
  countries: CountryTable | null = null,
): PartyResolver {
  const bySuffix = new Map(rules.map((rule) => [rule.suffix, rule]));
  const own = new Set(firstPartyDomains.flatMap((domain) => ownDomain(domain) ?? []));
  const known = new Map<string, Party>();
  return (host) => {
    const before = known.get(host);
    if (before !== undefined) return before;
    const party = resolve(host, bySuffix, own, countries);
    known.set(host, party);
    return party;
  };
}

function resolve(raw: string, rules: ReadonlyMap<string, PartyRule>, own: ReadonlySet<string>, countries: CountryTable | null): Party {
  const host = canonical(raw);
  const parsed = parse(host, { allowPrivateDomains: false, validateHostname: false });
  const isAddress = parsed.isIp === true;
  const registrableDomain = isAddress ? null : parsed.domain;
  const suffixes = isAddress ? [host] : suffixesOf(host);
  const rule = suffixes.map((suffix) => rules.get(suffix)).find((found) => found !== undefined) ?? null;
  const domain = suffixes.find((suffix) => own.has(suffix)) ?? null;
  const country = countries?.countryOf(raw) ?? null;
  const asOf = country === null ? null : (countries?.asOf ?? null);
  const common = {
    host: raw,
    registrableDomain,
    country,
    ...(asOf === null ? {} : { countryAsOf: asOf }),
    company: rule?.company ?? null,
  };
  if (domain !== null)
    return {
      ...common,
      sdk: null,
      purpose: 'first_party',
      firstParty: true,
      reason: { zh: `属于测试者给出的自有域名 ${domain}。`, en: `Belongs to ${domain}, which the tester named as the app's own.` },
    };
  if (rule !== null)
    return {
      ...common,
      sdk: rule.sdk,
      purpose: rule.purpose,
      firstParty: false,
      reason: {
        zh: `规则把 ${rule.suffix} 登记为${rule.company.zh}${rule.sdk === null ? '' : `（${rule.sdk}）`}的域名；依据：${rule.reason}`,
        en: `The rules list ${rule.suffix} as a domain of ${rule.company.en}${rule.sdk === null ? '' : ` (${rule.sdk})`}; because: ${rule.reason}`,
      },
    };
  return {
    ...common,
    sdk: null,
    purpose: null,
    firstParty: null,
    reason: unknownReason(host, isAddress, own.size > 0),
  };
}

/** Loopback, RFC 1918, RFC 3927, RFC 4193. */
const PRIVATE = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/;

function unknownReason(host: string, isAddress: boolean, told: boolean): Party['reason'] {
  if (host === 'localhost' || host.endsWith('.localhost') || (isAddress && PRIVATE.test(host)))
    return { zh: '本机或内网地址，归属未知。', en: 'A loopback or private address; whose it is is not known.' };
  if (isAddress) return { zh: '直接使用 IP 地址，归属未知。', en: 'An IP address without a name; whose it is is not known.' };
  return told
    ? {
        zh: '不在测试者给出的自有域名内，规则也没有登记，归属未知。',
        en: 'Not among the domains the tester named, and not in the rules; whose it is is not known.',
      }
    : {
        zh: '规则没有登记，也没有给出自有域名，归属未知。',
        en: "Not in the rules, and no domains of the app's own were named; whose it is is not known.",
      };
}

/**
 * A domain of the app's own as the receivers are held against it: also of an address as people copy it, and of a name in Chinese.
 * @returns null for what is no name, or one that everybody's domains end in (`com.cn`): it would make all receivers the operator's.
 */
export function ownDomain(text: string): string | null {
  const name = canonical(
    text
      .trim()
      .replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?/i, '')
      .replace(/[/?#].*$/s, ''),
  );
  const ascii = name.includes(':') ? name : URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : '';
  const { publicSuffix, isIcann, isIp } = parse(ascii, { validateHostname: false });
  if (!/^[a-z0-9_.:-]+$/.test(ascii) || (isIp !== true && isIcann === true && publicSuffix === ascii)) return null;
  return ascii;
}

/** @throws UsageError `OVR_OWN_DOMAIN` for the first that is none: passed over in silence, it would judge the operator as a stranger, or everybody as the operator. */
export function demandOwnDomains(domains: readonly string[]): void {
  const wrong = domains.find((domain) => ownDomain(domain) === null);
  if (wrong !== undefined)
    throw new UsageError('OVR_OWN_DOMAIN', `"${wrong}" is no domain of the app's own.`, {
      next: 'Write the registered name, such as example.com or example.com.cn; what lies below it belongs to it.',
    });
}

/** Lower case, without brackets, final dot, leading dot or star, port. */
function canonical(host: string): string {
  const text = host.trim().toLowerCase();
  const bracket = /^\[([^\]]+)\](?::\d+)?$/.exec(text);
  if (bracket !== null) return bracket[1] ?? '';
  const name = text.replace(/^(?:\*\.|\.)/, '').replace(/\.$/, '');
  return /^[^:]*:\d+$/.test(name) ? name.replace(/:\d+$/, '') : name;
}

/** Longest first: `a.b.com`, `b.com`, `com`. */
function suffixesOf(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
