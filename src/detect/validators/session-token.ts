import type { Passed, Validator } from '../validator.js';

export const validator: Validator = {
  source:
    'RFC 6750 (bearer tokens), RFC 6265 (cookies), RFC 7519 (JWT); NIST SP 800-63B 7.1: session secrets hold at least 64 bits, about 11 characters',
  fits: (shape) => shape.length >= 8 && shape.length <= 8_192 && shape.han === 0,
  check(value): Passed | null {
    const text = value.trim().replace(/^(?:Bearer|Basic|Token)\s+/i, '');
    if (!/^[0-9A-Za-z%_@-][0-9A-Za-z._~+/=:|%$!*@-]{7,8191}$/.test(text) || /^https?:/.test(text)) return null;
    const mixed = /\d/.test(text) && /[A-Za-z]/.test(text);
    // Short, or one kind of character only: a label as likely as a secret.
    const secret = text.length >= 16 && mixed;
    if (!secret && !mixed && !/^\d{8,}$/.test(text) && text.length < 24) return null;
    return {
      normalised: text,
      placeholder: /^(.)\1+$/.test(text),
      passRate: secret ? 1 : 0.5,
      note: secret
        ? { zh: `像登录凭据的随机串，${text.length} 个字符`, en: `a random string like a login secret, ${text.length} characters` }
        : { zh: '较短的会话标识', en: 'a short session identifier' },
    };
  },
};
