import { counted, countedWith, type Neighbours, type Owner, setOf } from './owner.js';

/** Owners that are no people and no places of business: programs, certificates, substances, vessels, voices, games and markets. */

/** Whoever is told of besides is known by one of these. */
const KNOWN = /^(?:uid|userid|openid|idcard|phone|mobile|email|deviceid|imei|oaid|realname|orderid|orderno)$/;

/** Machines at home and at work that an app talks to. */
export const MACHINE =
  /^(?:printer|tv|television|projector|(?:ip|web)?camera|nvr|router|accesspoint|plc|nas|doorbell|soundbar|vacuum|airconditioner|fridge|washer|thermostat|lamp|bulb|smartlock)(?:s|info|list|detail|data)?$/;

/** What is connected at home names its model in three parts: who makes it, what it is and which (MIoT specification: `vendor.light.v2`). */
const CONNECTED_MODEL = /^[a-z][a-z0-9]+\.(?!android|ios|phone|pad|tablet)[a-z][a-z_]+\.[a-z0-9_]+$/;
function isConnectedThing(neighbours: Neighbours): boolean {
  return CONNECTED_MODEL.test(neighbours.get('model') ?? '') && (neighbours.has('did') || neighbours.has('devid'));
}

/** By which of these a group is counted; a profile that is complete to so many per cent has several. */
const COUNTED_BY: readonly RegExp[] = [
  /^(?:gender|sex|性别)$/,
  /^(?:age\w*|birth\w*|年龄)$/,
  /^(?:city|province|region|country|district)(?:name|code)?$/,
  /^(?:education|degree|学历)$/,
  /^(?:occupation|job|profession|职业)$/,
  /^(?:income\w*|salary)$/,
];
function isShare(neighbours: Neighbours): boolean {
  if (counted(1, /^(?:rollout|ratio|proportion)$/)(neighbours)) return true;
  const kinds = COUNTED_BY.filter((names) => counted(1, names)(neighbours)).length;
  if (kinds > 1) return false;
  // Whoever fills in a form has confirmed it.
  for (const [name, value] of neighbours) if (/^(?:confirmed|deaths?)$/.test(name) && /^\d+$/.test(value)) return true;
  return counted(1, /^percent(?:age)?$/)(neighbours);
}

/** What was fetched from a host, and how long each step to it took. */
const isLoaded = countedWith(
  3,
  /^(?:host|hostname|url|method|responsecode|statuscode|httpcode|bytesin|bytesout|(?:dns|connect|tcp|ssl|tls|ttfb|firstbyte)(?:ms|time|cost|duration)?)$/,
  /^(?:dns|connect|tcp|ssl|tls|ttfb|firstbyte)(?:ms|time|cost|duration)$/,
);

/** Without a dot it is what somebody calls a machine of theirs. */
function isResolved(neighbours: Neighbours): boolean {
  const host = neighbours.get('hostname') ?? '';
  if (/\.(?!local$|lan$)[a-z]{2,}$/i.test(host)) return true;
  return counted(1, /^(?:domain|domainname|cname|ttl|sni|loss|lossrate|packetloss|hops)$/)(neighbours) || isLoaded(neighbours);
}

/** `{ text: "Hallo", language: "de" }`: a text, the language that it is written in, and nothing else. */
function isLocalisedText(neighbours: Neighbours): boolean {
  return neighbours.size === 2 && (neighbours.has('text') || neighbours.has('value'));
}

const IMAGE_OF_PROGRAM = /^(?:image(?:name|addr)?|loadaddress|baseaddress|binary(?:name|image)?|dsym|debugid|codefile|codeid)$/;
/** An image is a picture as well. */
const PICTURE = /^(?:https?:|data:|content:|file:)|\.(?:jpe?g|png|gif|webp|hei[cf]|bmp|svg)$/i;
/** Licences of programs as SPDX names them, and what packages write in their place; a driver has a licence as well, and an app a version. */
const OF_SOFTWARE =
  /^\(?(?:MIT|ISC|0?BSD|Apache|[AL]?GPL|GNU|MPL|EPL|CDDL|CC0|CC-BY|BSL|Zlib|Unlicense|UNLICENSED|WTFPL|Artistic|Python|PSF|Public Domain|Proprietary|SEE LICEN[CS]E)/i;

/** What a program connects to: JDBC, and the schemes of databases and queues. */
const ADDRESS_OF_DATABASE = /^(?:jdbc:|(?:mysql|postgres(?:ql)?|mongodb(?:\+srv)?|redis|amqps?|ldaps?):\/\/)/;
/** Vehicles have drivers as well, who are no classes of Java. */
const DRIVER = /^driver(?:class)?(?:name)?$/;
const CLASS = /^[a-z]\w*(?:\.\w+){2,}$/;
/** What else is told of a cycle of the body. */
const MENSTRUAL = /menstr|menses|ovulat|pregnan|fertil|luteal|lmp|flowlevel|cramp|symptom|mood|basal|bbt|spotting|月经|经期|yuejing/;
/** Days from one menstruation to the next (FIGO 2018: 24 to 38 are regular), and some more; a week, a quarter and a year have other numbers. */
const OF_BODY = /^(?:2[1-9]|3[0-9]|4[0-5])$/;

/** Accounts are settled, reports written and subscriptions renewed by periods and cycles as well. */
function isOfTerm(neighbours: Neighbours): boolean {
  const days = neighbours.get('cyclelength');
  if (days !== undefined && (neighbours.has('periodlength') || (neighbours.has('lastperiod') && OF_BODY.test(days)))) return false;
  for (const name of neighbours.keys()) if (MENSTRUAL.test(name)) return false;
  return true;
}

/** Only a phone tells how exact its place is, and what else it is besides: whoever walks or dives with it is somewhere at some height, too. */
const OF_PHONES_PLACE = new RegExp(
  `${KNOWN.source}|^(?:token|model|brand|battery(?:level)?|accuracy|horizontalaccuracy|provider|coord(?:type|sys)?|userid|accountid)$`,
);

/** What moves or stands by itself and is watched: a ship (MMSI, IMO), an aircraft (ICAO 24-bit address), an earthquake, a station. */
export const LOCATED_THING: Owner = {
  name: 'doubt-located-thing',
  types: setOf('location_coarse location_precise postal_address'),
  says: (neighbours) =>
    counted(
      1,
      /^(?:mmsi|imo|imono|vessel(?:name)?|shipname|icao24|callsign|epicenter|evses?|basisofrecord|gbifid|taxonkey|(?:num)?(?:bikes|docks)available|availablebikes)$/,
    )(neighbours) ||
    counted(
      2,
      /^(?:mag|magnitude|depth|station(?:id|name)?|elevation|capacity|free|occupied|humidity|windspeed|winddirection|(?:left|total|free|available)(?:space|spaces|stalls|spots|num))$/,
    )(neighbours),
  unless: OF_PHONES_PLACE,
  why: {
    zh: '旁边有船舶、航空器、地震或站点的编号：是其所在，不是使用者的位置',
    en: 'beside the number of a ship or an aircraft, a magnitude or a capacity: where that is, and not who sends it',
  },
};

/** What tables of a season tell of an athlete, and of no player of a game on the phone. */
const SEASON = /^(?:yearid|lgid|leagueid|awardid|stint|bats|throws|debut|gamesplayed)$/;

export const THING_OWNERS: readonly Owner[] = [
  {
    name: 'doubt-of-season',
    types: setOf('account_id'),
    keys: /^player id$/,
    says: countedWith(
      2,
      /^(?:yearid|season(?:id)?|team(?:id)?|lgid|league(?:id)?|awardid|stint|gamenum|bats|throws|debut|position|pos|gamesplayed)$/,
      SEASON,
    ),
    unless: /^(?:token|deviceid|serverid|zoneid|roleid|openid|nickname|level|os|osversion|platform|appversion)$/,
    why: {
      zh: '旁边有联赛、赛季、球队：是运动员的编号，不是账号',
      en: 'beside a league and a season it numbers an athlete, and is no account',
    },
  },
  {
    name: 'doubt-of-the-dead',
    types: setOf('birth_date gender age real_name nationality occupation location_coarse body_metrics'),
    says: counted(1, /^(?:death(?:date|year|day|place|city|country)|(?:date|year|place)ofdeath|died)$/),
    unless: new RegExp(`${KNOWN.source}|^(?:relation\\w*|policy\\w*|beneficiary\\w*|applicant\\w*)$`),
    why: {
      zh: '旁边有去世的日期或地点：是人物传记，不是使用者的',
      en: 'beside the day or the place of a death: of whom a biography tells, and not who sends it',
    },
  },
  LOCATED_THING,
  {
    name: 'doubt-process',
    types: setOf('account_id'),
    keys: /^(?:uid|user id)$/,
    // A program runs under a user of the system: 0 to 9999 are the system's own, 10000 to 19999 an app's, 99000 and more isolated, each with the number of another user before it (Android, android_filesystem_config.h).
    of: (value) => /^(?:\d{1,4}|[19]\d{4}|\d{1,2}10\d{3})$/.test(value),
    says: counted(1, /^(?:e|pp|t)?pid$|^(?:pid|tid|ppid|e?gids?|euid|suid|auid|exe|processid|flags|ws|lock|wakefulness)$/),
    why: {
      zh: '旁边有进程号等：是系统中运行程序的用户编号，不是账号',
      en: 'beside a process it is the user of the system that a program runs under, and no account',
    },
  },
  {
    name: 'doubt-connected',
    types: setOf('mac_address device_serial device_model device_uuid android_id ip_address hardware_params locale_timezone'),
    says: isConnectedThing,
    unless: /^(?:imei|oaid|idfa|idfv|androidid|os|osversion|systemversion|appversion|appver|phonemodel)$/,
    why: {
      zh: '机型写成“厂商.品类.型号”三段：是家里联网的设备，不是手机',
      en: 'its model is written in three parts (maker, kind, which): a thing that is connected at home, and not the phone',
    },
  },
  {
    name: 'doubt-consultation',
    types: setOf('medical_appointment payment_amount push_token'),
    // How many may still come, and what the doctor is good at.
    says: counted(
      1,
      /^(?:have|left|remain|remaining|available|surplus|rest)(?:count|num|number)$|^(?:doctor|expert)(?:skill|desc|initials?|intro)$|^good ?at$|^dept(?:desc|intro)$/,
    ),
    unless: /^(?:patient\w*|pat(?:name|id|card)|visit(?:no|id)|orderid|orderno|idcard|phone|mobile|openid|uid|userid|cardno)$/,
    why: {
      zh: '旁边有余号、医生擅长：是医院的排班和介绍，不是谁的就诊',
      en: 'beside the places that are left or what a doctor is good at: what a hospital offers, and nobody’s visit',
    },
  },
  {
    name: 'doubt-share',
    types: setOf('gender age location_coarse education occupation income'),
    says: isShare,
    unless: KNOWN,
    why: { zh: '旁边有占比、人数：是统计或灰度的分组，不是谁的', en: 'beside a share it is a group that is counted, and nobody in it' },
  },
  {
    name: 'doubt-keyword-on-sale',
    types: setOf('search_query'),
    says: counted(1, /^(?:bid|bidprice|matchtype|cpc|hot|hotvalue|hotscore|heat)$/),
    unless: KNOWN,
    why: {
      zh: '旁边有出价或热度：是投放的关键词或热搜榜，不是谁搜的',
      en: 'beside a bid or how many look for it: a word that is sold or ranked',
    },
  },
  {
    name: 'doubt-way-to-pay',
    types: setOf('payment_channel'),
    says: counted(1, /^(?:enabled?|icon|iconurl|logo|logourl)$/),
    unless: new RegExp(`${KNOWN.source}|^(?:\\w*amount|totalfee|paytime)$`),
    why: { zh: '旁边有图标、是否可用：是可选的支付方式', en: 'beside an icon it is a way to pay that is offered' },
  },
  {
    name: 'doubt-notice',
    types: setOf('chat_content'),
    says: counted(1, /^(?:pushid|noticeid|title|jumpurl|deeplink|taskid)$/),
    unless: /^(?:from|to|sender|receiver|conversation|session|chat|peer)|^(?:groupid|uid|userid|openid|subject)$/,
    why: {
      zh: '旁边有标题、推送编号，没有收发人：是通知，不是聊天',
      en: 'beside a title or the number of a push, and nobody it is from or to: a notice, and no chat',
    },
  },
  {
    name: 'doubt-top-up',
    types: setOf('virtual_property'),
    keys: /^(?:coins|diamonds?|gold coins|金币|钻石)$/,
    says: counted(1, /^(?:\w*price|productid|skuid|goodsid)$/),
    unless: new RegExp(`${KNOWN.source}|balance|wallet`),
    why: { zh: '旁边有价格：是出售的充值档位，不是谁的余额', en: 'beside a price it is what may be bought, and not what somebody has' },
  },
  {
    name: 'doubt-address-of-host',
    types: setOf('ip_address'),
    keys: /^(?:ip|ip addr|ip address|ipv[46])$/,
    says: isResolved,
    unless: KNOWN,
    why: {
      zh: '旁边有域名：是该域名的服务器地址，不是手机的',
      en: 'beside the name of a host it is where that is reached, and not where the phone is',
    },
  },
  {
    name: 'doubt-machine',
    types: setOf('ip_address'),
    says: () => false,
    holder: MACHINE,
    why: {
      zh: '所在对象是打印机、电视、摄像头等：是那台机器的地址',
      en: 'the object is a printer, a television or a camera: the address of that',
    },
  },
  {
    name: 'doubt-service-login',
    types: setOf('password account_id real_name nickname'),
    says: (neighbours) => {
      for (const [name, value] of neighbours) if (ADDRESS_OF_DATABASE.test(value) || (DRIVER.test(name) && CLASS.test(value))) return true;
      return false;
    },
    why: {
      zh: '旁边有数据库的连接地址或驱动：是服务之间的登录，不是使用者的',
      en: 'beside the address or the driver of a database: how one service signs in to another, and no person',
    },
  },
  {
    name: 'doubt-certificate',
    types: setOf('device_serial device_fingerprint'),
    says: counted(
      1,
      /^(?:issuer(?:dn|name)?|subject(?:dn)?|notbefore|notafter|sigalg|signaturealgorithm|thumbprint|last4|lastfour|expmonth|expyear|guidhash|pubdate|feedid)$/,
    ),
    why: {
      zh: '旁边有颁发者、有效期、卡号末四位或发布日期：是证书、银行卡或文章的编号、指纹，不是设备的',
      en: 'beside an issuer, a term, the last digits of a card or when something was published it is that of a certificate, a card or an article, and no device’s',
    },
  },
  {
    name: 'doubt-licence-of-program',
    types: setOf('device_serial'),
    keys: /^serial/,
    says: counted(1, /^(?:activation(?:code|key)|licen[cs]ekey|licensee|edition)$/),
    unless: /^(?:(?:phone|device)?(?:model|brand)|manufacturer|imei|oaid|androidid|osversion)$/,
    why: { zh: '旁边有激活、授权：是软件的序列号', en: 'beside an activation or a licensee it is the serial number of a program' },
  },
  {
    name: 'doubt-image-of-program',
    types: setOf('device_uuid'),
    keys: /^uuid$/,
    says: (neighbours) => {
      for (const [name, value] of neighbours) if (IMAGE_OF_PROGRAM.test(name) && value !== '' && !PICTURE.test(value)) return true;
      return false;
    },
    unless: /^(?:os|osversion|model|brand|imei|oaid|idfa|deviceid|platform|appversion)$/,
    why: {
      zh: '旁边有映像名、架构：是程序映像的编号',
      en: 'beside the name or the architecture of an image it numbers a build of a program',
    },
  },
  {
    name: 'doubt-package',
    types: setOf('os_version hardware_params email real_name'),
    says: (neighbours) =>
      counted(1, /^(?:engines?|resolved|integrity|lockfileversion|classifiers|devdependencies)$/)(neighbours) ||
      (OF_SOFTWARE.test(neighbours.get('license') ?? '') && counted(1, /^(?:version|homepage|main|bugs)$/)(neighbours)),
    unless: /^(?:uid|userid|openid|idcard|phone|mobile|deviceid|imei|oaid|appversion|token|realname|model|brand)$/,
    why: {
      zh: '旁边有许可、依赖的校验值：是软件包的说明',
      en: 'beside a licence or the integrity of a dependency it describes a package of software',
    },
  },
  {
    name: 'doubt-voice',
    types: setOf('gender age locale_timezone'),
    says: counted(1, /^(?:voice(?:id|name|type)?|timbre|speechrate|speaker(?:id|name)?)$/),
    holder: /^voices?(?:info|list)?$/,
    // Whoever presents themselves with their voice was born once, and is so tall.
    unless: new RegExp(`${KNOWN.source}|^(?:birthday|birthdate|height|weight|idnumber|constellation)$`),
    why: { zh: '旁边有发音人：是合成语音的性别、年龄、语言', en: 'beside a voice it is what speech is made with, and nobody’s' },
  },
  {
    name: 'doubt-written-in',
    types: setOf('locale_timezone'),
    keys: /^(?:lang|language|locale)$/,
    says: (neighbours) =>
      isLocalisedText(neighbours) ||
      counted(1, /^(?:starturl|pubdate|lastbuilddate|managingeditor|subtitle|cues|fontfamily)$/)(neighbours) ||
      counted(2, /^(?:family|style|postscript)$/)(neighbours),
    unless: KNOWN,
    why: { zh: '与一段文字或页面同处：是内容所用的语言', en: 'beside a text or a page it is the language that this is written in' },
  },
  {
    name: 'doubt-table',
    types: setOf('seat_number id_type payment_amount'),
    says: countedWith(
      2,
      /^(?:table(?:id|no)?|deck|cards?|cardid|pot|bets?|blinds?|chips|hand|dealer|gameid|round|cost|race|rarity)$/,
      /^(?:table(?:id|no)?|deck|cards?|cardid|pot|bets?|blinds?|chips|dealer|gameid)$/,
    ),
    unless: /^(?:order\w*|pay\w*|currency|flightno|trainno|idcard|phone)$/,
    why: { zh: '旁边有牌桌、筹码、卡牌：是游戏里的座位、卡牌和筹码', en: 'beside a deck, a pot or a table it belongs to a game' },
  },
  {
    name: 'doubt-quote',
    types: setOf('payment_amount'),
    says: counted(2, /^(?:symbol|stockcode|secucode|open|high|low|close|preclose|volume|turnover|bid|ask)$/),
    unless: /^(?:order\w*|account\w*|userid|uid|pay\w*)$/,
    why: { zh: '旁边有证券代码、开盘价：是行情，不是付款', en: 'beside a symbol and an opening price it is of a market, and no payment' },
  },
  {
    name: 'doubt-fare',
    types: setOf('passenger_type seat_class'),
    says: counted(2, /^(?:\w*price|stock|inventory|remain(?:ing)?|left(?:count|num)?)$/),
    unless: /^(?:order\w*|passenger\w+|uid|userid|openid|count|quantity|seatno|idcard|phone|mobile)$/,
    why: {
      zh: '旁边有票价、余票：是出售的票种，不是谁买的票',
      en: 'beside a price and a stock it is a kind of ticket on sale, and not one that somebody has bought',
    },
  },
  {
    name: 'doubt-substance',
    types: setOf('screen_info'),
    keys: /^density$/,
    says: counted(
      1,
      /^(?:melting\w*|boiling\w*|atomic\w*|molar\w*|mass|compound|formula|viscosity|phase|solubility|substance|population)$/,
    ),
    why: {
      zh: '旁边有熔点、质量：是物质的密度，不是屏幕的',
      en: 'beside a mass or a melting point it is how dense a substance is, and no screen',
    },
  },
  {
    name: 'doubt-term',
    types: setOf('reproductive_health'),
    keys: /^(?:cycle length|period (?:length|start|date)|last period)$/,
    says: isOfTerm,
    under:
      /menstr|menses|ovulat|pregnan|fertil|yuejing|^(?:women|female)?(?:health|period|cycle)(?:info|data|log|record|tracker|settings?)?s?$|^(?:women|female)/,
    why: {
      zh: '账单、报表也有周期和起止，旁边没有月经、排卵等字样',
      en: 'bills and reports have periods and cycles, too, and nothing beside it is of a body',
    },
  },
  {
    name: 'doubt-picture-of-page',
    types: setOf('avatar'),
    keys: /^(?:portrait(?: url)?|head (?:image|pic|img|img url|url)|profile (?:image|picture))$/,
    says: counted(1, /^(?:landscape(?:url)?|articleid|cover(?:url)?|subscribers|channelid|banner(?:url)?)$/),
    unless: /^(?:uid|userid|openid|nick|nickname|username|phone|mobile|realname|gender|sex|birthday|birthdate|signature|bio)$/,
    why: {
      zh: '旁边有文章、频道或横版图：是页面的图片，不是头像',
      en: 'beside an article, a channel or its landscape it is a picture of a page, and nobody’s',
    },
  },
  {
    name: 'doubt-operation',
    types: setOf('nickname'),
    of: (value) => /^[A-Za-z_]\w*$/.test(value),
    says: counted(2, /^(?:httpmethod|method|summary|responseclass|responsemessages|produces|consumes)$/),
    why: {
      zh: '旁边有请求方法：是接口说明中操作的名称',
      en: 'beside the method of a request it names an operation of an interface (Swagger 1.2)',
    },
  },
];
