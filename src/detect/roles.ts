/**
 * Whom forms are about: `applicantIdType`, `patientSymptom`, `insuredRelation`. A word for what somebody is in the matter leaves a noun that only
 * people have what it is. Of whoever serves (a driver, a courier, a doctor, a seller) an app tells its user, and they are not among these.
 */
const ROLES = new Set(
  (
    'patient pat applicant appnt insured insurant insure holder policyholder beneficiary bnf passenger psg pax traveler traveller guest occupant customer ' +
    'member student stu child kid baby buyer payer payee payor recipient receiver consignee consignor addressee sender shipper borrower lender tenant lessee ' +
    'guardian guard parent father mother spouse wife husband contact linkman emergency urgent visitor examinee candidate employee cardholder owner person ' +
    'huanzhe bingren xuesheng jiazhang'
  ).split(' '),
);

/** Whether all words before a noun say whose it is, in such a role. */
export function isOfRole(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => ROLES.has(word));
}

/** Types whose nouns only people have. */
export const OF_PEOPLE: ReadonlySet<string> = new Set(
  (
    'gender age birth_date id_type ethnicity occupation education income marital_status political_status nationality religion medical_condition ' +
    'medical_diagnosis body_metrics family_relation'
  ).split(' '),
);
