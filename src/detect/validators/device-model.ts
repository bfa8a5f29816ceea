import { isCodename, isMakerAndCode, isPhonesByMaker, makerOfCode } from '../device-models.js';
import type { Passed, Validator } from '../validator.js';

/** Makers and brands of phones, tablets, watches, televisions and set-top boxes, as Build.BRAND and Build.MANUFACTURER write them. */
const MAKERS =
  /^(?:apple|huawei|honou?r|xiaomi|redmi|poco|blackshark|oppo|realme|oneplus|vivo|iqoo|samsung|meizu|zte|nubia|lenovo|motorola|moto|google|sony(?: ericsson)?|lge?|htc|nokia|hmd(?: global)?|asus|tcl|hisense|coolpad|gionee|smartisan|leeco|letv|leshi|360|qiku|meitu|hmd|infinix|tecno|itel|transsion|sharp|panasonic|philips|amazon|roku|nvidia|microsoft|dell|hp|acer|intel|blackview|doogee|oukitel|ulefone|hinova|ptac|wiko|alcatel|vertu|razer|essential|fairphone|windows|skyworth|changhong|konka|haier|xgimi|tmall|dangbei|imoo|bbk|xtc|小天才|华为|荣耀|小米|红米|苹果|三星|魅族|一加|中兴|联想|努比亚)$/i;
/** Model names of iOS and the sub-brands: iPhone13,2, MI 10, Redmi Note 9, Mate 40. */
const NAMED =
  /^(?:i(?:phone|pad|pod)|apple ?(?:tv|watch)|watch\d|mac|mi ?\d|mi ?(?:max|mix|note|pad)|redmi|mix|mate ?\d|p\d0|nova|galaxy|pixel|nexus|oneplus|realme|find ?[xn]|reno|moto|xperia|sdk_|sdk_gphone|generic|emulator|android sdk|vbox|windows ?phone|digital video player|pc$|hdmi)/i;
const CODE = /^(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ._+()/,-]{1,47}$/;

/** Models of language, vision and scoring, which apps name in the same word. */
const LEARNT =
  /^(?:gpt|o[134]-|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|qwen|qwq|deepseek|glm|chatglm|ernie|hunyuan|doubao|moonshot|kimi|baichuan|yi-|abab|minimax|whisper|tts|dall-?e|sdxl|stable|bge|text-embedding|bert|roberta|t5-|resnet|vgg|yolo|mobilenet|inception|efficientnet|xgb|xgboost|lgbm|lightgbm|gbdt|dnn|lstm|svm|lr-|deepfm|din-)/i;

/** Whoever makes medicines or goods is written out as it is registered; systems write a brand. */
const COMPANY = /(?:公司|集团|工厂|药业|制药厂?|食品厂)$/;

/** Identifiers made in other alphabets (ULID, KSUID, nanoid): one word longer than any model, letters and digits in turn. */
const MADE = /^(?=(?:[A-Za-z]*\d){4})[0-9A-Za-z]{20,}$/;

/** An identifier of 16 digits in hexadecimal whose first were zeros that nobody wrote. */
const SHORT_HEX = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{13,15}$/;

/** What stands in an example, or where nothing was asked for: the name of the field itself. */
const NAME_OF_FIELD = /^(?:设备|手机|机器|终端)(?:名称?|型号|品牌|厂商)$/;

/** How Xiaomi numbered its phones of 2013 to 2016: the year and three digits more. */
const XIAOMIS = /^201[3-6]\d{3}$/;

/** What `TelephonyManager.getPhoneType` tells: the radio of a phone, under the name of its type. */
const RADIO = /^(?:phone_type_)?(?:gsm|cdma|sip|tdma|w-?cdma|td-?scdma|umts|(?:td|fdd)?-?lte)$/i;

export const validator: Validator = {
  source: 'Android Build.MODEL, BRAND and MANUFACTURER, iOS hw.machine; makers’ own model codes (letters and digits mixed)',
  fits: (shape) => shape.length >= 2 && shape.length <= 64,
  check(value): Passed | null {
    // Mini programs add the machine: `iPhone 12<iPhone13,2>`.
    const text = value.trim().replace(/<[A-Za-z]{2,12}\d{1,2},\d{1,2}>$/, '');
    if (MAKERS.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-4,
        note: { zh: '厂商或品牌表内的名称', en: 'a name in the table of makers and brands' },
      };
    if (XIAOMIS.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.3,
        note: { zh: '小米早年的纯数字型号', en: 'as Xiaomi numbered its early phones' },
      };
    if (
      /^https?:|^\d+$|^\d+(?:\.\d+)+$/.test(text) ||
      LEARNT.test(text) ||
      COMPANY.test(text) ||
      RADIO.test(text) ||
      NAME_OF_FIELD.test(text)
    )
      return null;
    if (NAMED.test(text) && /^[\w .,;+()/-]{2,60}$/.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '已知机型的写法', en: 'written like a known model' },
      };
    if (isPhonesByMaker(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '手机厂商的名称，其后是型号', en: 'a maker of phones and a model behind its name' },
      };
    if (makerOfCode(text) !== null || isMakerAndCode(text) || isCodename(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '厂商型号代码的写法', en: 'written as a maker writes its model codes' },
      };
    // Digests and UUIDs mix letters and digits too.
    if (/^[0-9a-f-]{16,}$/i.test(text) || SHORT_HEX.test(text) || MADE.test(text)) return null;
    if (CODE.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 0.3,
        note: { zh: '字母与数字相间的型号写法', en: 'letters and digits mixed, as in model codes' },
      };
    if (
      !/^[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff .,+()/-]{1,47}$/.test(text) ||
      /^(?:true|false|null|none|unknown|default|(?:android|ios|web|wap|h5)?[ _-]?(?:mobile|phone|tablet|app|device|pad)?|android|ios|chrome|firefox|safari|edge|opera|webkit|browser)$/i.test(
        text,
      )
    )
      return null;
    return {
      normalised: text.toLowerCase(),
      placeholder: false,
      passRate: 0.6,
      note: { zh: '机型样式的文字', en: 'text like a model name' },
    };
  },
};
