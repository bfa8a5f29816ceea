import { z } from 'zod';
import type { Bilingual } from '../../model/text.js';

/** Between the two languages of a message: a control character, which neither holds. */
const APART = '\u001f';

/** One message in both languages, for a schema, which carries a single text. @see said */
export function both(zh: string, en: string): string {
  return `${en}${APART}${zh}`;
}

/** A message of a schema again in its languages. @param builtIn what the schema library says in Chinese, where the message is its own. */
export function said(message: string, builtIn: string): Bilingual {
  const [en = '', zh] = message.split(APART);
  return { zh: zh ?? builtIn, en };
}

/** Text for people; both languages, neither empty. */
export const bilingual = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) });

/** How a Chinese text of the law begins that could not be compared with the official one word for word. */
const PARAPHRASE = '（大意）';

/** @returns why text and mark do not agree; null where they do. What is not verified must never read like a quotation. */
export function quotationProblem(zh: string, verified: boolean): Bilingual | null {
  if (verified === !zh.startsWith(PARAPHRASE)) return null;
  return verified
    ? { zh: `以${PARAPHRASE}开头，须同时写 verified: false`, en: `begins with ${PARAPHRASE}, so "verified: false" belongs beside it` }
    : { zh: `未逐字核实的文字须以${PARAPHRASE}开头`, en: `not verified word for word: the text begins with ${PARAPHRASE}` };
}

/** Ids are part of paths, flags and reports: plain lower-case words. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, both('id 由小写单词组成，以下划线 _ 相连', 'an id is made of lower-case words joined by _'));

/** Pack ids name folders: words joined by `-`. */
export const packId = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    both('规则包 id 由小写单词组成，以连字符 - 相连', 'a pack id is made of lower-case words joined by -'),
  );

/** Stays text: YAML 1.2 core has no dates. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, both('日期写作 YYYY-MM-DD', 'a date is written "YYYY-MM-DD"'));

/** A suffix is whole labels: `umeng.com` covers `a.umeng.com` and never `notumeng.com`. Written in lower case, without a leading dot. */
export const hostSuffix = z
  .string()
  .max(253)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/,
    both('后缀是小写的主机名，前面不带点和星号', 'a suffix is a host name in lower case, without dot or star in front'),
  );
