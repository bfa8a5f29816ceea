import type { TraceLine } from '../model/finding.js';
import { isBusinessNumber, isMobileNumber } from './business-number.js';
import { counted, countedWith, type Neighbours, type Owner, setOf } from './owner.js';
import { RECORD_OWNERS } from './owners-records.js';
import { MACHINE, THING_OWNERS } from './owners-things.js';
import { validator as residentId } from './validators/resident-id.js';
import { validator as uscc } from './validators/uscc.js';

/** Somebody is named or numbered in the object. */
const SOMEBODY =
  /^(?:(?:receiver|consignee|recipient|addressee|buyer|customer|guest|passenger|patient|contact|linkman|member|sender|applicant|student|child|kid|parent|guardian|my|user)(?:name|id|no|phone|mobile|tel)?|uid|openid|unionid|realname|nickname|checkin|checkout)$/;
/** So is who plays, or the phone that it is played on. */
const PLAYER = /^(?:uid|userid|openid|accountid|roleid|serverid|zoneid|idcard|phone|mobile|email|deviceid|imei|oaid|token|session)$/;
/** Whatever else a report of a phone holds. */
const REPORT =
  /^(?:(?:app|client|sdk|apk)?(?:ver|version|versionname|versioncode)|osversion|osver|osv|apilevel|event|eventname|eventid|action|ts|timestamp|ua|useragent|channel|appid|deviceid|token|sign|nonce|uid|userid|nettype|networktype|screenwidth|screenheight|dpi|height|bust|waist|footlength)$/;
const IDENTIFIED =
  'imei meid imsi iccid oaid vaid_aaid caid idfa idfv gaid android_id device_uuid device_serial mac_address push_token account_id auth_token';
/** What goods are sold by. */
const GOODS =
  /^(?:(?:goods|product|prod|commodity|sku|spu|ware)(?:id|no|code|sn|name|title)|sku|spu|(?:sale|market|orig|original|unit|retail|list|min|max|lowest|highest)?price(?:min|max|range)?|stock|inventory|barcode|colou?r|season|material|warranty|sellerid)$/;
const NAMED_PLACE =
  /^(?:shop|store|branch|outlet|hotel|hospital|hosp|clinic|pharmacy|restaurant|cinema|theater|theatre|venue|stadium|scenic|mall|market|merchant|station|poi|gym|school|university|college|kindergarten)(?:name|title|id)$/;
/** What is told of a place that is open to the public, and of no person. */
const OF_BUSINESS =
  /^(?:open(?:ing)?(?:time|hours?)|business(?:time|hours?)|star|stars|starrate|rating|avgprice|avgcost|lowrate|comment(?:score|count)|reviewcount|fax|website)$/;
const CALLED =
  /^(?:tel|telephone|phone|hotline|contact(?:phone|tel|number)|(?:shop|store|hotel|hospital|venue|cinema|restaurant|clinic|pharmacy|museum|branch)(?:tel|phone))$/;
/** Whoever says where they work names these, too, and an account of a firm has its number. */
const FIRM =
  /^(?:(?:company|enterprise|corp|corporation|org|organization|firm|ent)(?:name|title|type|code|id|no)|company|enterprise|fax|industry|[qg]ymc|[qg]smc|nsrmc)$/;
const REGISTERED =
  /^(?:reg(?:istered)?capital|businesslicense(?:no)?|businessscope|legalperson|legalrepresentative|icp|icpno|creditcode|uscc|unifiedsocialcreditcode|socialcreditcode|taxno|taxid|taxcode|taxnumber|invoicetitle|frname|regaddr(?:ess)?|fddbr|tyshxydm|nsrsbh|zczb|jyfw)$/;
/** Of these entries the number itself. */
const NUMBERED = /code|uscc|tax/;
const isNoMobile = (value: string) => !isMobileNumber(value);

/** What a page says of itself in the words of schema.org: an organization, or a class of those. */
const SCHEMA_BUSINESS =
  /^(?:https?:\/\/schema\.org\/)?(?:[A-Z]\w{0,30})?(?:Organization|Corporation|Business|Store|Restaurant|Hotel|CafeOrCoffeeShop|Bakery|BarOrPub|Pharmacy|Hospital|Museum)$/;

/** A place of business: its name and, besides, its hours or the number that it answers. */
function isPlaceOfBusiness(neighbours: Neighbours): boolean {
  let isNamed = false;
  let isTold = false;
  for (const [name, value] of neighbours) {
    if (value === '') continue;
    if (name === 'type' && SCHEMA_BUSINESS.test(value)) return true;
    if (NAMED_PLACE.test(name)) isNamed = true;
    else isTold ||= OF_BUSINESS.test(name) || (CALLED.test(name) && isBusinessNumber(value));
  }
  return isNamed && isTold;
}

/** An entry of the register of enterprises beside another or beside a firm, or the number there (GB 32100-2015) alone. */
function isEnterprise(neighbours: Neighbours): boolean {
  let registered = 0;
  let isFirm = false;
  for (const [name, value] of neighbours) {
    if (value === '') continue;
    if (NUMBERED.test(name) && isRegisterNumber(value) && (REGISTERED.test(name) || FIRM.test(name))) return true;
    if (REGISTERED.test(name)) registered++;
    else isFirm ||= FIRM.test(name);
  }
  return registered >= 2 || (registered > 0 && isFirm);
}

/** A citizen's number has as many characters, and a letter at most as its last. */
function isRegisterNumber(value: string): boolean {
  return /[A-Z]/.test(value.slice(0, -1)) && uscc.check(value) !== null;
}

/** Goods are told by two of what they are sold by; `size=20` is the length of a page. */
function isGoods(neighbours: Neighbours): boolean {
  let count = 0;
  for (const [name, value] of neighbours)
    if (value !== '' && (GOODS.test(name) || (name === 'size' && !/^\d*[05]$/.test(value))) && ++count >= 2) return true;
  return false;
}

/** From so much to so much, which nobody earns: `8k-12k`. */
const PAID_BETWEEN = /^\d+(?:\.\d+)?\s?[kKwW千万]?\s?[-~至]\s?\d+(?:\.\d+)?\s?[kKwW千万]/;

/** A vacancy is numbered or named, and says what it pays or asks for. */
function isVacancy(neighbours: Neighbours): boolean {
  const isNamed = counted(1, /^(?:job|position|post|vacancy)(?:name|title)$/)(neighbours);
  if (isNamed)
    for (const [name, value] of neighbours)
      if (name.startsWith('salary') && !name.includes('expect') && PAID_BETWEEN.test(value)) return true;
  return (
    counted(1, /^(?:job|position|vacancy|recruit)id$/)(neighbours) &&
    counted(1, /^(?:salary\w*|income|experience|headcount|degree|agerange)$/)(neighbours)
  );
}

export const PLACE_OF_BUSINESS: Owner = {
  name: 'doubt-place-of-business',
  types: setOf('phone_number contact_phone postal_address real_name email location_coarse hotel_name education'),
  of: isNoMobile,
  says: isPlaceOfBusiness,
  unless: SOMEBODY,
  why: {
    zh: '同一对象写有门店、酒店、医院等的名称以及营业时间或对外电话：是该场所的信息，不是使用者的',
    en: 'the object names a shop, a hotel or a hospital and tells its hours or its number: it describes that place and not who sends it',
  },
};

export const OWNERS: readonly Owner[] = [
  {
    name: 'doubt-hospital',
    types: setOf('medical_appointment'),
    keys: /^hosp/,
    says: (neighbours) => isPlaceOfBusiness(neighbours) || counted(1, /^(?:level|grade|hospitallevel|hospitalgrade)$/)(neighbours),
    unless: new RegExp(`${SOMEBODY.source}|^(?:visit|appoint|reg|doctor|dept|department|patient|idcard|phone|date$|time$)`),
    why: {
      zh: '旁边是医院的等级、电话，没有科室、医生和就诊人：是医院的介绍',
      en: 'beside the rank or the number of a hospital, and no department, doctor or patient, it says what that hospital is',
    },
  },
  {
    name: 'doubt-beacon',
    types: setOf('device_uuid'),
    keys: /^uuid$/,
    says: counted(2, /^(?:major|minor)$/),
    holder: /^(?:i?beacons?|eddystones?)(?:info|infos|list|data)?$/,
    why: {
      zh: '旁边有 major、minor，或所在列表名为 beacon：是 iBeacon 基站的编号，属于场所，不属于手机',
      en: 'beside `major` and `minor`, or in a list of beacons, it numbers a beacon (iBeacon), which stands in a place and is no phone',
    },
  },
  {
    name: 'doubt-transaction',
    types: setOf('device_uuid'),
    keys: /^(?:unique ?id|uniq id|unique identifier|uuid|guid)$/,
    // Installations are numbered in hexadecimal; a reference of a payment is counted.
    of: (value) => /^\d{6,20}$/.test(value),
    says: counted(1, /^(?:transaction|txn|trans|trade|payment|settlement)(?:id|no|num|number|ref|reference)$|^(?:utr|rrn)$/),
    why: {
      zh: '旁边有交易号，值也全是数字：是这笔交易的编号，不是设备的',
      en: 'all digits, beside the number of a transaction: it numbers that, and no device',
    },
  },
  {
    name: 'doubt-till',
    types: setOf('device_uuid device_serial'),
    keys: /^(?:term(?:inal)? |sn$|device no$)/,
    says: counted(2, /^(?:(?:mer|mch|merchant)(?:id|no|num|code)|traceno|batchno|refno|voucherno|cardbin)$/),
    why: {
      zh: '旁边有商户号、流水号：是收款终端的编号',
      en: 'beside a merchant and the number of a batch it is the till that takes the money',
    },
  },
  {
    name: 'doubt-advertisement',
    types: setOf('gaid idfa device_uuid android_id'),
    keys: /^(?:ad id|adid|aids?)$/,
    says: counted(1, /^(?:creativeid|campaignid|adgroupid|advertiserid|materialid)$/),
    why: { zh: '旁边有创意、计划的编号：是这条广告的编号', en: 'beside a creative or a campaign it numbers the advertisement' },
  },
  {
    name: 'doubt-companys',
    types: setOf('email phone_number contact_phone qq_id wechat_id postal_address'),
    says: counted(
      2,
      /^(?:icp|icpno|beian|hotline|(?:customer)?service(?:phone|tel|hotline)|kefu(?:phone|tel|dianhua)?|support(?:phone|email)|complaint(?:phone|email)|businesslicense|qqgroup|work(?:ing)?time|worktimes?|officialsite|copyright)$/,
    ),
    why: {
      zh: '旁边有客服热线、备案号等：是公司对外公布的联系方式',
      en: 'beside a hotline and the licence of a site it is how a company wants to be reached',
    },
  },
  {
    name: 'doubt-enterprise',
    // Not an e-mail address: what stands beside the number for an invoice is where whoever buys wants that sent.
    types: setOf('phone_number contact_phone postal_address location_coarse bank_name bank_card_number account_id'),
    of: isNoMobile,
    says: isEnterprise,
    unless: SOMEBODY,
    why: {
      zh: '同一对象有企业名称和统一社会信用代码、注册资本等登记事项：是企业的信息，不是个人的',
      en: 'the object holds what an enterprise is registered by (its code, capital or licence): the enterprise’s, and no person’s',
    },
  },
  PLACE_OF_BUSINESS,
  {
    name: 'doubt-goods',
    types: setOf('device_model hardware_params screen_info os_version network_type gender age id_type'),
    keys: /^(?:model|brand|brand name|品牌|型号|product model|cpu|mem|memory|ram|rom|storage|hard ?disk|battery|gpu|(?:cpu|processor|gpu) (?:model|name|type|brand|cores?|info)|screen|screen size|resolution|os|network|gender|sex|age|age group|age range|card type)$/,
    says: isGoods,
    holder:
      /^(?:goods|commodity|sku|spu|product)(?:info|infos|list|detail|details|data|spec|specs)?$|^(?:skus|products|specs?|specification)$/,
    unless: REPORT,
    rivals: setOf(`${IDENTIFIED} phone_number real_name birth_date nickname ip_address sim_operator locale_timezone user_agent`),
    why: {
      zh: '同一对象写有商品编号、价格、颜色等，没有任何标识符：是商品的参数或筛选条件，不是这部手机或使用者的',
      en: 'the object holds the number, the price or the colour of goods and no identifier: what is sold or looked for, not this phone or its user',
    },
  },
  {
    name: 'doubt-price-of-goods',
    types: setOf('property_price'),
    says: counted(
      1,
      /^(?:vin|vincode|vinno|frameno|mileage|plateno|platenumber|licenseplate|car(?:no|brand|model|series|type)|displacement|gearbox|goodsid|skuid|spuid|itemid|productid)$/,
    ),
    unless: /^(?:house\w*|room\w*|estate\w*|community\w*|building\w*|layout|huxing|floor|area)$/,
    why: {
      zh: '旁边有车架号、里程或商品编号：是车辆、商品的价格',
      en: 'beside a mileage, a VIN or the number of goods it is the price of those, and of no house',
    },
  },
  {
    name: 'doubt-pet',
    types: setOf('gender age birth_date body_metrics minor_info'),
    keys: /^(?:gender|sex|age|birthday|birth date|birth|weight|height|body (?:weight|temp|temperature)|(?:avg |average |max |min |rest |resting )?heart rate)$/,
    // Darwin Core numbers and names what was found, and says what kind of a record that is.
    says: counted(
      1,
      /^(?:breed(?:id|name)?|species|scientificname|taxon(?:key|id|rank)|basisofrecord|neutered|sterilized|pet(?:id|name|type|breed|kind))$/,
    ),
    holder: /^(?:pet|dog|cat|puppy|kitten|animal|livestock)(?:s|info|list|detail|data)?$/,
    unless: /^(?:idcard|realname|phone|mobile|email|uid|openid|nickname)$/,
    why: { zh: '旁边有品种、宠物名：是宠物的信息', en: 'beside a breed it is an animal’s' },
  },
  {
    name: 'doubt-character',
    types: setOf('gender age birth_date body_metrics nationality religion ethnicity education occupation real_name'),
    // People have skills and positions in teams, too, and write them into applications beside a CV and a hand phone (`hp`).
    says: countedWith(
      2,
      /^(?:hp|mp|atk|attack|defen[cs]e|skills?|abilit(?:y|ies)|hero(?:id|name)?|race|weapon|cv|voiceactor|rarity|jersey(?:no|num|number)?|team(?:id|name)?|position)$/,
      /^(?:atk|attack|defen[cs]e|hero(?:id|name)?|weapon|voiceactor|rarity|jersey(?:no|num|number)?)$/,
    ),
    holder:
      /^(?:hero|npc|monster|pokemon|champion|star|celebrity|idol|actor|actress|singer|athlete|founder|president|cast)(?:s|es|info|list|detail|data)?$/,
    unless: PLAYER,
    why: {
      zh: '旁边有技能、生命值或球队、球衣号：是游戏角色或运动员的资料',
      en: 'beside skills, or a team and a jersey: a character of a game, or an athlete',
    },
  },
  {
    name: 'doubt-work',
    types: setOf('locale_timezone location_coarse nationality'),
    keys: /^(?:lang|language|country|region|nationality)$/,
    // A program has a runtime, and an advertisement a publisher.
    says: (neighbours) =>
      counted(
        1,
        /^(?:directors?|actors?|screenwriters?|episodes|imdb(?:id)?|doubanid|isbn|doi|issn|publicationtitle|ingredients|lyrics?|album)$/,
      )(neighbours) || counted(2, /^(?:casts?|runtime|publisher|translator)$/)(neighbours),
    holder: /^(?:movie|film|book|song|tvshow|episode)(?:s|info|list|detail|data)?$/,
    unless: REPORT,
    why: { zh: '旁边有导演、演员或书号：是影片、书籍的信息', en: 'beside a director or an ISBN it is said of a film or a book' },
  },
  {
    name: 'doubt-video',
    types: setOf('screen_info'),
    keys: /^(?:resolution|resolution [xy])$/,
    says: counted(2, /^(?:(?:video)?bitrate|fps|framerate|(?:video)?codec|videoid|vid|definition|quality|streamid|rtsp(?:url)?)$/),
    unless: /^(?:model|osversion|osv|screenwidth|dpi|density)$/,
    why: { zh: '旁边有码率、帧率：是视频的分辨率', en: 'beside a bit rate and a frame rate it is a video’s' },
  },
  {
    name: 'doubt-statement',
    types: setOf('income property_assets'),
    // A house that somebody borrows on has a market value, and an employer a code.
    says: (neighbours) =>
      counted(1, /^(?:net(?:income|profit)|operatingincome|ebitda|eps|stockcode|secucode|shareholdersequity)$/)(neighbours) ||
      counted(2, /^(?:(?:total)?revenue|companycode|totalliabilities|market(?:cap|value))$/)(neighbours),
    unless: SOMEBODY,
    why: { zh: '旁边有证券代码、净利润：是公司财报的数字', en: 'beside a net profit or the code of a share it is a company’s' },
  },
  {
    name: 'doubt-line',
    types: setOf('trip_origin trip_destination trip_number travel_time'),
    says: counted(1, /^(?:first|last)(?:bus|train)?time$|^(?:first|last)(?:bus|train)$/),
    why: {
      zh: '旁边有首末班时间：是线路的起讫站，不是某人的行程',
      en: 'beside its first and last service it is where a line begins and ends, and nobody’s journey',
    },
  },
  {
    name: 'doubt-airline',
    types: setOf('sim_operator'),
    keys: /carrier/,
    of: (value) => /^[A-Z0-9]{2}$/.test(value),
    says: counted(1, /^(?:flight(?:no|number|num|date|id)|iata(?:code)?|icao(?:code)?|airline(?:name)?)$/),
    why: { zh: '旁边有航班号，且为两位代码：是航空公司', en: 'two characters beside the number of a flight name an airline' },
  },
  {
    name: 'doubt-courier',
    types: setOf('sim_operator location_coarse occupation'),
    // Whoever sends a parcel by their real name names who carries it.
    keys: /carrier|^company(?: name)?$/,
    says: counted(
      1,
      /^(?:tracking(?:no|number|num|id|code)?|waybill\w*|shipment\w*|shipping\w*|logistics\w*|parcel\w*|express\w*|consignment\w*)$/,
    ),
    why: { zh: '旁边有运单号：是快递公司的，不是手机运营商的', en: 'beside the number of a parcel the carrier is who delivers it' },
  },
  {
    name: 'doubt-medicine',
    types: setOf('health_record medical_condition medical_diagnosis'),
    // An order names a medicine and its size as well, beside what it was taken for.
    says: countedWith(
      2,
      /^(?:(?:drug|medicine)(?:id|name|code)|approval(?:no|num|number)?|manufacturer|spec|specification|dosageform|contraindications?|indications?)$/,
      /^(?:approval(?:no|num|number)?|manufacturer|dosageform|contraindications?|indications?)$/,
    ),
    unless: /^(?:patient\w*|user\w*|doctor\w*|prescription(?:id|no)|visit\w*|diagnosis|idcard)$/,
    why: {
      zh: '旁边有药品名、批准文号、生产厂家：是药品说明，不是使用者的病情',
      en: 'beside the name, the maker or the approval of a medicine it says what that is for, not what somebody has',
    },
  },
  {
    name: 'doubt-vehicles-licence',
    types: setOf('driver_license'),
    // 行驶证 is put into English as a driving licence as often as 驾驶证 is; a driver's is numbered like a citizen.
    keys: /^driving licen[cs]e|^licen[cs]e no$/,
    of: (value) => residentId.check(value) === null,
    says: counted(
      1,
      /^(?:vin|vinno|vincode|frameno|engineno|enginenum|enginenumber|plateno|platenumber|licenseplate|carno|cph|hphm|mileage)$/,
    ),
    unless: /^(?:driver(?:name|phone|licen[cs]e\w*)?|licen[cs]eclass|allowedtype|quasidrivingtype)$/,
    why: {
      zh: '旁边有车架号、发动机号或车牌，值也不是公民身份号码：可能是行驶证，不是驾驶证',
      en: "beside the number of a frame, an engine or a plate, and no citizen's number: it may be the vehicle's licence and not a driver's",
    },
  },
  {
    name: 'doubt-appliance',
    types: setOf('mac_address device_serial device_model'),
    // What is set up at home stands in a room, and answers to a gateway or a key of its product.
    says: counted(1, /^(?:room(?:name|id)|home(?:name|id)|gateway(?:id|mac)|hub(?:id|mac)|iotid|productkey|bindkey)$/),
    holder: MACHINE,
    unless: /^(?:imei|oaid|idfa|idfv|androidid|os|osversion|osver|systemversion|appversion|appver|phonemodel)$/,
    why: {
      zh: '旁边有房间、网关或物联网产品标识：是家里某台设备的，不是手机的',
      en: 'beside a room, a gateway or the key of a connected product it is that of an appliance and not of the phone',
    },
  },
  {
    name: 'doubt-vacancy',
    types: setOf('education age gender income occupation location_coarse postal_address'),
    says: isVacancy,
    unless: /^(?:resumeid|realname|phone|mobile|email|uid|userid|openid|idcard|expect\w*|birthday|school(?:name)?)$/,
    why: {
      zh: '同一对象写有岗位编号和薪资、经验要求：是招聘的要求，不是使用者的',
      en: 'beside the number of a vacancy and what it pays or asks for: what an employer wants, and not who sends it',
    },
  },
  {
    name: 'doubt-resource',
    types: setOf('account_id'),
    keys: /uid/,
    says: (neighbours) =>
      counted(1, /^(?:resourceversion|generatename|creationtimestamp|ownerreferences)$/)(neighbours) ||
      counted(2, /^(?:apiversion|kind|namespace|fieldpath|generation|node|pod)$/)(neighbours),
    why: { zh: '旁边有 kind、namespace：是集群资源的编号', en: 'beside a kind and a namespace it numbers a resource of a cluster' },
  },
  {
    name: 'doubt-services-subject',
    types: setOf('account_id'),
    keys: /sub$/,
    // RFC 7519 4.1: a service that says only its own name in all three claims says it of itself.
    says: (neighbours) => {
      const subject = neighbours.get('sub') ?? '';
      return subject !== '' && (neighbours.get('aud') === subject || neighbours.get('iss') === subject);
    },
    why: {
      zh: '与令牌的受众或签发者相同：是服务自己的名称，不是账号',
      en: 'the same as the audience or the issuer of the token: the service’s own name, and no account',
    },
  },
  ...THING_OWNERS,
  ...RECORD_OWNERS,
];

const NAMES: ReadonlySet<string> = new Set(OWNERS.map(({ name }) => name));

/** Whether the neighbours of a reading have denied it: nothing beside it makes it sure again. @param trace of its evidence. */
export function isDenied(trace: readonly TraceLine[]): boolean {
  return trace.some(({ rule }) => NAMES.has(rule));
}
