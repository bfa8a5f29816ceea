import { createJudge, type JudgeSettings } from '../../src/judge/judge.js';
import type { Finding, Occurrence } from '../../src/model/finding.js';
import type { Check, DataType, Family, PartyRule, Rulebook } from '../../src/model/rulebook.js';
import type { ConsentState, Scene, Subject } from '../../src/model/session.js';
import { openFolders } from '../../src/rulebook/folder.js';
import { readPack } from '../../src/rulebook/packs.js';
import { check as checkSchema } from '../../src/rulebook/schema/check.js';
import { families as familiesSchema } from '../../src/rulebook/schema/family.js';
import { occurrenceOf } from '../occurrence.js';
import { REAL_RULES } from '../rulebook/rules-folder.js';

/**
 * The official lists, checks and families of the project with data types of our own making: what is judged here must not
 * change when somebody improves how a phone number is recognised.
 */
type Traits = Partial<Pick<DataType, 'obtainedBy' | 'identifier' | 'technical' | 'sensitive'>>;
const SENSITIVE: DataType['sensitive'] = { pipl28: 'yes', gbt35273B: true, gbt45574: 'yes' };
const DEVICE: Traits = { obtainedBy: 'device' };
const FOREVER: Traits = { obtainedBy: 'device', identifier: 'immutable' };

const TYPES: Readonly<Record<string, readonly [family: string, zh: string, traits?: Traits]>> = {
  phone_number: ['phone', '手机号码（注册用户）'],
  contact_phone: ['phone', '联系电话'],
  bank_reserved_phone: ['phone', '银行预留移动电话号码'],
  real_name: ['name', '姓名'],
  id_number: ['id_document', '证件号码', { sensitive: { pipl28: 'context', gbt35273B: true, gbt45574: 'no' } }],
  id_document_image: ['id_document', '证件影印件', { sensitive: SENSITIVE }],
  driver_license: ['id_document', '驾驶证件信息'],
  license_plate: ['vehicle', '车牌号'],
  postal_address: ['address', '收货地址'],
  property_address: ['address', '房屋地址'],
  location_precise: ['location', '精准定位信息', { ...DEVICE, sensitive: { pipl28: 'context', gbt35273B: true, gbt45574: 'yes' } }],
  location_coarse: ['location', '粗略位置信息', DEVICE],
  location_track: ['location', '行踪轨迹', { ...DEVICE, sensitive: SENSITIVE }],
  photo_exif_gps: ['location', '照片EXIF中的GPS信息', DEVICE],
  trip_origin: ['trip', '出发地'],
  trip_destination: ['trip', '目的地'],
  seat_number: ['trip', '座位号'],
  stay_dates: ['hotel', '入住和退房时间'],
  account_id: ['account', '账号', { obtainedBy: 'server' }],
  nickname: ['account', '昵称'],
  im_contact_list: ['contacts', '好友列表'],
  gender: ['profile', '性别'],
  age: ['profile', '年龄'],
  birth_date: ['profile', '出生日期'],
  minor_info: ['profile', '不满十四周岁未成年人的个人信息', { sensitive: SENSITIVE }],
  marital_status: ['profile', '婚姻状况', { sensitive: { pipl28: 'no', gbt35273B: true, gbt45574: 'no' } }],
  resume: ['work', '简历'],
  education: ['work', '学历'],
  payment_amount: ['payment', '支付金额', { obtainedBy: 'transaction' }],
  bank_card_number: ['finance', '银行卡号码', { sensitive: SENSITIVE }],
  bank_name: ['finance', '开户银行信息'],
  medical_appointment: ['health', '预约挂号的医院和科室', { sensitive: SENSITIVE }],
  health_record: ['health', '医疗健康信息', { sensitive: SENSITIVE }],
  credit_record: ['finance', '征信/信贷信息'],
  virtual_property: ['finance', '虚拟财产'],
  photo_video: ['content', '相册图片与视频', DEVICE],
  audio_recording: ['content', '录音', DEVICE],
  medical_condition: ['health', '病情描述', { sensitive: SENSITIVE }],
  face_feature: ['biometric', '人脸信息', { ...DEVICE, sensitive: SENSITIVE }],
  imei: ['device_id', '国际移动设备识别码', FOREVER],
  mac_address: ['device_id', '设备MAC地址', FOREVER],
  push_token: ['device_id', '推送标识', { obtainedBy: 'device', identifier: 'resettable' }],
  oaid: ['advertising_id', '匿名设备标识符', { obtainedBy: 'device', identifier: 'resettable' }],
  ip_address: ['network_env', 'IP地址', { obtainedBy: 'device', technical: true }],
  user_agent: ['device_profile', 'User-Agent', { obtainedBy: 'device', technical: true }],
  email: ['contact_account', '电子邮箱'],
  auth_token: ['authentication', '登录令牌', { obtainedBy: 'server', technical: true }],
  chat_content: ['communications', '通信内容'],
};

export function dataType(id: string): DataType {
  const [family, zh, traits = {}] = TYPES[id] ?? ['profile', id];
  return {
    id,
    name: { zh, en: id.replaceAll('_', ' ') },
    family,
    gbt35273: { zh: '个人基本资料', en: 'Basic personal data' },
    sensitive: { pipl28: 'no', gbt35273B: false, gbt45574: 'no' },
    obtainedBy: 'user',
    identifier: null,
    technical: false,
    mask: { start: 3, end: 2 },
    detectable: 'key-only',
    detect: { keys: [], weakKeys: [], contextKeys: [], notKeys: [], shape: null, validator: null, withKey: null, withoutKey: null },
    match: [{ value: 'x' }],
    noMatch: [{ value: 'y' }],
    note: null,
    ...traits,
  };
}

const [folder] = openFolders([REAL_RULES]);
if (folder === undefined) throw new Error('no rules');
export const families: readonly Family[] = folder.read('families.yaml', familiesSchema).value.families;
export const checks: readonly Check[] = folder.readAll('checks', checkSchema).map((rule) => rule.value);
export const pack = readPack({ dir: REAL_RULES, pack: 'cn-2021' });

const party = (suffix: string, sdk: string, purpose: string): PartyRule => ({
  suffix,
  company: { zh: `${sdk}公司`, en: `${sdk} Ltd` },
  sdk,
  purpose,
  reason: 'made up for the test',
});

export const rulebook: Rulebook = {
  pack,
  sha256: '0'.repeat(64),
  dataTypes: Object.keys(TYPES).map(dataType),
  families,
  checks,
  parties: [
    party('ads.example', 'AdKit', 'ads'),
    party('cdn.example', 'Edge', 'cdn'),
    party('os.example', 'Phone', 'os'),
    party('push.ads.example', 'PushKit', 'push'),
  ],
};

export const SUBJECT: Subject = { app: 'Test', categories: {}, context: {}, firstPartyDomains: ['own.example'], declared: null };

export const SCENES: readonly Scene[] = (['before_consent', 'consented', 'refused', 'background'] satisfies ConsentState[]).map(
  (consent, index) => ({
    id: consent,
    name: consent,
    consent,
    startedAt: index * 1000,
    endedAt: null,
  }),
);

export function occurrence(type: string, more: Partial<Occurrence> = {}): Occurrence {
  return occurrenceOf({
    dataType: type,
    path: 'body.$.x',
    at: Date.UTC(2026, 0, 1),
    url: 'https://api.own.example/save',
    host: 'api.own.example',
    ...more,
  });
}

/** What the app sends, to whom, under which categories: the findings. */
export function judged(
  categories: readonly string[],
  occurrences: readonly Occurrence[],
  subject: Partial<Subject> = {},
  settings: JudgeSettings = {},
  rules: Rulebook = rulebook,
): Finding[] {
  const judge = createJudge({
    rulebook: rules,
    subject: { ...SUBJECT, categories: categories.length === 0 ? {} : { main: categories }, ...subject },
    scenes: SCENES,
    settings,
  });
  for (const one of occurrences) judge.add(one);
  return judge.findings();
}

/** The one finding for one data type. */
export function judgedOne(
  categories: readonly string[],
  type: string,
  more: Partial<Occurrence> = {},
  subject: Partial<Subject> = {},
  settings: JudgeSettings = {},
): Finding {
  const [finding] = judged(categories, [occurrence(type, more)], subject, settings);
  if (finding === undefined) throw new Error('nothing was found');
  return finding;
}

export const verdictOf = (category: string, type: string, context: Record<string, boolean> = {}, more: Partial<Occurrence> = {}) =>
  judgedOne([category], type, more, { context }).verdict;

/** The issue that a check raised, or null. */
export function issueOf(check: string, finding: Finding) {
  return finding.issues.find((issue) => issue.check === check) ?? null;
}
