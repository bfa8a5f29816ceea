/**
 * One synthetic audit that every output is made from: a ride-hailing app with advertising, push, statistics, map and payment
 * receivers, a mini program, hosts that could not be read, and captured strings that attack whoever prints them.
 */

import { stepWords } from '../../src/decode/step-words.js';
import type { Finding, Grade, Issue, Occurrence, VerdictName } from '../../src/model/finding.js';
import type { Party } from '../../src/model/party.js';
import type { AuditRecord } from '../../src/model/report.js';
import type { Category, Check, DataType, Pack, Rulebook } from '../../src/model/rulebook.js';
import type { Connection, Session } from '../../src/model/session.js';
import type { Bilingual } from '../../src/model/text.js';

const START = Date.UTC(2026, 10, 21, 2, 0, 0);

/** Values that must not appear in any output that hides values. */
export const PLANTED = {
  phone: '13900000000',
  imei: '860000000000017',
  oaid: '7f3a1c5e-0d2b-4e6f-8a9b-0c1d2e3f4a5b',
  location: '31.2304,121.4737',
  name: '测试员甲',
  card: '6200000000000000005',
  contact: 'lisi@example.test',
} as const;

export const HOSTILE = {
  host: 'xn--evil.example.test',
  key: '</script><img src=x onerror=alert(1)>',
  value: '=HYPERLINK("https://evil.example.test","x")',
  scene: '启动 <b>\u202egnp.exe\u0007',
} as const;

function text(zh: string, en: string): Bilingual {
  return { zh, en };
}

function dataType(id: string, name: Bilingual, family: string, change: Partial<DataType> = {}): DataType {
  return {
    id,
    name,
    family,
    gbt35273: text('个人常用设备信息', 'Commonly used device information'),
    sensitive: { pipl28: 'no', gbt35273B: false, gbt45574: 'no' },
    obtainedBy: 'device',
    identifier: null,
    technical: false,
    mask: { start: 3, end: 2 },
    detectable: 'detectors',
    detect: { keys: [id], weakKeys: [], contextKeys: [], notKeys: [], shape: null, validator: null, withKey: null, withoutKey: null },
    match: [],
    noMatch: [],
    note: null,
    ...change,
  };
}

const SENSITIVE: DataType['sensitive'] = { pipl28: 'yes', gbt35273B: true, gbt45574: 'yes' };
const DATA_TYPES: readonly DataType[] = [
  dataType('phone_number', text('手机号码', 'Mobile phone number'), 'phone', { gbt35273: text('个人基本资料', 'Basic personal data') }),
  dataType('imei', text('IMEI', 'IMEI'), 'device_id', { identifier: 'immutable' }),
  dataType('oaid', text('开放匿名设备标识符 OAID', 'OAID'), 'device_id', { identifier: 'resettable' }),
  dataType('location_precise', text('精确位置信息', 'Precise location'), 'location', {
    sensitive: SENSITIVE,
    gbt35273: text('个人位置信息', 'Location'),
  }),
  dataType('payment_info', text('支付信息', 'Payment information'), 'payment', { gbt35273: text('个人财产信息', 'Property') }),
  dataType('bank_card', text('银行卡号码', 'Bank card number'), 'payment', { sensitive: SENSITIVE }),
  dataType('contact_list', text('通讯录', 'Contact list'), 'contacts', { sensitive: { ...SENSITIVE, pipl28: 'context' } }),
  dataType('installed_apps', text('已安装应用列表', 'Installed apps'), 'device_usage'),
  dataType('device_model', text('设备型号', 'Device model'), 'technical', { technical: true }),
  dataType('opaque', text('无法解读的数据', 'Payload that could not be read'), 'opaque'),
  dataType('email', text('电子邮箱地址', 'E-mail address'), 'account'),
];

function check(id: string, name: Bilingual, severity: Check['severity'], clause: string, clauseText: Bilingual, advice: Bilingual): Check {
  return {
    id,
    name,
    severity,
    clause,
    clauseText,
    advice,
    fineWhen: text('传输前已取得用户单独同意', 'When the user gave separate consent before'),
    settings: {},
  };
}

const CHECKS: readonly Check[] = [
  check(
    'before_consent',
    text('同意前收集', 'Collected before consent'),
    'high',
    '191号 三(1)',
    text('征得用户同意前就开始收集个人信息或打开可收集个人信息的权限', 'Collecting, or opening permissions, before consent'),
    text('将 SDK 初始化移到用户同意隐私政策之后。', 'Start the SDK only after the user has agreed to the privacy policy.'),
  ),
  check(
    'third_party',
    text('向第三方提供', 'Given to a third party'),
    'medium',
    '191号 五(1)',
    text(
      '既未经用户同意，也未做匿名化处理，App客户端直接向第三方提供个人信息',
      'The app gives personal information directly to third parties without consent or anonymisation',
    ),
    text(
      '关闭该 SDK 的此项采集，或在隐私政策中列明并取得同意。',
      'Switch this collection off in the SDK, or declare it and obtain consent.',
    ),
  ),
  check(
    'immutable_id_to_third_party',
    text('不可变更标识提供给第三方', 'Immutable identifier to a third party'),
    'high',
    'GB/T 35273-2020 5.1',
    text('收集个人信息的最小必要', 'Minimal necessary collection'),
    text('改用 OAID 等可重置标识。', 'Use a resettable identifier such as OAID.'),
  ),
  check(
    'cleartext',
    text('明文传输', 'Sent in clear'),
    'medium',
    'GB/T 35273-2020 6.3',
    text('传输个人敏感信息应采用加密等安全措施', 'Encrypt sensitive personal information in transit'),
    text('改用 HTTPS。', 'Use HTTPS.'),
  ),
];

const CATEGORIES: readonly Category[] = [
  {
    id: 'ride_hailing',
    no: 2,
    name: text('网络约车类', 'Online ride-hailing'),
    basicFunction: text('网络预约出租汽车服务、巡游出租汽车电召服务', 'Online-booked taxi services and e-hailing of cruising taxis'),
    noPersonalInfoNeeded: false,
    items: [
      item('注册用户移动电话号码', "Registered user's mobile phone number", ['phone_number']),
      item(
        '乘车人出发地、到达地、位置信息、行踪轨迹',
        "Passenger's place of departure, place of arrival, location information and movement track",
        ['location_precise'],
      ),
      {
        ...item(
          '支付时间、支付金额、支付渠道等支付信息（网络预约出租汽车服务）',
          'Payment information such as time, amount and channel (online-booked taxi services)',
          ['payment_info'],
        ),
        condition: { id: 'ride_hailing.online_booked', text: text('仅限网络预约出租汽车服务', 'Only for online-booked taxi services') },
      },
    ],
  },
  {
    id: 'utility',
    no: 39,
    name: text('实用工具类', 'Utilities'),
    basicFunction: text('实用工具', 'Utilities'),
    noPersonalInfoNeeded: true,
    items: [],
  },
];

function item(zh: string, en: string, fields: readonly string[]): NonNullable<Category['items']>[number] {
  return { text: text(zh, en), fields, condition: null, fieldConditions: {}, subject: 'registered_user', source: 'user', anyOf: false };
}

const PACK: Pack = {
  id: 'cn-2021',
  version: '1.0.0',
  title: text(
    '常见类型移动互联网应用程序必要个人信息范围规定',
    'Provisions on the Scope of Necessary Personal Information for Common Types of Mobile Internet Applications',
  ),
  documentNumber: '国信办秘字〔2021〕14号',
  issuers: [
    text('国家互联网信息办公室秘书局', 'Secretariat, Cyberspace Administration of China'),
    text('工业和信息化部办公厅', 'General Office, Ministry of Industry and Information Technology'),
    text('公安部办公厅', 'General Office, Ministry of Public Security'),
    text('国家市场监督管理总局办公厅', 'General Office, State Administration for Market Regulation'),
  ],
  dated: '2021-03-12',
  published: '2021-03-22',
  effective: '2021-05-01',
  url: 'http://www.cac.gov.cn/2021-03/22/c_1617990997054277.htm',
  articles: [
    {
      no: 3,
      text: text(
        '本规定所称必要个人信息，是指保障App基本功能服务正常运行所必需的个人信息，缺少该信息App即无法实现基本功能服务。具体是指消费侧用户个人信息，不包括服务供给侧用户个人信息。',
        'Necessary personal information means the personal information indispensable for the normal operation of an App’s basic functional service, without which the App cannot deliver that service. It refers to the personal information of consumer-side users and excludes that of supply-side users.',
      ),
    },
    {
      no: 4,
      text: text(
        'App不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。',
        'An App shall not refuse a user its basic functional service because the user does not agree to provide non-necessary personal information.',
      ),
    },
  ],
  categories: CATEGORIES,
};

const RULEBOOK: Rulebook = {
  pack: PACK,
  sha256: '0123456789abcdef'.repeat(4),
  dataTypes: DATA_TYPES,
  families: [
    { id: 'phone', name: text('电话号码', 'Phone numbers') },
    { id: 'device_id', name: text('设备标识', 'Device identifiers') },
    { id: 'location', name: text('位置', 'Location') },
    { id: 'payment', name: text('支付与财产', 'Payment and property') },
    { id: 'contacts', name: text('联系人', 'Contacts') },
  ],
  checks: CHECKS,
  parties: [],
};

function party(host: string, change: Partial<Party> = {}): Party {
  return {
    host,
    registrableDomain: host.split('.').slice(-2).join('.'),
    company: null,
    sdk: null,
    purpose: null,
    firstParty: false,
    country: 'CN',
    reason: text('按域名后缀识别', 'Known by its domain suffix'),
    ...change,
  };
}

const PARTIES = {
  api: party('api.chuxing.test', {
    company: text('出行示例公司', 'Example Mobility'),
    purpose: 'first_party',
    firstParty: true,
    reason: text('测试者声明的自有域名', 'Declared as its own by the tester'),
  }),
  ads: party('track.adnet.example.test', { company: text('示例广告公司', 'Example Ads'), sdk: 'AdNet SDK', purpose: 'ads' }),
  push: party('push.msg.example.test', { company: text('示例推送公司', 'Example Push'), sdk: 'PushOne', purpose: 'push' }),
  stat: party('stat.insight.example.test', {
    company: text('示例统计公司', 'Example Insight'),
    sdk: 'Insight SDK',
    purpose: 'analytics',
    country: 'US',
  }),
  map: party('loc.map.example.test', { company: text('示例地图公司', 'Example Maps'), sdk: 'Map SDK', purpose: 'map' }),
  evil: party(HOSTILE.host, { registrableDomain: null, firstParty: null, country: null, reason: text('未知接收方', 'Unknown receiver') }),
};

interface Piece {
  readonly exchange: number;
  readonly value: string;
  readonly masked: string;
  readonly path: string;
  readonly url?: string;
  readonly steps?: readonly string[];
  readonly scene?: string | null;
  readonly form?: string | null;
  readonly detector?: string;
  readonly secure?: boolean;
}

const occurrences = new Map<string, Occurrence[]>();
const findings: Finding[] = [];

function issue(id: string): Issue {
  const found = CHECKS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(id);
  return { check: id, severity: found.severity, clause: found.clause, text: found.name };
}

function add(
  id: string,
  dataTypeId: string,
  receiver: Party,
  verdict: VerdictName,
  grade: Grade,
  reason: Finding['reason'],
  issues: readonly string[],
  pieces: readonly Piece[],
  change: Partial<Finding> = {},
): void {
  const list = pieces.map(
    (piece): Occurrence => ({
      dataType: dataTypeId,
      grade,
      detector: piece.detector ?? (grade === 'confirmed' ? 'known-value' : grade === 'opaque' ? 'opaque' : 'pattern'),
      form: piece.form === undefined ? 'plain' : piece.form,
      direction: 'request',
      message: null,
      part: piece.path.startsWith('query') ? 'query' : piece.path.startsWith('url') ? 'url' : 'body',
      path: piece.path,
      steps: piece.steps ?? ['json'],
      value: piece.value,
      span: null,
      placeholder: change.placeholder ?? false,
      trace: [
        {
          rule: 'known-value',
          text: text(`与测试者登记的值一致（${piece.value}）`, `Equals the value the tester entered (${piece.value})`),
        },
      ],
      exchange: piece.exchange,
      at: START + piece.exchange * 1_500,
      url: piece.url ?? `https://${receiver.host}/v2/collect?sid=${PLANTED.phone}&v=3`,
      method: 'POST',
      host: receiver.host,
      secure: piece.secure ?? true,
      app: 'main',
      scene: piece.scene === undefined ? 'login' : piece.scene,
      masked: piece.masked,
      tag: `t${id}`,
    }),
  );
  occurrences.set(id, list);
  findings.push({
    id,
    app: 'main',
    dataType: dataTypeId,
    family: DATA_TYPES.find((type) => type.id === dataTypeId)?.family ?? dataTypeId,
    grade,
    placeholder: false,
    verdict,
    reason,
    issues: issues.map(issue),
    party: receiver,
    count: list.length,
    firstSeen: list[0]?.at ?? START,
    lastSeen: list.at(-1)?.at ?? START,
    ...change,
  });
}

const NOT_LISTED = { zh: '不在“网络约车类”必要个人信息清单内', en: 'Not on the list for "Online ride-hailing"', article: '4, 5(2)' };
const LISTED = { zh: '属于“网络约车类”必要个人信息', en: 'On the list for "Online ride-hailing"', article: '5(2)' };

add(
  'f-imei-ads',
  'imei',
  PARTIES.ads,
  'beyond_necessary',
  'confirmed',
  NOT_LISTED,
  ['before_consent', 'immutable_id_to_third_party', 'third_party'],
  [
    { exchange: 1, value: PLANTED.imei, masked: '860**********17', path: 'body.$.device.imei', scene: 'launch' },
    {
      exchange: 4,
      value: PLANTED.imei,
      masked: '860**********17',
      path: 'query.imei',
      url: `https://track.adnet.example.test/i/${PLANTED.imei}/hit?imei=${PLANTED.imei}&os=android`,
    },
    {
      exchange: 9,
      value: 'ODYwMDAwMDAwMDAwMDE3',
      masked: 'ODY…zE3',
      path: 'body.$.data|base64|gzip|json$.imei',
      steps: ['json', 'base64', 'gzip', 'json'],
      form: 'base64',
      scene: 'order',
    },
  ],
);
add(
  'f-imei-stat',
  'imei',
  PARTIES.stat,
  'beyond_necessary',
  'confirmed',
  NOT_LISTED,
  ['third_party'],
  [{ exchange: 2, value: PLANTED.imei, masked: '860**********17', path: 'body.form.uid', steps: ['form'], scene: null }],
);
add(
  'f-oaid-push',
  'oaid',
  PARTIES.push,
  'beyond_necessary',
  'strong',
  NOT_LISTED,
  ['third_party'],
  [{ exchange: 3, value: PLANTED.oaid, masked: '7f3********5b', path: 'body.$.oaid' }],
);
add(
  'f-contacts',
  'contact_list',
  PARTIES.api,
  'beyond_necessary',
  'strong',
  NOT_LISTED,
  [],
  [
    {
      exchange: 8,
      value: PLANTED.contact,
      masked: 'l***@example.test',
      path: `body.$["${HOSTILE.key}"][0]["${PLANTED.contact}"]`,
      detector: 'composite',
      scene: 'order',
    },
  ],
);
add(
  'f-phone-clear',
  'phone_number',
  PARTIES.evil,
  'beyond_necessary',
  'confirmed',
  NOT_LISTED,
  ['cleartext', 'third_party'],
  [
    {
      exchange: 5,
      value: PLANTED.phone,
      masked: '139******00',
      path: 'query.p',
      url: `http://${HOSTILE.host}/<script>alert(1)</script>/${PLANTED.phone}?p=${PLANTED.phone}`,
      secure: false,
    },
    { exchange: 6, value: HOSTILE.value, masked: '=HY…x")', path: `body.$["${HOSTILE.key}"]`, secure: false },
  ],
);
add(
  'f-payment',
  'payment_info',
  PARTIES.api,
  'conditional',
  'probable',
  {
    zh: '仅限网络预约出租汽车服务；测试者尚未回答',
    en: 'Only for online-booked taxi services; the tester has not answered',
    article: '5(2)',
  },
  [],
  [{ exchange: 12, value: '88.50', masked: '8***0', path: 'body.$.pay.amount', detector: 'key', form: null, scene: 'order' }],
);
add(
  'f-phone',
  'phone_number',
  PARTIES.api,
  'necessary',
  'confirmed',
  LISTED,
  [],
  [
    { exchange: 3, value: PLANTED.phone, masked: '139******00', path: 'body.$.mobile' },
    { exchange: 7, value: PLANTED.phone, masked: '139******00', path: 'body.$.passenger.tel', scene: 'order' },
  ],
);
add(
  'f-location',
  'location_precise',
  PARTIES.map,
  'necessary',
  'confirmed',
  LISTED,
  [],
  [{ exchange: 7, value: PLANTED.location, masked: '31.2***,121.4***', path: 'query.loc', steps: ['form'], scene: 'order' }],
);
add(
  'f-model',
  'device_model',
  PARTIES.stat,
  'technical',
  'probable',
  { zh: '不可避免的通信数据', en: 'Unavoidable protocol data', article: null },
  [],
  [{ exchange: 2, value: 'Pixel 8', masked: 'Pix**8', path: 'header.user-agent', detector: 'key', steps: [] }],
);
add(
  'f-imei-zero',
  'imei',
  PARTIES.push,
  'not_judged',
  'probable',
  { zh: '占位值：App 请求了但没有得到', en: 'Placeholder: the app asked and got nothing', article: null },
  [],
  [{ exchange: 3, value: '000000000000000', masked: '000***00', path: 'body.$.imei' }],
  { placeholder: true },
);
add(
  'f-opaque',
  'opaque',
  PARTIES.ads,
  'not_judged',
  'opaque',
  { zh: '内容已加密，无法判断其中是否含有个人信息', en: 'Encrypted: whether it holds personal data cannot be told', article: null },
  [],
  [
    { exchange: 10, value: '', masked: '(1,024 B)', path: 'body', form: null, steps: [] },
    { exchange: 11, value: '', masked: '(1,024 B)', path: 'body', form: null, steps: [] },
  ],
);
add(
  'f-candidate',
  'bank_card',
  PARTIES.stat,
  'not_judged',
  'candidate',
  { zh: '仅形式相符', en: 'Shape only', article: null },
  [],
  [
    {
      exchange: 2,
      value: PLANTED.card,
      masked: '620***05',
      path: 'body.form.t',
      url: `https://stat.insight.example.test/x/${PLANTED.card}`,
    },
  ],
);

function connection(id: string, host: string, reach: Connection['reach'], change: Partial<Connection> = {}): Connection {
  return {
    id,
    at: START,
    client: { address: '192.0.2.7', port: 40_000, user: null },
    host,
    port: 443,
    serverAddress: '198.51.100.9',
    protocol: 'h2',
    reach,
    cause: null,
    bytesUp: 900,
    bytesDown: 100,
    notAnalysed: 0,
    ...change,
  };
}

const pinned = {
  code: 'pinned',
  text: text(
    'App 只信任自己的证书（证书锁定）；其他主机正常。请用调试版本，或放行该主机。',
    'The app trusts its own certificate only (pinning) while other hosts work. Use a debug build, or pass this host through.',
  ),
};

const SESSION: Session = {
  id: '20261121-100000-demo',
  startedAt: START,
  endedAt: START + 372_000,
  status: 'ended',
  source: 'demo',
  subject: {
    app: '出行示例',
    categories: { main: ['ride_hailing'], 'wechat:wx0000000000000000': ['utility'] },
    context: { 'another.condition': true },
    firstPartyDomains: ['chuxing.test'],
    declared: null,
  },
  device: 'Android 14 模拟器',
  scenes: [
    { id: 'launch', name: HOSTILE.scene, consent: 'before_consent', startedAt: START, endedAt: START + 3_000 },
    { id: 'login', name: '登录', consent: 'consented', startedAt: START + 3_000, endedAt: START + 10_000 },
    { id: 'order', name: '下单', consent: 'consented', startedAt: START + 10_000, endedAt: START + 360_000 },
  ],
};

export function sampleRecord(): AuditRecord {
  return {
    tool: { name: 'overreach', version: '0.1.0' },
    rulebook: RULEBOOK,
    pack: PACK,
    session: SESSION,
    findings,
    occurrencesOf: (id) => occurrences.get(id) ?? [],
    stepWords,
    connections: [
      connection('c1', 'api.chuxing.test', 'decrypted'),
      connection('c2', 'pay.bank.example.test', 'pinned', { cause: pinned }),
      connection('c3', 'pay.bank.example.test', 'pinned', { cause: pinned, bytesUp: 100 }),
      connection('c4', 'video.cdn.example.test', 'passed_through', { bytesUp: 5_000 }),
      connection('c5', 'mqtt.iot.example.test', 'not_inspected', { notAnalysed: 321 }),
    ],
    traffic: {
      exchanges: 13,
      bytesUp: 48_213,
      bytesDown: 1_204_880,
      notAnalysed: 0,
      truncated: 1,
      hosts: [
        { host: 'api.chuxing.test', exchanges: 5, bytesUp: 20_100, bytesDown: 900_000 },
        { host: 'img.cdn.example.test', exchanges: 1, bytesUp: 300, bytesDown: 280_000 },
        { host: 'loc.map.example.test', exchanges: 1, bytesUp: 900, bytesDown: 4_000 },
        { host: 'push.msg.example.test', exchanges: 1, bytesUp: 2_100, bytesDown: 500 },
        { host: 'stat.insight.example.test', exchanges: 1, bytesUp: 6_300, bytesDown: 300 },
        { host: 'track.adnet.example.test', exchanges: 3, bytesUp: 17_400, bytesDown: 20_000 },
        { host: HOSTILE.host, exchanges: 1, bytesUp: 1_113, bytesDown: 80 },
      ],
      limitsReached: { decodeDepth: 2 },
      hiddenCandidates: 1,
    },
  };
}
