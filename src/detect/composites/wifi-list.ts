import { limits } from '../../limits.js';
import type { Field } from '../../model/field.js';
import type { TraceLine } from '../../model/finding.js';
import { asClue, readAsOne, readTogether } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { leafName, leafPhrase, phraseOf } from '../keys.js';
import { validator as mac } from '../validators/mac.js';

/** Two or more routers' addresses at once: the neighbourhood of the phone, from which its position can be worked out. */
const ENOUGH = 2;
const MACS = /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:])/gi;
/** An address and how strong it is received, in dBm: `3c:cd:…,-55,Cafe`, `3CCD…:-55`. What is so received is another's, and needs no signs between its digits. */
const RECEIVED = /(?<![0-9a-f:-])([0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{12})[,:;@#_ ]-(?:[2-9]\d|1[01]\d)(?!\d)/gi;
const WIFI =
  /(?:wifi|wifis|wifi ?list|wlans?|wifi ?networks?|wifi ?access ?points?|access ?points|scan|scan ?results?|\baps|wifi ?aps|ap ?list|bssid|hotspots?|neighbors?|mmac|macs|macsae|wifi ?mac)$/;
const LIST = /(?:wifi ?list|wifi ?networks|wifi ?access ?points|access ?points|macs)$/;
/** Radios that are received too, and are no Wi-Fi. */
const OTHER_RADIO = /\b(?:bt|ble|blue|blue ?tooths?|bluetooth\w*|beacons?|ibeacons?|zigbee|mesh)\b/;
/** Address, name, signal, frequency, security, time and a flag; what holds more describes more than a router. */
const MOST_OF_ROUTER = 7;
const DEVICES = /(?:^| )(?:devices?|peripherals?)(?: ?(?:list|infos?|data))?$/;
const OF_WIFI = /ssid|freq|channel|capabilit|wifi|wlan/;
const DBM = /^-(?:[2-9]\d|1[01]\d)$/;
const OWN = /^mac(?:addr(?:ess)?)?$/;
const SIGNAL = /(?:ssid|rssi|level|signal|signalstrength|strength|dbm|powrx|frequency|freq)$/;
/** What carriers of China call their hotspots, and makers their routers out of the box. */
const HOTSPOT =
  /^(?:CMCC|ChinaNet|ChinaUnicom|aWiFi|CU|TP-LINK|MERCURY|FAST|Tenda|Xiaomi|HUAWEI|H3C|NETGEAR|dlink|D-Link)(?:$|[-_][\w-]{2,20}$)/;
const NAME = /^(?:name|ssid|wifiname|apname)$/;
/** Addresses of a list that are shown. */
const SHOWN = 20;
/** The longest name of a router is 32 bytes (IEEE 802.11-2020 9.4.2.2); with its address and a signal this is one of them. */
const LONGEST_ONE = 80;
/** An address, a bracket and the shortest name: an address alone may be one of the phone's own (`wifiMacs: ['3c:cd:…']`). */
const SHORTEST_NAMED = 20;
/** Twelve digits, a sign and a signal. */
const SHORTEST = 16;

export const composite: Composite = {
  named: (keys) => WIFI.test(leafPhrase(keys)),
  triggers: ({ kind, value, path }, named) =>
    (passes(value) && path.includes('[')) || (named && kind === 'string' && value.length >= SHORTEST),
  find(scope) {
    return [
      ...scope.lists.flatMap((list) => fromList(scope, list)),
      ...scope.decoded.fields.flatMap((field) => fromText(scope, field)),
      ...[...scope.groups.values()].flatMap((fields) => ownBeside(scope, fields)),
    ];
  },
};

function fromList(scope: CompositeScope, { keys, path, elements }: FieldList): CompositeFinding[] {
  if (isOtherRadio(keys)) return [];
  const isHotspots =
    elements.filter((element) => element.some(({ keys: own, value }) => NAME.test(leafName(own)) && HOTSPOT.test(value))).length >= ENOUGH;
  const routers = elements.flatMap((element): Router[] => {
    const address = element.find((field) => passes(field.value));
    if (address === undefined) return [];
    const signal = element.some((field) => field.group === address.group && SIGNAL.test(leafName(field.keys)));
    const name = element.find(
      (field) => field.value !== '' && (isHotspots ? NAME : /ssid$/).test(leafName(field.keys)) && !passes(field.value),
    );
    return signal || isHotspots || WIFI.test(leafPhrase(keys)) ? [{ address, name: name?.value ?? '' }] : [];
  });
  const first = routers[0]?.address;
  if (first === undefined) return [];
  // One that is received is a router as well, and no list.
  const addresses = routers.map(({ address }) => address.value);
  // A batch of events repeats one address, which may be the phone's.
  if (new Set(addresses).size < ENOUGH)
    return elements.length === 1 && isReceived(elements, first) ? [single(scope, first, 'bssid', receivedLine)] : [];
  const absorbs = elements.flatMap((element) => element.map((field) => field.path));
  const found = finding(scope, first, path, addresses, absorbs, routers.slice(0, SHOWN).map(shown).join(','));
  return [isOfDevices(keys, elements) ? { ...found, candidate: asClue(found.candidate, devicesLine) } : found];
}

/** `devices: [{ name, mac, rssi }]`: what is near by Bluetooth is written so as well; a Wi-Fi tells its network, its channel or what it can do. */
function isOfDevices(keys: readonly string[], elements: FieldList['elements']): boolean {
  if (!DEVICES.test(leafPhrase(keys))) return false;
  return !elements.some((element) => element.some((field) => OF_WIFI.test(leafName(field.keys))));
}

/** Whether a signal in dBm stands beside an address: nobody receives himself. */
function isReceived([element = []]: FieldList['elements'], { group: own }: Field): boolean {
  if (element.length > MOST_OF_ROUTER || element.some(({ group }) => group !== own)) return false;
  return element.some(({ keys, value }) => SIGNAL.test(leafName(keys)) && DBM.test(value));
}

/** `{ bssid, mac }` of a Wi-Fi: where the router has a name of its own, the other address is the phone's (Android `WifiInfo.getMacAddress`). */
function ownBeside(scope: CompositeScope, fields: readonly Field[]): CompositeFinding[] {
  const router = fields.find(({ keys, value }) => /bssid$/.test(leafName(keys)) && passes(value));
  if (router === undefined) return [];
  const own = fields.filter(({ keys, value }) => OWN.test(leafName(keys)) && passes(value) && !isSame(value, router.value));
  return own.flatMap((field) =>
    scope.candidates.some(({ evidence }) => evidence.path === field.path && evidence.dataType === 'bssid')
      ? [single(scope, field, 'mac_address', besideLine)]
      : [],
  );
}

function isSame(one: string, other: string): boolean {
  return mac.check(one)?.normalised === mac.check(other)?.normalised;
}

function single({ decoded }: CompositeScope, field: Field, dataType: string, line: TraceLine): CompositeFinding {
  const candidate = readAsOne(decoded, field, { dataType, grade: 'strong', value: field.value, trace: [line], passRate: 1e-6 });
  return { candidate, absorbs: [field.path] };
}

interface Router {
  readonly address: Field;
  readonly name: string;
}

function shown({ address, name }: Router): string {
  return name === '' ? address.value : `${address.value} ${name}`;
}

function fromText(scope: CompositeScope, field: Field): CompositeFinding[] {
  const name = leafPhrase(field.keys);
  if (field.kind !== 'string' || field.opened || field.value.length < SHORTEST || !WIFI.test(name) || isOtherRadio(field.keys)) return [];
  const text = field.value.slice(0, limits.fieldText);
  const received = [...text.matchAll(RECEIVED)].flatMap(({ 1: address = '', index }) => (isAddress(address) ? [{ address, index }] : []));
  const addresses = [...new Set([...(text.match(MACS) ?? []).filter(passes), ...received.map(({ address }) => address)])];
  const only = addresses.length === 1 ? received[0] : undefined;
  // One router with its name or its signal, where the field itself is called a list: `[Home-3c:cd:5d:12:34:58]`.
  if (addresses.length >= ENOUGH || (addresses.length === 1 && LIST.test(name) && (only !== undefined || text.length >= SHORTEST_NAMED)))
    return [finding(scope, field, field.path, addresses, [field.path], field.value)];
  if (only === undefined || text.length > LONGEST_ONE) return [];
  return [{ candidate: readTogether(scope.decoded, field, 'bssid', receivedLine, { text: only.address, start: only.index }), absorbs: [] }];
}

function isOtherRadio(keys: readonly string[]): boolean {
  return keys.some((key) => OTHER_RADIO.test(phraseOf(key)));
}

/** Whether twelve digits may be a router's: for a text that says how strong it is received. */
function isAddress(text: string): boolean {
  return mac.check(text)?.placeholder === false;
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
  value: string,
): CompositeFinding {
  const candidate = readAsOne(decoded, at, {
    dataType: 'wifi_list',
    grade: 'strong',
    value,
    path,
    trace: [{ rule: 'router-list', text: { zh: `${addresses.length} 个路由器地址`, en: `${addresses.length} router addresses` } }],
    passRate: 1e-6,
  });
  return { candidate, absorbs };
}

const devicesLine = {
  rule: 'devices-near',
  text: {
    zh: '列表名为设备，没有任何 Wi-Fi 的特征：可能是附近的蓝牙设备',
    en: 'the list is called one of devices and nothing in it is a Wi-Fi’s: these may be near by Bluetooth',
  },
} as const;

const receivedLine = {
  rule: 'router-received',
  text: {
    zh: '地址之后是以 dBm 计的接收强度：是收到的路由器，不是本机',
    en: 'an address and its signal in dBm: a router that is received, not the device',
  },
} as const;

const besideLine = {
  rule: 'own-beside-router',
  text: {
    zh: '同一对象中另有路由器地址，此为本机地址',
    en: 'the router’s address stands beside it under its own name: this is the device’s',
  },
} as const;
