import type { Passed, Validator } from '../validator.js';

const NAME =
  /^(?:android|ios|iphone ?os|ipados|harmony ?os(?:[ _-]?next)?|openharmony|hongmeng|windows|microsoft windows|mac ?os ?x?|macos|linux|tvos|watchos|roku ?os|roku|tizen|webos|chrome ?os|fireos|miui|hyperos|emui|magicui|magicos|coloros|funtouch ?os|originos|oneui|flyme|fuchsia|yunos|aliyunos|kaios|playstation|xbox)/i;
/** 11, 13.5.1, 29(10), and release with API level: 11,30. */
const VERSION = /^\d{1,3}(?:\.\d{1,5}){0,4}(?:,\d{1,2}|\(\d{1,2}\)|[-_ ]?[A-Za-z0-9.]{0,24})?$/;

export const validator: Validator = {
  source: 'Android Build.VERSION (release and SDK_INT), iOS systemVersion, HarmonyOS; names of the makers’ own systems',
  fits: (shape) => shape.length >= 1 && shape.length <= 80,
  check(value): Passed | null {
    const text = value.trim();
    const named = NAME.exec(text);
    if (named) {
      const rest = text.slice(named[0].length);
      if (/^[\s\w.,;:/()+-]{0,60}$/.test(rest))
        return {
          normalised: text.toLowerCase(),
          placeholder: false,
          passRate: 1e-3,
          note: { zh: '操作系统名称', en: 'name of an operating system' },
        };
      return null;
    }
    // 13 digits are a time, not a version.
    if (!VERSION.test(text) || /^\d{4,}$/.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 0.5,
      note: { zh: '系统版本号或 API 级别', en: 'system version or API level' },
    };
  },
};
