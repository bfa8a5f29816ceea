import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { isFirebase } from '../login.js';

/**
 * Where Firebase Cloud Messaging reaches the installation: the token has a form that nothing else is written in, so it needs no name
 * (`pushAddress`, `fcm`, `to`). Source of the form: tokens of Firebase since 2016, the installation's id, a colon and `APA91b`.
 */
const SHORTEST = 56;
const LONGEST = 512;

export const composite: Composite = {
  spares: true,
  triggers: mayBeToken,
  find({ decoded, candidates }) {
    const told = surePaths(candidates, 'push_token');
    return decoded.fields.flatMap((field): CompositeFinding[] => {
      if (told.has(field.path) || field.keys.length === 0 || !mayBeToken(field)) return [];
      return [{ candidate: readTogether(decoded, field, 'push_token', line), absorbs: [] }];
    });
  },
};

function mayBeToken({ kind, value, opened, part }: Field): boolean {
  if (kind !== 'string' || opened === true || part === 'url') return false;
  return value.length >= SHORTEST && value.length <= LONGEST && isFirebase(value);
}

const line = {
  rule: 'firebase-token',
  text: { zh: 'Firebase 推送令牌特有的写法', en: 'written as only registration tokens of Firebase are' },
} as const;
