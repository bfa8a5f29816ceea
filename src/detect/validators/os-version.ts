import { isAndroidBuild } from '../android-build.js';
import type { Passed, Validator } from '../validator.js';

const NAME =
  /^(?:android|ios|iphone ?os|iphone$|ipad$|win$|ipados|harmony ?os(?:[ _-]?next)?|openharmony|hongmeng|windows|microsoft windows|mac ?os ?x?|macos|linux|tvos|watchos|roku ?os|roku|tizen|webos|chrome ?os|fireos|miui|hyperos|emui|magicui|magicos|coloros|funtouch(?: ?os)?|originos|oneui|flyme|amigo(?=[ _-]?(?:os|v?\d))|smartisan ?os|mifavor|nubia ?ui|oxygen ?os|realme ?ui|fuchsia|yunos|aliyunos|kaios|playstation|xbox)/i;
/** 11, V10, 13.5.1, 29(10), and release with API level: 11,30. */
const VERSION = /^V?\d{1,3}(?:\.\d{1,5}){0,4}(?:,\d{1,2}|\([A-Z0-9.]{1,8}\)|[-_ ]?[A-Za-z0-9.]{0,24})?$/;

/** The same of builds that have a flavour before their kind: `NX-user 7.1.1 NMF26X 50021 release-keys`. */
const FLAVOURED_BUILD = /-(?:user|userdebug) .{4,80}-keys$/;
const ROM = /^(?=.*\d)(?=.*[A-Za-z])(?=.*[._])[A-Za-z0-9][A-Za-z0-9._()-]{0,23} ?[A-Za-z0-9._()-]{11,47}(?:\([A-Z0-9]{4,20}\))?$/;

/** `22 (5.1)`: the level of the interface with the release that has it. */
const LEVEL_AND_RELEASE = /^(?:1[4-9]|2\d|3[0-6]) ?\((?:[4-9]|1\d)(?:\.\d{1,2}){0,2}\)$/;

/** 14C92, 22F76, 21A5303d: major, letter of the release, number. */
const APPLES_BUILD = /^[12]\d[A-H]\d{2,4}[a-z]?$/;
/** `operatingSystemVersionString`, which is translated: `11.4 (Build 15F79)`, `版本 17.4.1（版号 21E236）`. */
const APPLES_STRING = /^(?:version |版本 ?)?\d{1,2}(?:\.\d{1,2}){1,2} ?[(（](?:build|版号) [12]\d[A-H]\d{1,5}[a-z]?[)）]$/i;
/** Twelve digits and more of a number in hexadecimal: an identifier such as the system gives (`android=9b1c2d3e4f506172`), and no release. */
const IDENTIFIER = /^[0-9a-f]{12,}$/i;
/** Build.VERSION_CODES, which apps find by their number and send by their name. */
const CODE_NAMES =
  /^(?:(?:ICE_CREAM_SANDWICH|JELLY_BEAN|KITKAT|LOLLIPOP|GINGERBREAD|HONEYCOMB|ECLAIR|N|O)_(?:MR[12]|WATCH)|ICE_CREAM_SANDWICH|JELLY_BEAN|KITKAT|LOLLIPOP|S_V2|TIRAMISU|UPSIDE_DOWN_CAKE|VANILLA_ICE_CREAM|BAKLAVA)$/;
const MOST_RELEASES = 60;
/** `vivo/FUNTOUCH/OriginOS 5`: the maker and what its system grew out of stand before the name. */
const MAKERS_PATH = /^(?:[A-Za-z]{2,12}\/){1,2}(?=[A-Za-z]{2,10} ?os)/i;

export const validator: Validator = {
  source: 'Android Build.VERSION (release and SDK_INT), iOS systemVersion, HarmonyOS; names of the makers’ own systems',
  fits: (shape) => shape.length >= 1 && shape.length <= 120,
  check(value): Passed | null {
    const text = value.trim();
    if (APPLES_STRING.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '苹果系统的版本与构建号', en: 'release and build of one of Apple’s systems' },
      };
    if (CODE_NAMES.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1e-3,
        note: { zh: '安卓版本的代号', en: 'the code name of an Android release' },
      };
    if (LEVEL_AND_RELEASE.test(text))
      return { normalised: text, placeholder: false, passRate: 1e-3, note: { zh: 'API 级别与系统版本', en: 'API level and release' } };
    const bare = text.replace(MAKERS_PATH, '');
    const named = NAME.exec(bare);
    if (named) {
      const rest = bare.slice(named[0].length);
      if (/^[\s\w.,;:/()+#|-]{0,60}$/.test(rest))
        return {
          normalised: text.toLowerCase(),
          placeholder: false,
          passRate: 1e-3,
          note: { zh: '操作系统名称', en: 'name of an operating system' },
        };
      return null;
    }
    if (isAndroidBuild(text) || FLAVOURED_BUILD.test(text))
      return { normalised: text, placeholder: false, passRate: 1e-3, note: { zh: '系统固件版本', en: 'a build of the system' } };
    // ROM names of the makers (V12.5.3.0.RJBCNXM, PD1821_A_1.9.5): letters, digits and separators, no words.
    if (ROM.test(text) && !/^\d{4}-\d{2}-\d{2}|^app ?store|^google ?play|^test ?flight/i.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.6,
        note: { zh: '固件版本样式的文字', en: 'text like a firmware version' },
      };
    if (APPLES_BUILD.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.02,
        note: { zh: '苹果系统的构建号', en: 'build of one of Apple’s systems' },
      };
    if (/^(?:SDK|API)[ _-]?\d{1,2}$/i.test(text))
      return { normalised: text, placeholder: false, passRate: 0.5, note: { zh: 'API 级别', en: 'API level' } };
    // 13 digits are a time, not a version.
    // No system counts its releases beyond sixty; `ios_version=523` is an app's build. An edition named after the shop is an app's too.
    if (!VERSION.test(text) || IDENTIFIER.test(text) || /^\d{4,}$|^0+$/.test(text) || (/^\d+$/.test(text) && Number(text) > MOST_RELEASES))
      return null;
    return {
      normalised: text,
      placeholder: false,
      // A whole number below an ambiguous name is as often a business's own list (`platform=1`); 4 to 36 are releases and API levels.
      passRate: !/^\d+$/.test(text) ? 0.5 : Number(text) >= 4 && Number(text) <= 36 ? 0.6 : 0.7,
      note: { zh: '系统版本号或 API 级别', en: 'system version or API level' },
    };
  },
};
