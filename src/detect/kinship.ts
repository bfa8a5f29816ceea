import type { Field } from '../model/field.js';
import { leafName, leafPhrase } from './keys.js';

/**
 * Whom an app has its user name for an emergency, and what they are to each other. Nobody’s address book says so of its entries: ContactsContract
 * (Android) and CNContact (iOS) keep relations of the entry, not of whoever owns the phone.
 */

const RELATION =
  /^(?:(?:emergency|urgent)?(?:contact|contacts|linkman)?(?:relation|relationship|relations)(?:type|name|code|desc|text|label)?|guanxi|关系|与本人关系|联系人关系)$/;
/** 与本人关系, as forms of banks, hospitals and schools offer it. */
const KIN =
  /^(?:父亲?|母亲?|爸爸?|妈妈?|父母|配偶|丈夫|妻子|老公|老婆|爱人|夫妻|儿子|女儿|子女|孩子|兄弟|姐妹|兄弟姐妹|兄妹|姐弟|哥哥?|姐姐?|弟弟?|妹妹?|祖父母?|祖母|爷爷|奶奶|外公|外婆|亲属|亲戚|家人|家属|(?:直系|旁系|其他)亲属|朋友|好友|同事|同学|监护人|father|mother|parents?|spouse|husband|wife|son|daughter|child|children|brother|sister|siblings?|relatives?|friend|colleague|classmate|guardian)$/i;
const UNTOLD = /^(?:|0|-1|null|undefined|none|unknown|未知|未填写)$/i;
const EMERGENCY = /(?:^| )(?:emergency|urgent|jinji|sos)(?: |$)|紧急/;

/** What a field says that somebody is to the user; one that was not filled in says nothing. */
export function namesRelation({ keys, value }: Field): boolean {
  return !UNTOLD.test(value.trim()) && RELATION.test(leafName(keys));
}

/** The same in words, of which a code is none. */
export function tellsKin(field: Field): boolean {
  return namesRelation(field) && isKin(field.value.trim());
}

/** Whether a text says what two people are to each other. */
export function isKin(text: string): boolean {
  return KIN.test(text);
}

/** Whether a name, its words apart, is of whoever is called in an emergency. */
export function isOfEmergency(phrase: string): boolean {
  return EMERGENCY.test(phrase);
}

/** Whether a relation may be named there, whatever it is. */
export function isRelation(keys: readonly string[]): boolean {
  return RELATION.test(leafName(keys));
}

/** Whether one of a field’s names is of an emergency. */
export function standsUnderEmergency({ keys }: Field): boolean {
  return keys.some((_, index) => isOfEmergency(leafPhrase(keys.slice(0, index + 1))));
}
