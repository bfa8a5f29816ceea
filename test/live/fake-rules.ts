import type { Check, DataType, Pack } from '../../src/model/rulebook.js';
import type { Bilingual } from '../../src/model/text.js';

/** A small rulebook for tests of the page: the 39 names and the articles are real, the rest is as much as the page shows. */
const CATEGORIES: ReadonlyArray<readonly [id: string, zh: string, en: string, none: boolean]> = [
  ['map_navigation', '地图导航类', 'Map navigation', false],
  ['ride_hailing', '网络约车类', 'Online ride-hailing', false],
  ['instant_messaging', '即时通信类', 'Instant messaging', false],
  ['online_community', '网络社区类', 'Online community', false],
  ['online_payment', '网络支付类', 'Online payment', false],
  ['online_shopping', '网上购物类', 'Online shopping', false],
  ['food_delivery', '餐饮外卖类', 'Food delivery', false],
  ['mail_express_delivery', '邮件快件寄递类', 'Mail and express delivery', false],
  ['transport_ticketing', '交通票务类', 'Transport ticketing', false],
  ['dating', '婚恋相亲类', 'Dating and matchmaking', false],
  ['job_recruitment', '求职招聘类', 'Job hunting and recruitment', false],
  ['online_lending', '网络借贷类', 'Online lending', false],
  ['housing', '房屋租售类', 'Housing rental and sale', false],
  ['used_car', '二手车交易类', 'Used-car trading', false],
  ['medical_consultation', '问诊挂号类', 'Medical consultation and appointment registration', false],
  ['travel_services', '旅游服务类', 'Travel services', false],
  ['hotel_services', '酒店服务类', 'Hotel services', false],
  ['online_game', '网络游戏类', 'Online games', false],
  ['learning_education', '学习教育类', 'Learning and education', false],
  ['local_life', '本地生活类', 'Local life services', false],
  ['womens_health', '女性健康类', "Women's health", true],
  ['vehicle_services', '用车服务类', 'Vehicle use services', false],
  ['investment', '投资理财类', 'Investment and wealth management', false],
  ['mobile_banking', '手机银行类', 'Mobile banking', false],
  ['email_cloud', '邮箱云盘类', 'Email and cloud storage', false],
  ['remote_meeting', '远程会议类', 'Remote conferencing', false],
  ['live_streaming', '网络直播类', 'Live streaming', true],
  ['online_av', '在线影音类', 'Online video and music', true],
  ['short_video', '短视频类', 'Short video', true],
  ['news', '新闻资讯类', 'News and information', true],
  ['sports_fitness', '运动健身类', 'Sports and fitness', true],
  ['browser', '浏览器类', 'Browsers', true],
  ['input_method', '输入法类', 'Input methods', true],
  ['security_management', '安全管理类', 'Security management', true],
  ['ebook', '电子图书类', 'E-books', true],
  ['photo_beautification', '拍摄美化类', 'Photography and beautification', true],
  ['app_store', '应用商店类', 'App stores', true],
  ['utility_tools', '实用工具类', 'Utility tools', true],
  ['performance_ticketing', '演出票务类', 'Performance ticketing', false],
];

const ARTICLES = [
  {
    no: 1,
    text: {
      zh: '为了规范移动互联网应用程序（App）收集个人信息行为，保障公民个人信息安全，根据《中华人民共和国网络安全法》，制定本规定。',
      en: "These Provisions are made under the Cybersecurity Law to regulate the collection of personal information by mobile internet applications (Apps) and to safeguard citizens' personal information.",
    },
  },
  {
    no: 2,
    text: {
      zh: '移动智能终端上运行的App存在收集用户个人信息行为的，应当遵守本规定。法律、行政法规、部门规章和规范性文件另有规定的，依照其规定。\nApp包括移动智能终端预置、下载安装的应用软件，基于应用软件开放平台接口开发的、用户无需安装即可使用的小程序。',
      en: "Apps running on mobile smart terminals that collect users' personal information shall comply with these Provisions; where laws, administrative regulations, departmental rules or normative documents provide otherwise, those prevail. Apps include pre-installed and downloaded application software, and mini programs developed on an application's open-platform interface and usable without installation.",
    },
  },
  {
    no: 3,
    text: {
      zh: '本规定所称必要个人信息，是指保障App基本功能服务正常运行所必需的个人信息，缺少该信息App即无法实现基本功能服务。具体是指消费侧用户个人信息，不包括服务供给侧用户个人信息。',
      en: "Necessary personal information means the personal information indispensable for the normal operation of an App's basic functional service, without which the App cannot deliver that service. It refers to the personal information of consumer-side users and excludes that of supply-side users.",
    },
  },
  {
    no: 4,
    text: {
      zh: 'App不得因为用户不同意提供非必要个人信息，而拒绝用户使用其基本功能服务。',
      en: 'An App shall not refuse a user its basic functional service because the user does not agree to provide non-necessary personal information.',
    },
  },
  {
    no: 5,
    text: {
      zh: '常见类型App的必要个人信息范围：（一）至（三十九），见 final_2021。',
      en: 'Scope of necessary personal information for common types of Apps: items (1) to (39), see final_2021.',
    },
  },
  {
    no: 6,
    text: {
      zh: '任何组织和个人发现违反本规定行为的，可以向相关部门举报。\n相关部门收到举报后，应当依法予以处理。',
      en: 'Any organisation or individual that discovers a violation of these Provisions may report it to the competent departments, which shall handle the report according to law.',
    },
  },
  { no: 7, text: { zh: '本规定自2021年5月1日起施行。', en: 'These Provisions take effect on 1 May 2021.' } },
];

const ONLINE_BOOKED = {
  id: 'online_booked_taxi_only',
  text: { zh: '网络预约出租汽车服务', en: 'Only for online-booked taxi (ride-hailing) services, not for e-hailing of cruising taxis' },
};

export const pack: Pack = {
  id: 'cn-2021',
  version: '1',
  title: {
    zh: '常见类型移动互联网应用程序必要个人信息范围规定',
    en: 'Provisions on the Scope of Necessary Personal Information for Common Types of Mobile Internet Applications',
  },
  documentNumber: '国信办秘字〔2021〕14号',
  issuers: [{ zh: '国家互联网信息办公室秘书局', en: 'Secretariat, Cyberspace Administration of China' }],
  dated: '2021-03-12',
  published: '2021-03-22',
  effective: '2021-05-01',
  url: 'http://www.cac.gov.cn/2021-03/22/c_1617990997054277.htm',
  articles: ARTICLES,
  categories: CATEGORIES.map(([id, zh, en, none], index) => ({
    id,
    no: index + 1,
    name: { zh, en },
    basicFunction:
      id === 'ride_hailing'
        ? { zh: '网络预约出租汽车服务、巡游出租汽车电召服务', en: 'Online-booked taxi services and e-hailing of cruising taxis' }
        : null,
    noPersonalInfoNeeded: none,
    items:
      id === 'ride_hailing'
        ? [
            item('注册用户移动电话号码', "Registered user's mobile phone number", ['phone_number']),
            item('乘车人出发地、到达地、位置信息、行踪轨迹', "Passenger's place of departure, place of arrival, location and track", [
              'trip_origin',
              'trip_destination',
              'location_precise',
              'location_coarse',
            ]),
            {
              ...item('支付时间、支付金额、支付渠道等支付信息', 'Payment information such as time, amount and channel', [
                'payment_amount',
                'payment_channel',
              ]),
              condition: ONLINE_BOOKED,
            },
          ]
        : [],
  })),
};

function item(zh: string, en: string, fields: readonly string[]) {
  return {
    text: { zh, en },
    fields,
    condition: null,
    fieldConditions: {},
    subject: 'registered_user',
    source: 'user' as const,
    anyOf: false,
  };
}

const DEVICE = { zh: '个人常用设备信息', en: 'Information on commonly used personal devices' };
const BASIC = { zh: '个人基本资料', en: 'Basic personal data' };
const PLACE = { zh: '个人位置信息', en: 'Personal location information' };
const MONEY = { zh: '个人财产信息', en: 'Personal property information' };

export const dataTypes: readonly DataType[] = [
  type('phone_number', '手机号码', 'Mobile phone number', 'phone', BASIC),
  type('imei', '国际移动设备识别码 IMEI', 'IMEI', 'device_id', DEVICE, 'immutable'),
  type('oaid', '开放匿名设备标识符 OAID', 'OAID', 'advertising_id', DEVICE, 'resettable'),
  type('android_id', 'Android ID', 'Android ID', 'device_id', DEVICE, 'resettable'),
  type('mac_address', '设备 MAC 地址', 'Wi-Fi MAC address', 'device_id', DEVICE, 'immutable'),
  type('location_precise', '精准定位信息（经纬度）', 'Precise location', 'location', PLACE),
  type('trip_origin', '出发地', 'Place of departure', 'trip', PLACE),
  type('trip_destination', '到达地', 'Place of arrival', 'trip', PLACE),
  type('payment_amount', '支付金额', 'Payment amount', 'payment', MONEY),
  type('app_list', '应用程序列表', 'List of installed apps', 'app_list', DEVICE),
  type('device_model', '设备型号', 'Device model', 'device_basic', DEVICE, null, true),
  type('os_version', '操作系统版本', 'OS version', 'device_basic', DEVICE, null, true),
  type('user_agent', '用户代理 User-Agent', 'User-Agent', 'device_basic', DEVICE, null, true),
  type('opaque', '无法解开的载荷', 'Unreadable payload', 'opaque', DEVICE),
];

function type(
  id: string,
  zh: string,
  en: string,
  family: string,
  gbt35273: Bilingual,
  identifier: DataType['identifier'] = null,
  technical = false,
): DataType {
  return {
    id,
    name: { zh, en },
    family,
    gbt35273,
    sensitive: { pipl28: family === 'location' ? 'yes' : 'no', gbt35273B: false, gbt45574: family === 'location' ? 'yes' : 'no' },
    obtainedBy: 'device',
    identifier,
    technical,
    mask: { start: 3, end: 2 },
    detectable: 'detectors',
    detect: { keys: [], weakKeys: [], contextKeys: [], notKeys: [], shape: null, validator: null, withKey: null, withoutKey: null },
    match: [],
    noMatch: [],
    note: null,
  };
}

export const checks: readonly Check[] = [
  {
    id: 'before_consent',
    name: { zh: '同意前收集', en: 'Collected before consent' },
    severity: 'high',
    clause: '191号 3.1',
    clauseText: {
      zh: '征得用户同意前就开始收集个人信息或打开可收集个人信息的权限',
      en: 'Collecting personal information, or opening permissions that allow it, before the user has consented',
    },
    advice: { zh: '把 SDK 的初始化推迟到用户点“同意”之后。', en: 'Start the SDK only after the user has tapped "Agree".' },
    fineWhen: { zh: '该值只在本机使用，没有离开设备。', en: 'The value stays on the device.' },
    settings: {},
  },
  {
    id: 'immutable_id_to_third_party',
    name: { zh: '不可变更标识提供给第三方', en: 'Immutable identifier sent to a third party' },
    severity: 'high',
    clause: 'GB/T 35273-2020 5.4',
    clauseText: {
      zh: '不应将不可变更的唯一设备识别码用于用户画像',
      en: 'Unchangeable unique device identifiers should not be used for profiling',
    },
    advice: { zh: '改用 OAID，并提供重置方式。', en: 'Use the OAID instead and let the user reset it.' },
    fineWhen: { zh: '仅用于安全风控，且隐私政策已写明。', en: 'Used for fraud prevention only, and the policy says so.' },
    settings: {},
  },
  {
    id: 'third_party',
    name: { zh: '向第三方提供', en: 'Provided to a third party' },
    severity: 'medium',
    clause: 'PIPL 23',
    clauseText: {
      zh: '个人信息处理者向其他个人信息处理者提供其处理的个人信息的，应当向个人告知接收方的名称或者姓名、联系方式、处理目的、处理方式和个人信息的种类，并取得个人的单独同意。',
      en: 'A handler that provides personal information to another handler shall tell the individual who receives it and why, and obtain separate consent.',
    },
    advice: {
      zh: '在隐私政策的第三方 SDK 清单中列明，并取得单独同意。',
      en: 'List the SDK in the privacy policy and obtain separate consent.',
    },
    fineWhen: { zh: '接收方是受托处理者，并有委托协议。', en: 'The receiver is an entrusted processor under a contract.' },
    settings: {},
  },
  {
    id: 'cleartext',
    name: { zh: '明文传输', en: 'Sent in clear text' },
    severity: 'high',
    clause: 'GB/T 35273-2020 6.3',
    clauseText: {
      zh: '传输和存储个人敏感信息时，应采用加密等安全措施',
      en: 'Sensitive personal information shall be encrypted in transit and storage',
    },
    advice: { zh: '改用 HTTPS。', en: 'Use HTTPS.' },
    fineWhen: { zh: '内容已在应用层加密。', en: 'The content is encrypted by the app.' },
    settings: {},
  },
];
