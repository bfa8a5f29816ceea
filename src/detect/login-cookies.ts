import { UUID } from './uuid.js';

/**
 * Cookies by which the software of sites keeps somebody signed in, by the names that its makers document. Names that hold the number or the
 * digest of the site, and words that mean nothing elsewhere, cannot stand among the keys of `auth_token.yaml`.
 */
interface LoginCookie {
  readonly software: string;
  readonly name: RegExp;
  /** How the value is written, percent-decoded. */
  readonly form: RegExp;
  /** Which group of the form is the name that the user signs in by. */
  readonly account?: true;
}

const LOGIN_COOKIES: readonly LoginCookie[] = [
  // wp_generate_auth_cookie: user name, end, token and HMAC; the name ends in the MD5 of the site's address.
  {
    software: 'WordPress',
    name: /^wordpress_(?:logged_in_|sec_)?[0-9a-f]{32}$/,
    form: /^([^|\s]{1,60})\|1\d{9}\|[0-9A-Za-z]{20,64}\|[0-9a-f]{64}$/,
    account: true,
  },
  // Base64 of { id, secret }; the name ends in the number of the project.
  { software: 'Appwrite', name: /^a_session_\w{1,36}$/, form: /^eyJ[\w+/-]{30,}={0,2}$/ },
  // Session of PHP under `SESS` and half the digest of the site's address, `SSESS` over TLS (Drupal, SessionConfiguration::getName).
  { software: 'Drupal', name: /^S?SESS[0-9a-f]{32}$/, form: /^[\w,-]{22,128}$/ },
  // AuthManager: `remember_`, the guard and the SHA-1 of the class.
  { software: 'Laravel', name: /^remember_[a-z]{2,20}_[0-9a-f]{40}$/, form: /^.{40,}$/ },
  // `cookiepre`: four letters drawn at the installation, the edition of the format, four more of the site's address.
  { software: 'Discuz!', name: /^\w{2,12}_2132_auth$/, form: /^[\w+/%=-]{40,}$/ },
  // SetLoginCookie: the name ends in the CRC-32 of the site's address, the value in the time at which it ends.
  { software: 'Z-BlogPHP', name: /^token_[0-9a-f]{8}$/, form: /^[0-9a-f]{64}1\d{9}$/ },
  // Several servers behind one address part their sessions by what they write behind the name (Jenkins: the digest of its own); Tomcat's single sign-on.
  { software: 'Java servlets', name: /^JSESSION_?ID(?:SSO|[._-]\w{1,60})$/i, form: /^(?=.*\d)[\w!.:+-]{16,256}$/ },
  // Letters drawn by the server behind the name and as the value.
  { software: 'ASP', name: /^ASPSESSIONID[A-Z]{8}$/, form: /^[A-Z]{24}$/ },
  { software: 'OpenAM', name: /^iPlanetDirectoryPro$/, form: /^[\w+/=*.@#%-]{40,}$/ },
  { software: 'IBM WebSphere', name: /^LtpaToken2?$/, form: /^[\w+/=]{40,}$/ },
  { software: 'SiteMinder', name: /^SMSESSION$/, form: /^[\w+/=]{40,}$/ },
  { software: 'Shibboleth', name: /^_shibsession_[0-9a-f]{20,80}$/, form: new RegExp(`^_[0-9a-f]{32}$|^${UUID}$`) },
];

/** A cookie that holds a login: whose software wrote it, and the name of the account within it. */
export interface KnownLogin {
  readonly software: string;
  readonly account: string | null;
}

/** @returns which login a cookie is; null: none of these. @param name as sent; case counts. @param value percent-decoded. */
export function loginOf(name: string, value: string): KnownLogin | null {
  if (name.length < SHORTEST_NAME || name.length > LONGEST_NAME) return null;
  for (const cookie of LOGIN_COOKIES) {
    if (!cookie.name.test(name)) continue;
    const match = cookie.form.exec(value);
    return match === null ? null : { software: cookie.software, account: cookie.account === true ? (match[1] ?? null) : null };
  }
  return null;
}

const SHORTEST_NAME = 9;
const LONGEST_NAME = 100;
