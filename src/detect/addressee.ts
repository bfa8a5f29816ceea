import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import { leafName } from './keys.js';

/** Who gets a parcel or a meal. A contact may be whoever is called in an emergency, to be told where the phone is. */
const ADDRESSEE = /^(?:consignee|receiver|recipient|addressee|recv|shouhuoren)(?:name|person)?$/;
const ADDRESS = /^(?:(?:consignee|receiver|recipient|recv|delivery|shipping|detail|detailed)?(?:address|addr)(?:detail|info)?)$/;
const HAN = /\p{Script=Han}{2}/u;

/**
 * `{ consignee, address, lat, lng }`: where the parcel goes, picked on a map with the address; not where the phone is.
 * @param fields of one object.
 */
export function isOfAddressee(fields: readonly Field[]): boolean {
  let isNamed = false;
  let isPlaced = false;
  for (const { keys, value } of fields) {
    const name = leafName(keys);
    if (ADDRESSEE.test(name)) isNamed ||= value.trim() !== '';
    else if (ADDRESS.test(name)) isPlaced ||= HAN.test(value);
  }
  return isNamed && isPlaced;
}

export const addresseeLine: TraceLine = {
  rule: 'of-addressee',
  text: {
    zh: '同一对象写有收货人和地址：是收货地址的位置，不是手机的位置',
    en: 'the object names who gets it and the address: where the parcel goes, and not where the phone is',
  },
};
