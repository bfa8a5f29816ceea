import type { Passed, Validator } from '../validator.js';

const ADDRESS =
  /^[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;
/** `icon@2x.png` and friends: a picture's file name; add-ons of a browser are files with an `@` in their number. */
const FILE = /@\d(?:\.\d)?x\.|\.(?:png|jpe?g|gif|webp|svg|js|css|json|apk|so|zip|xpi|mp4|html?)$/i;

/** `express@4.18.1.patch`: a package with its release. */
const RELEASE = /@(?:\d{1,5}\.){2}/;

/** Accounts of Tenpay that WeChat or QQ opened: a number at an address where nothing receives mail. */
const ACCOUNT = /@(?:wx|qq)\.tenpay\.com$/i;

/** Mailboxes of a function and not of a person: RFC 2142, and the names that Chinese services use beside them. */
const ROLES =
  /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|hostmaster|webmaster|abuse|noc|security|support|info|marketing|sales|service|customer-?service|cs|kefu|tousu|jubao|complaints?|feedback|help|privacy|legal|hr|jobs|careers?|recruit(?:ment|ing)?|zhaopin|press|media|pr|editor(?:ial)?|newsletter|notifications?|business|biz|bd|hezuo|shangwu|bookings?|reservations?|[ei]nquir(?:y|ies)|admissions|opensource|safety|dpo|contact(?:us)?)$/i;
/** What is written to such a one all of a list read: programs that keep lists say so in the host or in the name (RFC 2142 section 6, Mailman, Google Groups). */
const LISTS =
  /@(?:lists?|groups)\.|@googlegroups\.com$|(?:^|[-_.])(?:announce|discuss|commits|issues)@|-(?:dev|devel|users?|list|bugs|request)@/i;
/** Half of what stands under a name for an address may be one of those; nothing follows from one. */
const ROLE_PASS_RATE = 0.5;

/** Whether an address is that of a function or of a list: `kefu@…`, `noreply@…`, `dev@lists.…`. */
export function isOfFunction(address: string): boolean {
  return ROLES.test(address.slice(0, address.lastIndexOf('@'))) || LISTS.test(address);
}

export const validator: Validator = {
  source: 'RFC 5321 section 4.1.2 (dot-string, at most 64 and 255 characters) and RFC 1035 labels',
  fits: (shape) => shape.at && shape.dot && shape.length >= 6 && shape.length <= 254,
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    if (!ADDRESS.test(text) || text.includes('..') || FILE.test(text) || RELEASE.test(text) || ACCOUNT.test(text)) return null;
    const role = isOfFunction(text);
    return {
      normalised: text.toLowerCase(),
      placeholder: false,
      passRate: role ? ROLE_PASS_RATE : 1e-6,
      note: role
        ? { zh: '职能邮箱（客服、投诉等），不属于个人', en: 'mailbox of a function (support, noreply), not of a person' }
        : { zh: '电子邮箱地址', en: 'e-mail address' },
    };
  },
};
