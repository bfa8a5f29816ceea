import { createHash, randomBytes } from 'node:crypto';
import type { Persona } from '../model/session.js';
import { luhnDigit, residentIdCheck, vinCheck } from './checksum.js';

/**
 * A test person and device: every number passes its checksum, and each can be told from a real one at a glance. How, stands in
 * `GROUPS` and in the file that is written.
 */

interface Source {
  digits(count: number): string;
  hex(count: number): string;
  pick<T>(from: readonly T[]): T;
}

/** The same seed gives the same person: SHA-256 in counter mode, a byte a draw. */
function source(seed: string): Source {
  let counter = 0;
  let pool: Buffer = Buffer.alloc(0);
  const byte = (): number => {
    if (pool.length === 0) pool = createHash('sha256').update(`overreach persona ${counter++} ${seed}`).digest();
    const next = pool[0]!;
    pool = pool.subarray(1);
    return next;
  };
  const below = (bound: number): number => {
    // Draws that would favour small numbers are thrown away.
    for (;;) {
      const next = byte();
      if (next < 256 - (256 % bound)) return next % bound;
    }
  };
  const repeat = (count: number, draw: () => string) => Array.from({ length: count }, draw).join('');
  return {
    digits: (count) => repeat(count, () => String(below(10))),
    hex: (count) => repeat(count, () => below(16).toString(16)),
    pick: (from) => from[below(from.length)]!,
  };
}

interface Group {
  readonly note: { readonly zh: string; readonly en: string };
  readonly types: readonly string[];
}

/** How the values can be told from real ones; written into the file above them. */
const GROUPS: readonly Group[] = [
  {
    note: {
      zh: '人员。姓名为“范例”加干支；身份证号出生于 1901 至 1905 年；邮箱用保留域名 .example（RFC 2606）；QQ 号超出 32 位上限；银行卡以 620000 开头；手机号为 199 0000、198 0000 号段，仅供填写，请勿拨打或接收验证码，需要时换成测试卡的号码。',
      en: 'The person. The name reads "example"; the ID number was born in 1901 to 1905; the mail domain is reserved (RFC 2606); the QQ number exceeds 32 bits; the card begins with 620000; the phones are of 199 0000 and 198 0000: to be typed in, never called; put the number of a test SIM here where a code must arrive.',
    },
    types: [
      'real_name',
      'phone_number',
      'contact_phone',
      'id_number',
      'birth_date',
      'gender',
      'bank_card_number',
      'email',
      'wechat_id',
      'qq_id',
      'account_id',
      'nickname',
      'password',
    ],
  },
  {
    note: {
      zh: '地点与车辆。地址门牌为 0 号；坐标在罗布泊无人区；车牌与车架号仅用于测试。',
      en: 'Places and vehicle. House number 0; the coordinates lie in the uninhabited Lop Nur; plate and VIN are for tests only.',
    },
    types: ['postal_address', 'location_precise', 'license_plate', 'vin'],
  },
  {
    note: {
      zh: '设备。若测试机的真实标识可读，请替换为真实值，否则应用读到的标识不会被认出。MAC 取自文档保留段 00-00-5E-00-53（RFC 7042）。',
      en: 'The device. Put in what the test phone really has wherever you can read it; otherwise the identifiers that the app reads are not recognised. MAC addresses come from the block for documents, 00-00-5E-00-53 (RFC 7042).',
    },
    types: [
      'imei',
      'meid',
      'imsi',
      'iccid',
      'device_serial',
      'android_id',
      'oaid',
      'vaid_aaid',
      'gaid',
      'idfa',
      'idfv',
      'caid',
      'device_uuid',
      'mac_address',
      'bluetooth_mac',
      'bssid',
      'ssid',
    ],
  },
  {
    note: {
      zh: '标记文本。请放进测试机的剪贴板、短信、日历、搜索框等处；它们出现在流量里，就说明应用读取并发送了相应内容。',
      en: 'Marker texts. Put them into the clipboard, a text message, the calendar, the search box of the test phone: where they turn up in traffic, the app has read and sent them.',
    },
    types: ['clipboard', 'sms', 'calendar', 'contacts', 'chat_content', 'search_query'],
  },
];

const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];
const BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'];

/**
 * Makes a synthetic persona.
 * @param seed equal seeds give equal personas; without one it is random.
 */
export function makePersona(seed: string = randomBytes(16).toString('hex')): Persona {
  const draw = source(seed);
  const birth = `190${draw.pick(['1', '2', '3', '4', '5'])}-${draw.pick(['01', '03', '05', '07', '08', '10', '12'])}-${draw.pick(['11', '13', '17', '19', '23', '29'])}`;
  const male = draw.pick([true, false]);
  // GB 11643: the last of the three sequence digits is odd for men.
  const idBody = `110101${birth.replaceAll('-', '')}9${draw.digits(1)}${draw.pick(male ? ['1', '3', '5', '7', '9'] : ['2', '4', '6', '8'])}`;
  const imei = () => withLuhn(`86000000${draw.digits(6)}`);
  const uuid = (start: string) => `${start}-${draw.hex(4)}-4${draw.hex(3)}-8${draw.hex(3)}-${draw.hex(12)}`;
  const vin = `LTESTVEH0RZ${draw.digits(6)}`;
  const mac = documentMacs(draw);
  const short = draw.hex(8);
  const marker = (name: string) => `overreach-${name}-${draw.hex(10)}`;
  const values: Readonly<Record<string, string | readonly string[]>> = {
    real_name: `范例${draw.pick(STEMS)}${draw.pick(BRANCHES)}`,
    phone_number: `1990000${draw.digits(4)}`,
    contact_phone: `1980000${draw.digits(4)}`,
    id_number: idBody + residentIdCheck(idBody),
    birth_date: birth,
    gender: male ? '男' : '女',
    bank_card_number: withLuhn(`620000${draw.digits(12)}`),
    email: `test-${short}@overreach.example`,
    wechat_id: `wxid_test${draw.hex(10)}`,
    qq_id: `4999${draw.digits(6)}`,
    account_id: `overreach-test-${draw.hex(8)}`,
    nickname: `越界测试员${draw.hex(4)}`,
    password: `Overreach-${draw.hex(8)}`,
    postal_address: `北京市东城区越界测试路0号范例大厦${draw.digits(4)}室`,
    location_precise: `40.${draw.digits(6)},90.${draw.digits(6)}`,
    license_plate: `京A0T0T${draw.digits(1)}`,
    vin: `${vin.slice(0, 8)}${vinCheck(vin)}${vin.slice(9)}`,
    imei: [imei(), imei()],
    meid: `A0000000${draw.hex(6).toUpperCase()}`,
    imsi: `46000000${draw.digits(7)}`,
    iccid: withLuhn(`8986000000${draw.digits(9)}`),
    device_serial: `OVRTEST${draw.hex(9).toUpperCase()}`,
    android_id: `feedc0de${draw.hex(8)}`,
    oaid: uuid('feedface'),
    vaid_aaid: uuid('feedfade'),
    gaid: uuid('feedbeef'),
    idfa: uuid('FEEDFACE').toUpperCase(),
    idfv: uuid('FEEDBEEF').toUpperCase(),
    caid: `feedca1d${draw.hex(24)}`,
    device_uuid: uuid('feed0000'),
    mac_address: mac[0]!,
    bluetooth_mac: mac[1]!,
    bssid: mac[2]!,
    ssid: `Overreach-Test-${draw.hex(6)}`,
    clipboard: marker('clipboard'),
    sms: marker('sms'),
    calendar: marker('calendar'),
    contacts: marker('contact'),
    chat_content: marker('chat'),
    search_query: marker('search'),
  };
  const listed = Object.entries(values).map(([type, value]) => [type, typeof value === 'string' ? [value] : value] as const);
  return { values: Object.fromEntries(listed), salts: [], keys: [] };
}

function withLuhn(digits: string): string {
  return digits + luhnDigit(digits);
}

/** Three different addresses of 00-00-5E-00-53-00 to -FF. */
function documentMacs(draw: Source): readonly string[] {
  const last = new Set<string>();
  while (last.size < 3) last.add(draw.hex(2));
  return [...last].map((byte) => `00:00:5e:00:53:${byte}`);
}

/** The persona as a file that `parsePersona` reads, with a word on each group of values. */
export function writePersonaYaml(persona: Persona): string {
  const lines = [
    '# Overreach 测试人物：个人信息类型 → 值。以下均为合成数据。',
    '# Overreach persona: data type id to value. Everything here is synthetic.',
    '# 请在被测应用里填写这些值，或换成测试账号与测试机的真实值；每一项都可以写成列表。',
    '# Type these values into the app under test, or put the real ones of test account and test phone here; each may be a list.',
  ];
  const left = new Set(Object.keys(persona.values));
  for (const { note, types } of GROUPS) {
    const present = types.filter((type) => left.delete(type));
    if (present.length === 0) continue;
    lines.push('', `# ${note.zh}`, `# ${note.en}`, ...present.map((type) => entry(type, persona.values[type]!)));
  }
  if (left.size > 0) lines.push('', ...[...left].map((type) => entry(type, persona.values[type]!)));
  lines.push(
    '',
    '# 已知的盐（app id、包名等），用于识别加盐摘要。Strings the app is known to mix into digests (app id, package name, ...).',
    entry('salts', persona.salts),
    '# 应用自有加密的密钥，由拥有该应用的测试方提供。How the app under test encrypts, told by the tester who owns it.',
    '# - { algorithm: aes-128-cbc, key: "...", iv: "...", encoding: hex, where: api.example.com }',
  );
  if (persona.keys.length === 0) lines.push('keys: []');
  else {
    lines.push('keys:');
    for (const { algorithm, key, iv, encoding, where } of persona.keys)
      lines.push(
        `  - { algorithm: ${quoted(algorithm)}, key: ${quoted(key)}, iv: ${quotedOrNull(iv)}, encoding: ${encoding}, where: ${quotedOrNull(where)} }`,
      );
  }
  return `${lines.join('\n')}\n`;
}

function entry(type: string, values: readonly string[]): string {
  return `${type}: ${values.length === 1 && type !== 'salts' ? quoted(values[0]!) : `[${values.map(quoted).join(', ')}]`}`;
}

/** A JSON string is a YAML double-quoted scalar; line separators must be escaped besides. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function quotedOrNull(text: string | null): string {
  return text === null ? 'null' : quoted(text);
}
