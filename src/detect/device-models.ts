/**
 * How makers write the model codes of their devices: what Android answers as Build.MODEL and iOS as hw.machine. One line a maker, so
 * that a code is recognised under whatever name an app sends it.
 *
 * The forms are generalised from codes of single devices; those beside each line are examples. They were compared with the examples and
 * counterexamples of the tests only, never with a whole list (Google publishes one for Play, MIIT one of its network access permits,
 * 工业和信息化部 电信设备进网许可). A code that a form does not cover is missed, and a maker may write codes that no line knows.
 */
interface Maker {
  readonly maker: string;
  readonly codes: RegExp;
}

const MAKERS: readonly Maker[] = [
  // iPhone14,3; boards: D431AP, N71AP
  { maker: 'Apple', codes: /^(?:(?:iPhone|iPad|iPod|Watch|AppleTV|RealityDevice)\d{1,2}[,_]\d{1,2}|[DJNP]\d{2,3}[a-z]?AP)$/ },
  // SM-G9910, GT-I9300, SCH-I959, SHV-E330S
  { maker: 'Samsung', codes: /^(?:SM|GT|SHV|SHW|SGH|SCH|SPH)-[A-Z]\d{3,4}[A-Z]{0,3}\d?(?:\/DS)?$/ },
  // H30-T00, P7-L07; Che1-CL20, Hol-U10; LYA-AL10, VOG-L29, JNY-LX2, BAH3-W09, CLT-AL00l
  {
    maker: 'Huawei, Honor',
    codes:
      /^[A-Z]\d{1,3}-[LTUCA]\d{2}$|^(?:Che\d?|Hol|Hn\d)-(?:[CTU]L|[TU])\d{2}[A-Z]?$|^[A-Z]{3}\d?-(?:A[LMNXT]|T[LN]|[BCDU]L|[LN]X|B[DX]|[LNW])\d{1,2}[A-Za-z]{0,2}$/,
  },
  // M2012K11AC, M1903F10G; since 2021 year and month of the permit: 2201122C, 23013RK75C, 2312DRA50C
  {
    maker: 'Xiaomi, Redmi, POCO',
    codes: /^(?:M[12]\d{3}[A-Z]\d{1,2}[A-Z]{1,3}|2[1-9](?:0[1-9]|1[0-2])[0-9A-Z]{2,5}[A-Z]{1,3}|(?:HM NOTE|HM) [0-9A-Z]{1,8})$/,
  },
  // PACT00, PBEM00, PHZ110, CPH2025, OPD2101
  { maker: 'OPPO, OnePlus', codes: /^(?:P[A-K][A-Z]{2}[0-9T]0|P[G-M][A-Z][1-9]10|CPH[12]\d{3}|OPD\d{4})$/ },
  { maker: 'OnePlus', codes: /^(?:ONEPLUS [A-Z]\d{4}|(?:GM19|HD19|IN20|KB20|LE21|MT21|NE22|DN21)\d{2})$/ },
  { maker: 'realme', codes: /^RMX\d{4}$/ },
  // V2072A, V1938CT, V1809T; boards: PD1731
  { maker: 'vivo, iQOO', codes: /^(?:V[12]\d{3}[A-Z]{1,3}|PD\d{4}[A-Z]{0,3})$/ },
  { maker: 'Meizu', codes: /^M\d{3}[QHCDMLRUY]$/ },
  { maker: 'ZTE, nubia', codes: /^(?:NX\d{3}[A-Z]{1,3}|ZTE [0-9A-Z][0-9A-Z -]{2,14})$/ },
  { maker: 'Lenovo, Motorola', codes: /^(?:XT\d{4}-\d{1,2}[A-Z]?|Lenovo [A-Z]{1,3}-?[0-9A-Z]{3,8}|TB-?[A-Z]?\d{3,4}[A-Z]{1,2})$/ },
  { maker: 'Google', codes: /^(?:Pixel(?: [1-9]a?| C)?(?: (?:Pro|XL|Fold|Tablet)){0,2}|Nexus [0-9SX]P?)$/ },
  { maker: 'Sony', codes: /^(?:XQ-[A-Z]{2}\d{2}|SO-\d{2}[A-Z]|SOV\d{2})$/ },
  { maker: 'LG', codes: /^(?:LM|LG)-[A-Z]{1,2}\d{3,4}[A-Z]{0,4}$/ },
  { maker: 'Nokia (HMD)', codes: /^TA-1\d{3}$/ },
  { maker: 'Asus', codes: /^ASUS_[A-Z][0-9A-Z]{2,8}$/ },
  { maker: 'Smartisan, Gionee, Coolpad', codes: /^(?:DE106|DT\d{4}[A-Z]|GIONEE [A-Z0-9 .]{2,12}|Coolpad [A-Z0-9-]{2,12})$/ },
  {
    maker: 'emulators, and systems that were built from the published source',
    codes:
      /^(?:AOSP on [\w ]{2,20} Emulator|AOSP ?on ?[A-Z][A-Za-z]{2,12}|sdk_g?phone\w{0,24}|Android SDK built for (?:x86|arm)\w{0,6}|google_sdk)$/,
  },
];

const LONGEST = 40;

/**
 * @param text trimmed, in the maker's own case.
 * @returns the maker whose code it is, or null.
 */
export function makerOfCode(text: string): string | null {
  if (text.length < 5 || text.length > LONGEST) return null;
  return MAKERS.find(({ codes }) => codes.test(text))?.maker ?? null;
}

/**
 * What makers call a board while it is built and Android answers as Build.DEVICE and Build.PRODUCT ever after (device trees of LineageOS;
 * Google's factory images). Most are words of something else too, and mean a device only under a name for one and beside its features.
 */
const CODENAMES = new Set(
  // Xiaomi, Redmi, POCO
  (
    'cancro gemini capricorn lithium scorpio natrium sagit chiron polaris dipper perseus equuleus platina cepheus grus raphael davinci crux tucana umi cmi ' +
    'lmi picasso vangogh apollo cas thyme venus haydn alioth mondrian fuxi nuwa shennong houji whyred lavender violet begonia ginkgo willow olivelite ' +
    'phoenix curtana joyeuse excalibur sweet mojito vince rosy tulip beryllium santoni mido kenzo hydrogen helium oxygen ' +
    // OnePlus
    'bacon onyx cheeseburger dumpling enchilada fajita guacamole guacamoleb hotdog hotdogb instantnoodle instantnoodlep kebab lemonade lemonadep ' +
    // Google
    'mako hammerhead shamu angler bullhead sailfish marlin walleye taimen blueline crosshatch sargo bonito flame coral sunfish bramble redfin barbet oriole ' +
    'raven bluejay panther cheetah lynx felix shiba husky akita tokay caiman komodo'
  ).split(' '),
);

/** Whether a text is such a name, as Android writes it. */
export function isCodename(text: string): boolean {
  return CODENAMES.has(text);
}

/** What iOS calls a device, alone or as mini programs add it: nobody sells one under this name, so it needs no neighbour to say so. */
export function isMachine(text: string): boolean {
  return /^(?:iPhone|iPad|iPod|Watch|AppleTV)\d{1,2},\d{1,2}$|^(?:iPhone|iPad)[\w .()-]{0,24}<(?:iPhone|iPad)\d{1,2},\d{1,2}>$/.test(text);
}

/** `iPhone3GS`, `iPhone_X`, `iPad Air 2`: Apple's own name with its edition; `iPhone` alone says no more than the system. */
export function isApples(text: string): boolean {
  return /^(?:iPhone|iPad|iPod)(?:[ _-]?(?:touch|Air|Pro|mini|SE|X|XS|XR|\d{1,2}[A-Za-z]{0,2}))(?:[ _-](?:Air|Pro|Max|Plus|mini|SE|\d{1,2}(?:\.\d)?)){0,3}$/i.test(
    text,
  );
}

/** Makers of phones as Build.BRAND and Build.MANUFACTURER write them; those whose name is also that of a service (Apple, Google) are left out. */
const PHONE_MAKERS =
  'huawei|honor|xiaomi|redmi|poco|blackshark|oppo|realme|oneplus|vivo|iqoo|samsung|meizu|zte|nubia|lenovo|motorola|htc|nokia|coolpad|gionee|smartisan|infinix|tecno|itel';
const MAKER = new RegExp(`^(?:${PHONE_MAKERS})$`, 'i');
/** Names of the makers’ lines, with a number: MI 8, Redmi K30 Pro, Le X620. */
const LINE =
  /^(?:MI|Mi|Redmi|POCO|HUAWEI|HONOR|vivo|OPPO|Galaxy|OnePlus|realme|Meizu|MEIZU|Le|Letv|Neffos|Nubia|nova|Mate) ?(?:Note |NOTE |MIX |Mix |Max |MAX |Pad |K|X|Y|S|P|A|R|V|Z|T|M|Play|Find )?\d{1,4}[A-Za-z]{0,2}\+?(?: (?:Pro|Plus|Max|Ultra|Lite|SE|UD|5G|Youth|Premium|Edition)\+?){0,3}$/;
/** `samsung SM-G9008W`, `RNE-AL00|HUAWEI`, `Xiaomi -MI 6`, `huawei-610`: the maker, and something with a digit. */
const WITH_MAKER = new RegExp(
  `^(?:(?:android[ _-])?(?:${PHONE_MAKERS}|apple|google)[ _|/,:;@#+-]+(?=.*\\d)[\\w .+()-]{1,30}|(?=.*\\d)[\\w .+()-]{2,30}[|/,:;@#](?:${PHONE_MAKERS}))$`,
  'i',
);

const MAKER_AND_CODE = new RegExp(`^(${PHONE_MAKERS})[ _|/,:;@#+]{0,3}([0-9A-Z].{3,30})$`, 'i');

const BY_MAKER = new RegExp(
  `^(?:${PHONE_MAKERS})[ +]+(?![2-6]g(?: |$))(?=[^ ]*\\d)[0-9A-Za-z][0-9A-Za-z+()-]{1,14}(?:[ +](?:pro|plus|max|ultra|lite|se|5g)\\+?)*[ +]*$`,
  'i',
);

/**
 * `vivo X20A`, `OPPO A33`, `vivo+X5Max+`: a maker of phones and one word with a digit in it, written with blanks or with what a form makes of them.
 * Shops, pushes and builds are numbered so with other signs: `oppo_market1`, `huawei-hms5`.
 */
export function isPhonesByMaker(text: string): boolean {
  return text.length <= LONGEST && BY_MAKER.test(text);
}

/** Whether a text is a maker of phones and nothing else. */
export function isPhoneMaker(text: string): boolean {
  return MAKER.test(text);
}

/** `HUAWEI@@EVA-AL00`, `HUAWEI_TAS-AN00`, `HUAWEICAZ-AL10`: a maker and a code that makers write so. Nobody sells anything else under both. */
export function isMakerAndCode(text: string): boolean {
  if (text.length > LONGEST) return false;
  const [, maker, code] = MAKER_AND_CODE.exec(text) ?? [];
  return maker !== undefined && code !== undefined && makerOfCode(code) !== null;
}

/** Maker, or its line, and model in one value. */
export function isMakerAndModel(text: string): boolean {
  return text.length <= LONGEST && ((WITH_MAKER.test(text) && !/\d{6,}|\d\.\d+\.\d/.test(text)) || LINE.test(text));
}
