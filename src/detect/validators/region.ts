import { isAdcode, isDivisionName } from '../division.js';
import type { Passed, Validator } from '../validator.js';

/** ISO 3166-1 codes of the countries that phones report most; others pass by form with a key. */
const COUNTRY = /^[A-Z]{2,3}$/i;
/** ISO 4217 codes of currencies, which stand under `cc` as well and are no country’s. */
const CURRENCY =
  /^(?:EUR|USD|CNY|RMB|GBP|JPY|KRW|HKD|TWD|SGD|THB|MYR|IDR|INR|PHP|VND|AUD|NZD|CAD|CHF|SEK|NOK|DKK|RUB|BRL|MXN|TRY|AED|SAR|ZAR|PLN|CZK|HUF)$/;

/** What a filter says that leaves the place open, in as few letters as a country. */
const EVERYWHERE = /^(?:all|any)$/i;
/** 101, province 01 to 34, and four digits: the numbers that weather apps ask 中国天气网 for. */
const WEATHER_CITY = /^(?:weathercn:?)?101(?:0[1-9]|[12]\d|3[0-4])\d{4}$/;
/** The Weather Channel numbers the places of China so, and apps that took its forecasts still do. */
const WEATHER_PLACE = /^CHXX\d{4}$/;
/** A division without the towns and villages that statistics number within it (国家统计局《统计用区划代码和城乡划分代码编制规则》): nine digits, or twelve. */
const DIVISION_OF_STATISTICS = /^(\d{6})0{3}(?:0{3})?$/;
/** The country's letters, a division, and zeros where smaller places would be numbered. */
const COUNTRY_AND_DIVISION = /^CN(\d{6})0{0,8}$/;
const PLACE = /^[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ .'’-]{1,60}$/;

function isDivision(text: string): boolean {
  return isDivisionName(text) || /^(?!.*[校小景专赛战分厂]区$)[\u4e00-\u9fff]{2,12}(?:区|县|旗|市|省|街道|镇)$/.test(text);
}

/** `江苏南京`, `浙江省杭州市`: people write where they come from in one. */
const IN_ONE = /^(?:中国)?[\u4e00-\u9fff]{4,16}$/;
const LONGEST_FIRST = 8;

function isDivisionsInOne(text: string): boolean {
  if (!IN_ONE.test(text)) return false;
  const bare = text.replace(/^中国/, '');
  for (let end = 2; end <= Math.min(LONGEST_FIRST, bare.length - 2); end++)
    if (isDivisionName(bare.slice(0, end)) && isDivision(bare.slice(end))) return true;
  return false;
}

export const validator: Validator = {
  source: 'GB/T 2260 (adcode); ISO 3166-1 and -2; names of provinces and prefectures; city codes of 中国天气网 and The Weather Channel',
  fits: (shape) => shape.length >= 2 && shape.length <= 64,
  check(value): Passed | null {
    const text = value.trim();
    if (isAdcode(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.1,
        note: { zh: '六位行政区划代码', en: 'six-digit code of an administrative division' },
      };
    if (WEATHER_CITY.test(text) || WEATHER_PLACE.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.1,
        note: { zh: '天气服务的城市代码', en: 'city code of a weather service' },
      };
    const counted = DIVISION_OF_STATISTICS.exec(text)?.[1];
    if (counted !== undefined && isAdcode(counted))
      return {
        normalised: counted,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '九位或十二位的统计用区划代码', en: 'nine or twelve digits: the code of a division as statistics write it' },
      };
    const written = COUNTRY_AND_DIVISION.exec(text)?.[1];
    if (written !== undefined && isAdcode(written))
      return {
        normalised: written,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '国家字母与行政区划代码', en: 'letters of the country and the code of an administrative division' },
      };
    const parts = text.replace(/^(?:中国|CN)[-/,|_ ]/, '').split(/[-/,|_ ]/);
    if ((parts.length >= 2 && parts.length <= 4 && parts.every(isDivision)) || isDivisionsInOne(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '逐级的行政区划名称', en: 'names of divisions, one within the other' },
      };
    if (isDivision(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '行政区划名称', en: 'name of an administrative division' },
      };
    if (EVERYWHERE.test(text)) return null;
    // `cc=EUR`
    if (CURRENCY.test(text)) return null;
    if (/^(?:中国|中华人民共和国|美国|日本|韩国|英国|新加坡|马来西亚)$/.test(text) || COUNTRY.test(text))
      return {
        normalised: text.toUpperCase(),
        placeholder: false,
        passRate: 0.3,
        note: { zh: '国家或地区代码', en: 'code of a country or region' },
      };
    if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-2,
        note: { zh: 'ISO 3166-2 区划代码', en: 'ISO 3166-2 subdivision code' },
      };
    if (/^\d{5,6}$/.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.5,
        note: { zh: '邮编样式的数字', en: 'digits like a postcode' },
      };
    // `0086` is what one dials before a number abroad (ITU-T E.123).
    if (/^(?!00[1-9]\d$)\d{3,4}$|^10\d{7}$/.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.9,
        note: { zh: '城市、区号或邮编样式的数字', en: 'digits like a city code, area code or postcode' },
      };
    // 100-0001, SW1A 1AA, K1A 0B1, 94105-1804
    if (/^(?:\d{3}-\d{4}|\d{5}-\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/.test(text))
      return { normalised: text, placeholder: false, passRate: 1e-2, note: { zh: '境外邮政编码', en: 'postcode abroad' } };
    if (
      !PLACE.test(text) ||
      /^(?:true|false|null|none|unknown|default|all|auto|home|main|on|off|success|error|index|list|detail|others?|app|web|new|hot)$/i.test(
        text,
      )
    )
      return null;
    // Places are capitalised; `open` and `REDIRECTION` are states of something else.
    const passRate = /^[A-ZÀ-Þ][a-zà-ÿ]/.test(text) ? 0.5 : 0.7;
    return { normalised: text, placeholder: false, passRate, note: { zh: '地名样式的文字', en: 'text like a place name' } };
  },
};
