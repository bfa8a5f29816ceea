import type { Bilingual } from '../model/text.js';
import { setOf } from './owner.js';

/** What objects are called after what they describe, and what they hold of that (holders.ts asks it). */
export interface Holder {
  readonly name: string;
  /** The last word that says what the object is of. */
  readonly nouns: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  /** Types that make it somebody's after all, once one of them is sure in the same object. */
  readonly rivals?: ReadonlySet<string>;
  /** What has to hold of what stands around it besides. */
  readonly admits?: (around: Around) => boolean;
  readonly why: Bilingual;
}

/** What stands around a piece of evidence. */
export interface Around {
  /** Names of the objects that it stands in, innermost first, the holder left out. */
  readonly above: readonly string[];
  /** Whether the holder is an element of a list. */
  readonly listed: boolean;
  /** Whether a name stands beside the holder. */
  readonly beside: (pattern: RegExp) => boolean;
  /** Whether one stands in it. */
  readonly inside: (pattern: RegExp) => boolean;
}

export const DEVICE = 'device_model os_version screen_info hardware_params network_type locale_timezone';
const PERSON = 'gender age birth_date body_metrics nationality ethnicity religion education occupation income marital_status';
const HEALTH = 'health_record medical_condition medical_diagnosis reproductive_health';
/** Whatever has one of these is a phone, or whoever has a login on it. */
const SENDERS =
  'id_number bank_card_number imei meid oaid idfa idfv gaid android_id device_uuid push_token auth_token wechat_id sim_operator';
const OF_SENDER = setOf(`${SENDERS} phone_number`);
/** Whoever sells answers the telephone. */
const OF_SELF = setOf(SENDERS);
/** Names beside what an advertiser or an experiment picks people by: an app that asks for an advertisement tells of its own user in such an object. */
const PICKING =
  /^(?:campaign|adgroup|adset|experiment|strategy|strategies|variant|variation|rollout|budget|bid(?:price|amount)?|creative|coverage|hashattribute|(?:contextual)?bandit|(?:current|updated)?leafweight)(?:s|id|key|name)?$/;

const GOODS: Bilingual = {
  zh: '所在对象是商品：说的是商品，不是使用者或这部手机',
  en: 'the object is of goods: it describes those, and neither who sends it nor the phone',
};

const WORK: Bilingual = { zh: '所在对象是影片、书籍、菜谱一类的内容', en: 'the object is of a film, a book, a recipe or the like' };
const OF_WORK = setOf(`${PERSON} ${HEALTH} medical_appointment locale_timezone location_coarse screen_info avatar nickname`);

const SERVER: Bilingual = {
  zh: '所在对象是医生、教师、司机一类的服务人员，且没有其证件、手机号或登录',
  en: 'the object is of whoever serves (a doctor, a teacher, a driver), and holds neither a number of theirs nor a login',
};

const OF_SERVER = setOf(`${PERSON} avatar nickname phone_number contact_phone`);
/** Whoever signs up for such work leaves a number to be called at, and the papers of the car. */
const OF_SIGNED_UP = setOf(`${SENDERS} phone_number contact_phone`);

const OTHER: Bilingual = {
  zh: '所在对象是对方：被查看、被关注的人或对手',
  en: 'the object is of somebody else: whom one looks at, follows or plays against',
};
const OF_OTHER = setOf(`${PERSON} avatar nickname location_coarse account_id`);
/** How somebody is called or numbered: people are, aims and steps of a screen are not. */
const CALLED = /^(?:\w*uid|(?:user|guide|agent|coach|tutor)id|\w*name|nick|avatar\w*|\w*phone|\w*tel)$/;

const SERVICE: Bilingual = { zh: '所在对象是公交车、列车、船舶等公共交通工具', en: 'the object is of a bus, a train or a ship' };
const OF_SERVICE = setOf('license_plate license_plate_color location_precise location_coarse');
/** Who reports from a bus or a ship is told of there as well. */
const OF_TRAVELLER = setOf(`${SENDERS} account_id real_name`);

const RESUME = /^(?:resume|cv|job|work(?:info)?|employment|loan|credit)/;
/** Beside an object these say of whom the form is. */
const IDENTIFIED = /^(?:id(?:card|number|no)\w*|certno|realname|(?:bank)?card(?:no|num|number)|accountno)$/;
const EMPLOYED = /^(?:position|job\w*|occupation|profession|worktime|workyears?|entrytime|entrydate)$/;
/** What is said of an account and not of a bank. */
const OF_HOLDER = /^(?:(?:bank)?card(?:no|num|number|holder)?|account(?:name|no|num|number|holder)?|holder|cardholder|iban|khmc)$/;

const MACHINE: Bilingual = {
  zh: '所在对象是摄像头、门锁、车辆一类的机器，不是手机',
  en: 'the object is of a machine (a camera, a lock, a vehicle) and not of the phone',
};

const PICKED: Bilingual = {
  zh: '是广告投放、实验分组所选的人群，不是使用者',
  en: 'whom an advertiser or an experiment picks, and not who sends it',
};

export const HOLDERS: readonly Holder[] = [
  {
    name: 'doubt-of-goods',
    nouns: setOf('goods product sku spu commodity merchandise'),
    types: setOf(`${DEVICE} ${PERSON} ${HEALTH} id_type credit_record location_coarse`),
    rivals: OF_SENDER,
    why: GOODS,
  },
  {
    name: 'doubt-of-goods',
    nouns: setOf('item plan dish meal vaccine'),
    types: setOf(`${DEVICE} ${PERSON} id_type`),
    rivals: OF_SENDER,
    admits: ({ inside }) => inside(/^(?:\w*price|premium|sku\w*|spu\w*|goodsid|stock|sales)$/),
    why: GOODS,
  },
  {
    name: 'doubt-of-work',
    nouns: setOf(
      'movie film teleplay drama novel song music album recipe wallpaper font emoji sticker poem plant article stock mediafile closedcaptionfile subtitle',
    ),
    types: OF_WORK,
    rivals: OF_SENDER,
    why: WORK,
  },
  {
    name: 'doubt-of-work',
    // To book is something else: a visit to a doctor, a room.
    nouns: setOf('book'),
    types: OF_WORK,
    rivals: OF_SENDER,
    admits: ({ inside }) => inside(/^(?:book)?(?:isbn|title|name|author\w*|chapter\w*|publisher|cover|intro|wordcount|ranking|level)$/),
    why: WORK,
  },
  {
    name: 'doubt-of-work',
    // Who travels with somebody, or comes along to the doctor, is a companion, too; that of an advertisement (VAST 4.2, Companion) has a size.
    nouns: setOf('companion'),
    types: setOf('screen_info locale_timezone'),
    rivals: OF_SENDER,
    why: WORK,
  },
  {
    name: 'doubt-of-work',
    // Records of works (DataCite, Dublin Core), notices (CSAF) and pages: what they are told of is written in a language.
    nouns: setOf('document resource publication dataset metadata'),
    types: setOf('locale_timezone'),
    rivals: OF_SENDER,
    admits: ({ inside }) => inside(/^(?:titles?|creators?|publisher|publicationyear|rights\w*|csafversion|issued|abstract)$/),
    why: WORK,
  },
  {
    name: 'doubt-of-work',
    // `titles: [{ title, lang }]`: a text and what it is written in.
    nouns: setOf('title description abstract subject right caption translation'),
    types: setOf('locale_timezone'),
    rivals: OF_SENDER,
    admits: ({ inside }) => inside(/^(?:title|description|abstract|subject|rights|caption|translation|text|value)$/),
    why: WORK,
  },
  {
    name: 'doubt-of-key',
    // What tells keys and certificates apart is called a fingerprint as well (RFC 4880 12.2).
    nouns: setOf('key certificate cert'),
    types: setOf('device_fingerprint'),
    why: { zh: '所在对象是密钥或证书', en: 'the object is of a key or a certificate' },
  },
  {
    name: 'doubt-of-figure',
    nouns: setOf(
      'star celebrity idol actor actress singer artist athlete footballer anchor streamer broadcaster blogger uploader seller developer maintainer contributor',
    ),
    types: setOf(`${PERSON} avatar nickname real_name locale_timezone location_coarse`),
    rivals: OF_SELF,
    why: {
      zh: '所在对象是主播、艺人、卖家一类的公开人物，人人可见',
      en: 'the object is of somebody whom everybody sees: a streamer, an artist, a seller',
    },
  },
  {
    name: 'doubt-of-comment',
    nouns: setOf('comment rating review reply danmu danmaku barrage evaluation'),
    types: setOf('avatar nickname gender location_coarse'),
    rivals: setOf(SENDERS),
    admits: ({ listed }) => listed,
    why: { zh: '所在列表是评论、弹幕：是写下它们的人，人人可见', en: 'the list is of comments: who wrote them, for everybody to see' },
  },
  {
    name: 'doubt-of-program',
    nouns: setOf('app'),
    types: setOf('age email'),
    admits: ({ inside }) => inside(/^(?:package\w*|bundle\w*|developer|rating|apksize|size)$/),
    why: { zh: '所在对象是应用商店中的应用', en: 'the object is of a program in a store' },
  },
  {
    name: 'doubt-of-server',
    // Who serves: an app of theirs signs them in, and knows more of them than this.
    nouns: setOf('doctor teacher lecturer courier rider driver broker nurse lawyer kefu nanny'),
    types: OF_SERVER,
    rivals: OF_SIGNED_UP,
    why: SERVER,
  },
  {
    name: 'doubt-of-server',
    // The first steps with an app are a guide, a program that trains one a coach, and what sends a request an agent.
    nouns: setOf('coach tutor agent guide'),
    types: OF_SERVER,
    rivals: OF_SIGNED_UP,
    admits: ({ inside }) => inside(CALLED),
    why: SERVER,
  },
  {
    name: 'doubt-of-other',
    nouns: setOf('enemy opponent npc boss monster kol'),
    types: OF_OTHER,
    rivals: OF_SELF,
    why: OTHER,
  },
  {
    name: 'doubt-of-other',
    // The weight that somebody wants to reach is a target, too.
    nouns: setOf('target'),
    types: OF_OTHER,
    rivals: OF_SELF,
    admits: ({ inside }) => inside(CALLED),
    why: OTHER,
  },
  {
    name: 'doubt-of-post',
    // What is written is not yet liked.
    nouns: setOf('post note feed moment thread'),
    types: setOf(`${PERSON} avatar nickname location_coarse account_id`),
    rivals: OF_SELF,
    admits: ({ inside }) => inside(/^(?:likes?|liked|digg|comment|collect|share|view|read|play)(?:s|count|num|cnt)$|^likes$/),
    why: { zh: '所在对象是已有人点赞、评论的内容：是其作者', en: 'the object is of what people have liked: who wrote that' },
  },
  {
    name: 'doubt-of-host',
    nouns: setOf('server node vm container pod instance'),
    types: setOf(`${DEVICE} ip_address`),
    rivals: OF_SELF,
    why: { zh: '所在对象是服务器', en: 'the object is of a server' },
  },
  {
    name: 'doubt-of-room',
    nouns: setOf('room'),
    types: setOf('avatar nickname gender location_coarse'),
    rivals: OF_SELF,
    admits: ({ inside }) => inside(/^(?:online\w*|viewers?|popularity|hot|owneruid|anchor\w*|viewercount)$/),
    why: { zh: '所在对象是直播间：是主播，人人可见', en: 'the object is of a room in which somebody streams, for everybody to see' },
  },
  {
    name: 'doubt-of-player',
    nouns: setOf('player squad lineup'),
    types: setOf('body_metrics age nationality birth_date'),
    // An athlete has no nickname; who plays a game has.
    rivals: setOf(`${SENDERS} phone_number account_id nickname`),
    why: { zh: '所在对象是运动员', en: 'the object is of an athlete' },
  },
  {
    name: 'doubt-of-team',
    nouns: setOf('player squad lineup roster'),
    types: setOf('real_name account_id nickname avatar'),
    rivals: OF_SENDER,
    // The number on the back and what was scored stand in the sheets of a match, of everybody who played.
    admits: ({ listed, inside }) =>
      listed &&
      inside(/^(?:jersey(?:num|number|no)?|(?:shirt|squad|kit)(?:num|number|no)|starter|oncourt|statistics|goals|assists|rebounds)$/),
    why: { zh: '所在对象是比赛名单中的运动员', en: 'the object is of an athlete on the sheet of a match' },
  },
  {
    name: 'doubt-of-course',
    nouns: setOf('course lesson'),
    types: setOf('education real_name avatar occupation'),
    rivals: OF_SENDER,
    why: { zh: '所在对象是课程：是授课的人和学校', en: 'the object is of a course: who gives it, and where' },
  },
  {
    name: 'doubt-of-service',
    nouns: setOf('bus metro subway vessel aircraft plane'),
    types: OF_SERVICE,
    rivals: OF_TRAVELLER,
    why: SERVICE,
  },
  {
    name: 'doubt-of-service',
    // To train is to run, and to ship to send a parcel.
    nouns: setOf('train ship'),
    types: OF_SERVICE,
    rivals: OF_TRAVELLER,
    admits: ({ inside }) =>
      inside(
        /^(?:(?:train|ship)(?:no|num|number|code|id|name|type)|mmsi|imo|callsign|heading|course|line\w*|route\w*|station\w*|stops?|delay)$/,
      ),
    why: SERVICE,
  },
  {
    name: 'doubt-of-premises',
    nouns: setOf('shop store merchant hotel hospital clinic restaurant cinema branch'),
    types: setOf('avatar nickname'),
    rivals: OF_SELF,
    why: { zh: '所在对象是店铺、酒店、医院一类的场所', en: 'the object is of a place open to the public: a shop, a hotel, a hospital' },
  },
  {
    name: 'doubt-of-company',
    nouns: setOf('company enterprise corp corporation firm organization'),
    types: setOf('income property_assets avatar phone_number contact_phone'),
    // Where somebody works who asks for a loan or a post: what they earn there, and where they are reached.
    admits: ({ above, beside, inside }) => !above.some((name) => RESUME.test(name)) && !beside(IDENTIFIED) && !inside(EMPLOYED),
    why: { zh: '所在对象是企业：是企业的数字，不是个人的', en: 'the object is of a company: its figures, and no person’s' },
  },
  {
    name: 'doubt-of-company',
    nouns: setOf('headquarters'),
    types: setOf('location_coarse postal_address phone_number contact_phone email'),
    why: { zh: '所在对象是企业的总部', en: 'the object is of the seat of a company' },
  },
  {
    name: 'doubt-of-offer',
    // `shipsFrom: { country }` of an offer: where whoever sells sends it from.
    nouns: setOf('from'),
    types: setOf('location_coarse'),
    admits: ({ beside }) => beside(/^(?:sellerid|listingprice|sellerfeedbackrating)$/),
    why: { zh: '是卖家的发货地', en: 'it is where whoever sells sends goods from' },
  },
  {
    name: 'doubt-of-interface',
    // OpenAPI 3.1 4.8.2: the contact of an interface stands in its description, beside its title and release.
    nouns: setOf('contact'),
    types: setOf('email real_name'),
    admits: ({ above, beside }) => above[0] === 'info' && beside(/^title$/) && beside(/^version$/),
    why: { zh: '是接口说明中公开的联系方式', en: 'whom the description of an interface names to be written to' },
  },
  {
    name: 'doubt-of-bank',
    nouns: setOf('bank banks'),
    types: setOf('bank_name'),
    rivals: setOf('bank_card_number bank_reserved_phone real_name id_number'),
    admits: ({ beside, inside }) => !beside(IDENTIFIED) && !inside(OF_HOLDER),
    why: { zh: '所在对象是一家银行的说明，没有卡号或姓名', en: 'the object describes a bank, and names neither a card nor whose it is' },
  },
  {
    name: 'doubt-of-machine',
    nouns: setOf(
      'printer tv television projector camera nvr plc nas doorbell soundbar vacuum airconditioner fridge washer thermostat lamp bulb plug ' +
        'lock smartlock drone uav robot scooter car vehicle bms',
    ),
    types: setOf('hardware_params screen_info device_model os_version mac_address ip_address'),
    rivals: setOf('imei meid oaid idfa gaid android_id sim_operator'),
    why: MACHINE,
  },
  {
    name: 'doubt-of-machine',
    // Their address is that of the home as well.
    nouns: setOf('router gateway'),
    types: setOf('hardware_params screen_info device_model os_version'),
    rivals: setOf('imei meid oaid idfa gaid android_id sim_operator'),
    why: MACHINE,
  },
  {
    name: 'doubt-picked',
    nouns: setOf('targeting audience audiences crowd filter filters condition conditions segment segments rule rules'),
    types: setOf(`${DEVICE} ${PERSON} location_coarse sim_operator`),
    rivals: OF_SENDER,
    admits: ({ above, beside }) => above.some((name) => PICKING.test(name)) || beside(PICKING),
    why: PICKED,
  },
  {
    name: 'doubt-picked',
    nouns: setOf('creative campaign adgroup adset experiment'),
    types: setOf('gender age income location_coarse device_model os_version'),
    rivals: OF_SENDER,
    why: PICKED,
  },
];
