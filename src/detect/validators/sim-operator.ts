import type { Passed, Validator } from '../validator.js';

const WORDS =
  /^(?:cmcc|cucc|ctcc|cbn|china[ _-]?(?:mobile|unicom|telecom|broadnet)(?: \w{2,8})?|cm|cu|ct|chn-?(?:cmcc|unicom|ct|telecom)|中国(?:移动|联通|电信|广电|铁通)|移动|联通|电信|广电|chinanet|unicom|telecom|vodafone|verizon|at&t|t-mobile|csl|smartone|3hk|hkt|docomo|softbank|kddi|au|jio|airtel|bsnl|telkomsel|indosat|viettel|mobifone|vinaphone|maxis|celcom|singtel|starhub|claro|telcel|movistar|bouygues|telefonica|o2|rogers|telus|optus|telstra|beeline|megafon|tele2|turkcell|lg ?u\+|skt|sk ?telecom|chunghwa(?: telecom)?|far ?eas ?tone|中华电信|遠傳電信|台灣大哥大)(?:[_-](?:\d|460\d{2})?)?$/i;

/** Parcels have carriers and carrier codes too. */
const COURIERS =
  /^(?:sf|yunda|yd|zto|yto|sto|ems|jd|jdl|jtexpress|j&t|best|deppon|cainiao|ups|usps|fedex|dhl|tnt|gls|dpd|hermes|royal ?mail|aramex|ninja ?van|顺丰|圆通|中通|申通|韵达|极兔|德邦|邮政|京东物流|菜鸟|百世)(?:[ _-]?(?:express|kuaidi|logistics|快递|速运|速递|物流|快运))?$|(?:express|kuaidi|logistics|快递|速运|速递|物流|快运)$/i;

export const validator: Validator = {
  source: 'ITU-T E.212 (MCC 200-799 and a two- or three-digit MNC); names of the mainland carriers',
  fits: (shape) => shape.length >= 2 && shape.length <= 32,
  check(value): Passed | null {
    const text = value.trim();
    const code = /^([2-7]\d{2})[-_ ,]?(\d{2,3})$/.exec(text);
    if (code)
      return {
        normalised: `${code[1]}${code[2]}`,
        placeholder: false,
        passRate: text.startsWith('460') ? 2e-3 : 0.5,
        note: { zh: `运营商代码：国家 ${code[1]}，网号 ${code[2]}`, en: `carrier code: country ${code[1]}, network ${code[2]}` },
      };
    if (!WORDS.test(text)) {
      // Carriers abroad are legion: any short name, worth something only below a name that can mean nothing else.
      if (
        !/^[A-Za-z\u00c0-\u024f\u4e00-\u9fff][\w\u00c0-\u024f\u4e00-\u9fff .&+-]{1,31}$/.test(text) ||
        COURIERS.test(text) ||
        /^(?:true|false|null|none|wifi|android|ios|eq|and|or|not|on|off|home|main|success|error|default|auto|app|web|h5)$|^unknown\b/i.test(
          text,
        )
      )
        return null;
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 0.6,
        note: { zh: '运营商名称样式的文字', en: 'text like the name of a carrier' },
      };
    }
    return { normalised: text.toLowerCase(), placeholder: false, passRate: 1e-4, note: { zh: '运营商名称', en: 'name of a carrier' } };
  },
};
