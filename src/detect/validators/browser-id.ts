import type { Passed, Validator } from '../validator.js';

const KNOWN =
  /^(?:(?:GA\d\.\d\.)?\d{6,10}\.\d{9,11}|fb\.\d\.\d{13}\.\d{6,20}|[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12,17}(?:infoc)?|[0-9A-F]{32}:FG=\d.*)$/i;

export const validator: Validator = {
  source:
    'Google Analytics client id (random.time, or UUID in apps), Meta _fbp, Baidu BAIDUID, bilibili buvid; others are long random text',
  fits: (shape) => shape.length >= 12 && shape.length <= 256 && shape.han === 0,
  check(value): Passed | null {
    const text = value.trim();
    if (KNOWN.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1,
        note: { zh: '已知浏览器标识的写法', en: 'written like a known browser identifier' },
      };
    if (!/^#?[0-9A-Za-z+/=_.%:#-]{20,256}$/.test(text) || !/\d/.test(text)) return null;
    return { normalised: text, placeholder: false, passRate: 0.5, note: { zh: '较长的随机串', en: 'a long random text' } };
  },
};
