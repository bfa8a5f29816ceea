import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName, tokensOf } from '../keys.js';
import { validator as mac } from '../validators/mac.js';

/** Two or more routers' addresses at once: the neighbourhood of the phone, from which its position can be worked out. */
const ENOUGH = 2;
const MACS = /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:])/gi;
const WIFI = /(?:wifi|wifis|wifi ?list|scan|scan ?results?|aps|ap ?list|bssid|hotspots?|neighbors?|mmac|macs|macsae|wifi ?mac)$/;
const LIST = /wifi ?list$/;
/** An address, a bracket and the shortest name. */
const SHORTEST = 20;

export const composite: Composite = {
  named: (keys) => WIFI.test(nameOf(keys)),
  stirs: ({ kind, value, path }, named) =>
    (passes(value) && path.includes('[')) || (named && kind === 'string' && value.length >= SHORTEST),
  find(scope) {
    if (!scope.types.has('wifi_list')) return [];
    const found: CompositeFinding[] = [];
    for (const list of scope.lists) {
      const routers = list.elements.flatMap((element) => {
        const address = element.find((field) => passes(field.value));
        if (address === undefined) return [];
        const signal = element.some((field) => /(?:ssid|rssi|level|signal|frequency|freq)$/.test(leafName(field.keys)));
        return signal || WIFI.test(nameOf(list.keys)) ? [address] : [];
      });
      const first = routers[0];
      if (first === undefined || routers.length < ENOUGH) continue;
      found.push(
        finding(
          scope,
          first,
          list.path,
          routers.map((field) => field.value),
          list.elements.flatMap((element) => element.map((field) => field.path)),
        ),
      );
    }
    for (const field of scope.decoded.fields) {
      if (field.kind !== 'string' || field.opened || field.value.length < SHORTEST || !WIFI.test(nameOf(field.keys))) continue;
      const addresses = [...new Set((field.value.slice(0, limits.fieldText).match(MACS) ?? []).filter(passes))];
      // One router with its name, where the field itself is called a list: `[Home-3c:cd:5d:12:34:58]`.
      if (addresses.length >= ENOUGH || (addresses.length === 1 && LIST.test(nameOf(field.keys))))
        found.push(finding(scope, field, field.path, addresses, [field.path]));
    }
    return found;
  },
};

function nameOf(keys: readonly string[]): string {
  return tokensOf(keys[keys.length - 1] ?? '').join(' ');
}

function passes(value: string): boolean {
  // Every field of every list comes here, and few are as long as an address.
  if (value.length < 12 || value.length > 32) return false;
  // Only an address with its separators counts: they stand after two or four digits.
  const first = value.charCodeAt(0);
  if (first > 0x20 && first < 0x80 && value[2] !== ':' && value[2] !== '-' && value[4] !== '.') return false;
  const passed = mac.check(value);
  return passed !== null && !passed.placeholder && passed.passRate < 1e-3;
}

function finding(
  { decoded }: CompositeScope,
  at: Field,
  path: string,
  addresses: readonly string[],
  absorbs: readonly string[],
): CompositeFinding {
  const candidate = readAsOne(decoded, at, {
    dataType: 'wifi_list',
    grade: 'strong',
    value: addresses.slice(0, 20).join(','),
    path,
    trace: [{ rule: 'router-list', text: { zh: `${addresses.length} 个路由器地址`, en: `${addresses.length} router addresses` } }],
    passRate: 1e-6,
  });
  return { candidate, absorbs };
}
