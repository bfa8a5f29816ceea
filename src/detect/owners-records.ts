import { isDivisionName } from './division.js';
import { counted, countedWith, type Neighbours, type Owner, setOf } from './owner.js';

/** Owners that are records of a service: its accounts and machines, its definitions, its texts in another language, its timetables. */

/** Whoever is told of besides is known by one of these. */
const KNOWN = /^(?:userid|openid|idcard|phone|mobile|email|deviceid|imei|oaid|idfa|androidid|realname|orderid|orderno)$/;
/** What a report of an app tells of the phone. */
const OF_PHONE =
  /^(?:imei|oaid|idfa|idfv|gaid|androidid|deviceid|os|osversion|osver|osv|systemversion|app(?:lication)?ver(?:sion)?|appversion(?:name|code)?|sdkversion|phonemodel|screenwidth|dpi|useragent|ua)$/;

/** So many labels are the pages of an app in another language; no form has as many fields. */
const LABELS = 30;
const LABELLED = 0.9;
/** Labels begin with a capital or are written without any. */
const WORDED = 0.6;
const WORD = /\p{L}{2}/u;
const BEGINS = /^[\p{Lu}\p{Lo}]|\s/u;
/** What forms and settings hold besides: switches, numbers, identifiers, moments, addresses and names of fields. */
const NO_LABEL =
  /^(?:true|false|null|undefined|none)$|^[\w.:+/=-]*\d[\w.:+/=-]*$|^[a-z]+:\/\/|^[^\s@]+@[^\s@]+$|^[a-z]+(?:[_.A-Z][A-Za-z_.]*)?$/;

/** A number to be called at, of an identity document, a day: nobody translates these. */
const FILLED_IN = /^1[3-9]\d{9}$|^\d{17}[\dXx]$|^(?:19|20)\d{2}-\d{2}-\d{2}/;

/** Whether somebody has filled in what is a form then, however long. */
function isFilledIn(name: string, value: string): boolean {
  return FILLED_IN.test(value) || (/(?:province|city|nativeplace)$/.test(name) && isDivisionName(value));
}

/** An object that holds a text for each of its names, and next to nothing else. */
function isLanguagePack(neighbours: Neighbours): boolean {
  if (neighbours.size < LABELS) return false;
  let labels = 0;
  let worded = 0;
  for (const [name, value] of neighbours) {
    if (isFilledIn(name, value)) return false;
    if (!WORD.test(value) || NO_LABEL.test(value)) continue;
    labels++;
    if (BEGINS.test(value)) worded++;
  }
  return labels >= neighbours.size * LABELLED && worded >= neighbours.size * WORDED;
}

/** A row of a table of divisions has a code that begins with those of the divisions around it (GB/T 2260, GB/T 10114). */
function isDivision(neighbours: Neighbours): boolean {
  const code = neighbours.get('code') ?? '';
  if (!/^\d{4,12}$/.test(code) || !neighbours.has('name')) return false;
  for (const [name, value] of neighbours)
    if (/^(?:province|city|area|district|county|street|town)code$/.test(name) && value.length < code.length && code.startsWith(value))
      return value !== '';
  return false;
}

/** `{ code: "o3", name: "O3", fullName: "Ozone" }`: what has a sign of its own in capitals and digits, and a code that begins with a letter. */
function isAbbreviated(neighbours: Neighbours): boolean {
  if (!/^(?=.{1,6}$)[\p{Lu}\d][\p{Lu}\d.\s]*$/u.test(neighbours.get('name') ?? '')) return false;
  return ['code', 'index', 'symbol'].some((name) => /^[a-z][a-z0-9_-]*$/.test(neighbours.get(name) ?? ''));
}

/** A row of a register of places has a name, a position and the land that it lies in. */
function isNamedPlace(neighbours: Neighbours): boolean {
  return (
    neighbours.has('name') &&
    counted(1, /^lat(?:itude)?$/)(neighbours) &&
    counted(1, /^(?:lon|lng|longitude)$/)(neighbours) &&
    counted(1, /^(?:country\w*|adm\d?|elevation|iata\w*|icao\w*|rank|population)$/)(neighbours)
  );
}

/** Names and values of phones alone: their brand, their own address, the release of their system. Makers of phones make switches as well. */
function tellsOfPhone(neighbours: Neighbours): boolean {
  for (const [name, value] of neighbours)
    if (/^(?:brand|phone(?:mac|model|name|type|brand)|systemversion\w*)$/.test(name) ? value !== '' : PHONES_SYSTEM.test(value))
      return true;
  return false;
}
const PHONES_SYSTEM = /^(?:Android|iOS|iPhone OS|HarmonyOS)[ /_-]?\d/i;

const isNode = countedWith(
  2,
  /^(?:nodeid|manufacturerid|productid|producttype|vendorid|label|endpoints?|ieeeaddr(?:ess)?|networkaddress|islistening|isrouting|zwaveplusversion)$/,
  /^(?:manufacturerid|ieeeaddr(?:ess)?|zwaveplusversion|isrouting)$/,
);

/** What exchanges and registers tell of a company whose shares are traded. */
const LISTED =
  /^(?:ticker|tickerroot|stockcode|secucode|cik|siccode|isin|lei|marketcap|totalemployees|primaryexchange|shareclassfigi|listdate)$/;

export const LISTED_COMPANY: Owner = {
  name: 'doubt-listed-company',
  types: setOf('phone_number contact_phone postal_address email location_coarse'),
  says: counted(2, LISTED),
  unless: /^(?:userid|openid|idcard|realname|orderid|accountno|uid|mobile|fundaccount|tradeaccount|password|amount)$/,
  why: {
    zh: '旁边有证券代码、总市值等：是上市公司的信息，不是个人的',
    en: 'beside the code of a share or what it is worth: the company’s, and no person’s',
  },
};

export const RECORD_OWNERS: readonly Owner[] = [
  {
    name: 'doubt-language-pack',
    types: setOf(
      'password account_id clipboard real_name nickname occupation education postal_address location_coarse payment_channel search_query chat_content',
    ),
    of: (value) => !/\d/.test(value),
    says: isLanguagePack,
    why: {
      zh: '所在对象有几十项，几乎全是界面文字：是语言包，不是谁填写的',
      en: 'dozens of texts stand in the object and next to nothing else: what an app says in some language, and not what somebody filled in',
    },
  },
  {
    name: 'doubt-member',
    types: setOf('real_name'),
    keys: /(?:^|\.)name$/,
    of: (value) => /^[A-Za-z_]\w*$/.test(value),
    says: countedWith(
      2,
      /^(?:type|required|optional|nullable|datatype|default(?:value)?|document|description|format|disabled|member)$/,
      /^(?:required|optional|nullable|datatype|defaultvalue|document)$/,
    ),
    unless: KNOWN,
    why: {
      zh: '旁边有数据类型、是否必填：是接口定义中字段的名称，不是人名',
      en: 'beside a type and whether it is required: the name of a field that an interface defines, and of nobody',
    },
  },
  {
    name: 'doubt-entry',
    types: setOf('real_name'),
    keys: /^traits?\.name$/,
    // What is known of a person is one object; the traits of a kind are a list, each with a number or a page of its own.
    says: (neighbours) => counted(1, /^(?:index|traittype|rarity)$/)(neighbours) || counted(2, /^(?:slug|url)$/)(neighbours),
    unless: /^(?:email|phone|mobile|firstname|lastname|avatar|username|userid|uid|createdat|gender|age|plan)$/,
    why: {
      zh: '旁边有序号或自己的页面：是特性、属性的名称，不是人名',
      en: 'beside an index or a page of its own: the name of a trait, and of nobody',
    },
  },
  {
    name: 'doubt-abbreviated',
    types: setOf('real_name'),
    keys: /^full ?name$/,
    says: isAbbreviated,
    unless: new RegExp(`${KNOWN.source}|^(?:gender|sex|age|birth\\w*|nationality|password|address|username)$`),
    why: {
      zh: '旁边有代号和缩写：是某个名词的全称，不是人名',
      en: 'beside a code and a sign it is what that stands for, and nobody’s name',
    },
  },
  {
    name: 'doubt-font',
    types: setOf('real_name'),
    says: counted(1, /^(?:ffamily|fstyle|fontfamily|fontstyle)$/),
    why: { zh: '旁边有字体的族、样式：是字体的名称', en: 'beside the family or the style of a font it names that' },
  },
  {
    name: 'doubt-panel',
    types: setOf('account_id'),
    keys: /uid/,
    of: (value) => /[A-Za-z]/.test(value),
    // Reports of apps have a schema with a version as well.
    says: (neighbours) =>
      counted(1, /^(?:signatureversion|endpointprefix)$/)(neighbours) ||
      countedWith(
        2,
        /^(?:schemaversion|graphtooltip|fiscalyearstartmonth|weekstart|editable)$/,
        /^(?:graphtooltip|schemaversion)$/,
      )(neighbours),
    holder: /^(?:datasource|dashboard|panel)s?$/,
    why: {
      zh: '是监控面板、数据源或接口定义的编号，不是账号',
      en: 'it numbers a dashboard, a source of data or the definition of an interface, and is no account',
    },
  },
  {
    name: 'doubt-public-profile',
    types: setOf('avatar account_id nickname'),
    // How services for source code tell of whoever took part in something; whoever signs in there is told with their address and their counts.
    says: counted(
      2,
      /^(?:followersurl|followingurl|gistsurl|starredurl|subscriptionsurl|organizationsurl|reposurl|receivedeventsurl|siteadmin)$/,
    ),
    unless: /^(?:email|createdat|followers|publicrepos|plan|token|accesstoken|phone|mobile|deviceid)$/,
    why: {
      zh: '旁边是代码托管服务的公开主页链接：是参与者的公开资料',
      en: 'beside the public pages of a service for source code: what everybody sees of whoever took part',
    },
  },
  {
    name: 'doubt-numbered-record',
    types: setOf('device_uuid'),
    keys: /^(?:uuid|guid)$/,
    // Whoever reports a bug describes it, too, and names their phone.
    says: (neighbours) =>
      counted(1, /^description$/)(neighbours) &&
      counted(1, /^(?:name|title|type|label)$/)(neighbours) &&
      counted(
        1,
        /^(?:authors?|namespace|icon|values?|references?|source|category|killchainorder|tags?|keywords?|licen[cs]e|expanded|version)$/,
      )(neighbours),
    unless: new RegExp(
      `${KNOWN.source}|${OF_PHONE.source}|^(?:uid|model|brand|platform|manufacturer|channel|email|contact\\w*|token|mac|imsi)$`,
    ),
    why: {
      zh: '旁边有名称、说明以及作者、分类等：是该条目自己的编号，不是设备的',
      en: 'beside a name, a description and an author or a category: it numbers that entry, and no device',
    },
  },
  {
    name: 'doubt-cloud-account',
    types: setOf('account_id'),
    keys: /^account(?: id)?$/,
    // AWS writes twelve digits, Alibaba Cloud sixteen; a person who signs in to what runs there is called as they please.
    of: (value) => /^\d{12,16}$/.test(value),
    says: counted(1, /^(?:apiid|domainprefix|resourcepath|detailtype|awsregion|arn|eventsourcearn|metricstreamname)$/),
    unless: KNOWN,
    why: {
      zh: '旁边有云服务的接口、资源编号：是租用云服务的企业账号，不是使用者的',
      en: 'beside an interface or a resource of a cloud it is the account of the firm that rents it, and not its user’s',
    },
  },
  {
    name: 'doubt-rented-machine',
    types: setOf('device_uuid hardware_params device_model os_version'),
    // Apps count megabytes, too.
    says: (neighbours) =>
      !tellsOfPhone(neighbours) &&
      (counted(1, /^(?:vcpus?|hypervisor\w*|flavor(?:id|ref)?|provisionstate)$/)(neighbours) ||
        counted(2, /^(?:memorymb|localgb|availabilityzone|imageid|instancetype|region)$/)(neighbours)),
    unless: OF_PHONE,
    why: {
      zh: '旁边有虚拟处理器、规格或可用区：是云主机，不是手机',
      en: 'beside virtual processors, a flavour or a zone it is a rented machine, and no phone',
    },
  },
  {
    name: 'doubt-mesh-node',
    types: setOf('os_version device_model device_serial mac_address hardware_params'),
    // Z-Wave, Zigbee and Matter number makers and products; phones name theirs.
    says: (neighbours) => !tellsOfPhone(neighbours) && isNode(neighbours),
    unless: OF_PHONE,
    why: {
      zh: '旁边有厂商编号、节点编号：是家里联网的设备（Z-Wave、Zigbee），不是手机',
      en: 'beside the number of its maker and of its node: a thing that is connected at home (Z-Wave, Zigbee), and not the phone',
    },
  },
  {
    name: 'doubt-other-end',
    types: setOf('ip_address'),
    // Whoever serves calls the phone its remote end; what loads a page calls the server so, and tells what came from there.
    says: countedWith(
      2,
      /^(?:remoteip\w*|remoteaddr\w*|mimetype|fromdiskcache|fromserviceworker|encodeddatalength|connectionreused|securitystate)$/,
      /^remote(?:ip|addr)\w*$/,
    ),
    unless: /^(?:client|user|my|local|device|public|real|source)ip\w*$/,
    why: {
      zh: '旁边是所加载内容的类型、缓存：是服务器的地址，不是手机的',
      en: 'beside what was loaded it is the address of the server, and not the phone’s',
    },
  },
  {
    name: 'doubt-connection',
    types: setOf('password account_id'),
    // `smarthost` is where a service hands over its mail (Alertmanager, Postfix); a person's program for mail asks for SMTP and IMAP.
    says: (neighbours) =>
      neighbours.has('smarthost') ||
      neighbours.has('authidentity') ||
      countedWith(
        2,
        /^(?:server|database|datasource|initialcatalog|host|port|virtualhost|vhost|keyspace|pooling|trustservercertificate|multipleactiveresultsets)$/,
        /^(?:database|initialcatalog|virtualhost|vhost|keyspace|trustservercertificate|multipleactiveresultsets)$/,
      )(neighbours),
    unless: /^(?:login|captcha|verifycode|deviceid|remember\w*|clienttype|platform)$/,
    holder:
      /^(?:datasource|rabbitmq|redis|mysql|postgres(?:ql)?|mongodb|kafka|elasticsearch|clickhouse|connectionstrings?|statviewservlet)$/,
    why: {
      zh: '旁边有数据库、虚拟主机等：是服务之间的登录，不是使用者的',
      en: 'beside a database or a virtual host: how one service signs in to another, and no person',
    },
  },
  LISTED_COMPANY,
  {
    name: 'doubt-table-of-divisions',
    types: setOf('location_coarse'),
    keys: /code$/,
    says: isDivision,
    unless: new RegExp(`${KNOWN.source}|^(?:address|detail\\w*|username|consignee|receiver\\w*|contact\\w*|gender)$`),
    why: {
      zh: '自身代码以此代码开头：是行政区划表中的一行，不是谁所在的地方',
      en: 'its own code begins with this one: a row of a table of divisions, and not where somebody is',
    },
  },
  {
    name: 'doubt-zone-of-place',
    types: setOf('locale_timezone'),
    keys: /tz|zone|utc/,
    says: (neighbours) =>
      isNamedPlace(neighbours) ||
      (neighbours.has('name') && neighbours.has('city') && counted(1, /^(?:capacity|coords)$/)(neighbours)) ||
      counted(
        2,
        /^(?:[ad]plat(?:f|form)?[sr]?|[ad]times?[sr]?|scheduled(?:departure|arrival)|stop(?:id|name)|locx|iata(?:code)?)$/,
      )(neighbours),
    unless: new RegExp(
      `${KNOWN.source}|${OF_PHONE.source}|^(?:accuracy|model|brand|language|locale|uid|token|units|nickname|gender|avatar|password)$`,
    ),
    why: {
      zh: '旁边有地名和坐标，或站台、时刻：是那个地方的时区，不是手机的',
      en: 'beside a name and a position, or a platform and its times: the zone of that place, and not the phone’s',
    },
  },
  {
    name: 'doubt-language-of-text',
    types: setOf('locale_timezone'),
    keys: /^(?:lang|language|locale|language (?:tag|code))$/,
    says: (neighbours) =>
      counted(1, /^(?:byline|excerpt|sitename|wordcount|rsslink|itunesid|feedurl|podcastid)$/)(neighbours) ||
      (neighbours.size <= 3 && (neighbours.has('value') || neighbours.has('text'))),
    unless: new RegExp(`${KNOWN.source}|${OF_PHONE.source}|^uid$`),
    why: {
      zh: '旁边有摘要、站点名称等：是文章或节目所用的语言',
      en: 'beside an excerpt or the name of a site: the language that an article or a programme is in',
    },
  },
];
