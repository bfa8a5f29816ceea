import type { Field } from '../../model/field.js';
import { type Candidate, readTogether } from '../candidate.js';
import type { Composite, CompositeScope } from '../composite.js';
import { describesDevice } from '../corroboration.js';
import { LONG_HEX } from '../corroboration-rules.js';
import { leafName } from '../keys.js';
import { isLoginToken } from '../login.js';

/**
 * `token=4d74…` in a form or an address, and no other secret in the request: by what else would the server know who asks? Measuring kits and
 * advertising exchanges have a `token` too, the key of their customer, and tell of the device beside it; among such data the name stays a clue.
 */
const NAME = 'token';
/** As services write what they draw: 128 bits and more in hexadecimal, or two such numbers. */
const LONGER = /^(?=.*\d)(?:[0-9a-f]{48,160}|[0-9a-f]{32,128}_[0-9a-f]{32,64})$/;
/** What a request of any client says of itself in its header. */
const SENDERS_OWN = new Set(['header', 'cookie']);

export const composite: Composite = {
  spares: true,
  named: (keys) => leafName(keys) === NAME,
  triggers: ({ value, kind, part }, named) => named && kind === 'string' && !SENDERS_OWN.has(part) && isSecretText(value),
  find(scope) {
    const { candidates, decoded, groups } = scope;
    if (saysMore(scope)) return [];
    const secrets = candidates.filter(isSecret);
    const [secret] = secrets;
    if (secret === undefined || secrets.length > 1) return [];
    const field = decoded.fields.find(({ path }) => path === secret.evidence.path);
    if (field?.part === 'query' && isOfFile(decoded.fields)) return [];
    if (isToBeReached(decoded.fields)) return [];
    if (field === undefined || !isLoginToken(secret, groups.get(field.group) ?? [])) return [];
    return [{ candidate: readTogether(decoded, field, 'auth_token', line), absorbs: [] }];
  },
};

function isSecretText(value: string): boolean {
  return LONG_HEX.test(value) || LONGER.test(value);
}

function isSecret({ evidence: { dataType, grade, part, path, value }, match }: Candidate): boolean {
  if (dataType !== 'auth_token' || grade !== 'candidate' || match?.key !== NAME || match.reach !== 'full') return false;
  return !SENDERS_OWN.has(part) && !path.includes('header.') && isSecretText(value);
}

/** `/a.mp4?token=…`: networks of caches give each file a ticket of its own. */
function isOfFile(fields: readonly Field[]): boolean {
  return fields.some(({ part, keys, value }) => part === 'url' && keys.length === 0 && FILE.test(value));
}

/** `/push/register`, `/v1/apns`: the token that is handed in there is by which the phone is reached; Apple writes it as a login is often written. */
function isToBeReached(fields: readonly Field[]): boolean {
  return fields.some(({ part, keys, value }) => part === 'url' && keys.length === 0 && REACHED.test(value));
}

const REACHED = /^(?:.*[-_])?(?:push|apns|fcm|notifications?|(?:push|device)[-_]?tokens?)(?:[-_].*)?$/i;
const FILE = /\.(?:mp[34]|m3u8|ts|m4[sav]|flv|mpd|aac|webm|mkv|apk|ipa|zip|pdf|jpe?g|png|gif|webp|avif|heic|svga?)$/i;

/** Whether the request holds another login, or describes a device in what it sends. */
function saysMore({ candidates, types }: CompositeScope): boolean {
  return candidates.some(
    ({ evidence: { dataType, grade, part } }) =>
      grade !== 'candidate' &&
      (dataType === 'auth_token' || (!SENDERS_OWN.has(part) && dataType !== 'locale_timezone' && describesDevice(types.get(dataType)))),
  );
}

const line = {
  rule: 'sole-token',
  text: {
    zh: '请求中唯一的凭据，除此之外没有说明是谁在请求',
    en: 'the only secret of the request: nothing else in it says who asks',
  },
} as const;
