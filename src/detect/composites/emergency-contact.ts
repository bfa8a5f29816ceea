import type { Field } from '../../model/field.js';
import { isNumber, isOfNameLength } from '../address-book.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafPhrase } from '../keys.js';
import { isOfEmergency, isRelation, standsUnderEmergency, tellsKin } from '../kinship.js';
import { shapeOf } from '../shape.js';
import { validator as chineseName } from '../validators/chinese-name.js';

/**
 * `{ contactName, contactPhone, relation: "配偶" }`: somebody’s relative or friend. Where the address or a name says that it is for an emergency,
 * name and number are that person’s, and no consignee’s: a list that has a contact’s telephone does not mean this one.
 */
const PERSON =
  /^(?:(?:contact|linkman|emergency|urgent|relative|family|guardian|kin|emergency contact|urgent contact) ?)?(?:name|real ?name|phone|phone ?number|phone ?no|mobile|mobile ?no|tel|xm|xingming|姓名|电话|手机|手机号)$/;

export const composite: Composite = {
  named: (keys) => isRelation(keys),
  triggers: (field, named) => named && tellsKin(field),
  find({ decoded, groups }) {
    const isOfCall = decoded.fields.some(({ part, value }) => part === 'url' && isOfEmergency(leafPhrase([value])));
    return decoded.fields.flatMap((field): CompositeFinding[] => {
      if (!tellsKin(field)) return [];
      const people = (groups.get(field.group) ?? []).filter(
        (other) => other !== field && PERSON.test(leafPhrase(other.keys)) && isOfNameLength(other.value),
      );
      if (!people.some(({ value }) => isNumber(value) || isCalled(value))) return [];
      const isEmergency = isOfCall || people.some(standsUnderEmergency);
      const candidate = readAsOne(decoded, field, {
        dataType: 'family_relation',
        grade: 'probable',
        value: [field, ...(isEmergency ? people : [])].map(({ value }) => value).join(' '),
        trace: [isEmergency ? CALLED : TOLD],
        passRate: 0.001,
      });
      return [{ candidate, absorbs: isEmergency ? people.map((person: Field) => person.path) : [] }];
    });
  },
};

/** Goods have names as well. */
function isCalled(value: string): boolean {
  return chineseName.fits(shapeOf(value)) && chineseName.check(value) !== null;
}

const TOLD = {
  rule: 'kinship',
  text: {
    zh: '同一对象内写有人名或号码，以及此人与用户的关系',
    en: 'a name or a number, and what that person is to the user, in one object',
  },
};
const CALLED = {
  rule: 'emergency-contact',
  text: {
    zh: '为紧急情况填写的联系人：姓名、号码和与用户的关系',
    en: 'whom to call in an emergency: name, number and what that person is to the user',
  },
};
