import type { Field } from '../../model/field.js';
import type { Evidence } from '../../model/finding.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName, tokensOf } from '../keys.js';
import { isOfPremises } from '../premises.js';

/**
 * `receiverProvince`, `houseNumber`, `landmark`, `postZip`: in the object that says who gets a parcel and at which number they are reached, these are
 * parts of one address, however little each of them says. The object has to hold an address besides: one that passes its test, or divisions and
 * a line below them, or a line under the name of who receives it.
 */
const WHO =
  '(?:receiver|recv|receive|recipient|consignee|delivery|deliver|shipping|ship|post|mailing|mail|sender|send|addressee|buyer|user|customer|cust|address|addr|home|living|live)?';
const DIVISION = new RegExp(`^${WHO}(?:province|city|district|county|area|town|street)(?:name)?$`);
const LINE = new RegExp(`^${WHO}(?:detail|detailed)?(?:address|addr)(?:detail|info)?$|^(?:address|addr)?detail$`);
const RECEIVERS = /^(?:receiver|recv|recipient|consignee|addressee)(?:detail|detailed)?(?:address|addr)$/;
const SPOT = new RegExp(`^${WHO}(?:landmark|locationname|community|village|building|buildingname)$`);
const DOOR = new RegExp(`^${WHO}(?:houseno|housenum|housenumber|doorno|doornum|doornumber|doorplate|roomno|roomnum|roomnumber)$`);
const ZIP = new RegExp(`^${WHO}(?:zip|zipcode|postcode|postalcode)$`);
/** Whoever works there, or where a journey begins and ends. */
const OTHERS =
  /^(?:company|corp|corporation|org|organization|work|office|school|bank|start|end|from|to|origin|dest|destination|pickup|dropoff|gps|geo|located?|current|ip|mac|birth|register|hukou)$/;

/** Chinese, and no sentence. */
const HAN = /^(?=.*[\u3400-\u9fff].*[\u3400-\u9fff])[\u3400-\u9fff0-9A-Za-z()（）#·、,， -]{2,60}$/u;
const NUMBER = /^[0-9A-Za-z一二三四五六七八九十][0-9A-Za-z\u3400-\u9fff#-]{0,15}$/u;
const POSTCODE = /^\d{5,7}$/;

const REACHED = new Set(['phone_number', 'contact_phone']);
const NAMED = new Set(['real_name', 'contact_phone']);
const RECEIVER_NAME = /^(?:contact|consignee|receiver|recipient|addressee|linkman|post)(?:name|person|man)$/;
/** What a part may have been taken for. */
const YIELDS = new Set(['location_coarse', 'postal_address']);
/** Two divisions say that the object speaks of a place and does not sort by one. */
const FEWEST_DIVISIONS = 2;
/** Before a city under its own name. */
const PASS_RATE = 1e-4;

export const composite: Composite = {
  named: (keys) => partOf(keys) !== null,
  triggers: ({ value, kind }, named) => named && kind === 'string' && HAN.test(value),
  find({ candidates, decoded, groups }) {
    const read = new Map<string, Evidence>();
    for (const { evidence } of candidates)
      if (evidence.grade !== 'candidate' || !read.has(evidence.path)) read.set(evidence.path, evidence);
    const found: CompositeFinding[] = [];
    for (const fields of groups.values()) {
      if (fields.length < 2 || !isReached(fields, read)) continue;
      const parts = fields.filter((field) => isPart(field) && mayBe(read.get(field.path)));
      if (!isAddress(parts, read, hasReceiver(fields, read))) continue;
      for (const field of parts) {
        if (sureOf(read.get(field.path)) === 'postal_address') continue;
        const candidate = readAsOne(decoded, field, {
          dataType: 'postal_address',
          grade: 'probable',
          value: field.value,
          trace: [line],
          passRate: PASS_RATE,
        });
        found.push({ candidate, absorbs: [] });
      }
    }
    return found;
  },
};

type Part = 'division' | 'line' | 'spot' | 'door' | 'zip';

function partOf(keys: readonly string[]): Part | null {
  const own = leafName(keys);
  if (DIVISION.test(own)) return 'division';
  if (LINE.test(own)) return 'line';
  if (SPOT.test(own)) return 'spot';
  if (DOOR.test(own)) return 'door';
  return ZIP.test(own) ? 'zip' : null;
}

function isPart({ keys, kind, part, value }: Field): boolean {
  const named = partOf(keys);
  if (named === null || (part !== 'body' && part !== 'query') || (kind !== 'string' && kind !== 'number')) return false;
  if (keys.some((key) => tokensOf(key).some((word) => OTHERS.test(word))) || isOfPremises(keys)) return false;
  const text = value.trim();
  return named === 'door' ? NUMBER.test(text) : named === 'zip' ? POSTCODE.test(text) : HAN.test(text);
}

function sureOf(evidence: Evidence | undefined): string | null {
  return evidence === undefined || evidence.grade === 'candidate' ? null : evidence.dataType;
}

function mayBe(evidence: Evidence | undefined): boolean {
  const sure = sureOf(evidence);
  return sure === null || YIELDS.has(sure);
}

function isReached(fields: readonly Field[], read: ReadonlyMap<string, Evidence>): boolean {
  return fields.some(({ path }) => REACHED.has(sureOf(read.get(path)) ?? ''));
}

/** Whether somebody is named to whom it goes: a phone that reports where it is sends divisions, a street and its own number too. */
function hasReceiver(fields: readonly Field[], read: ReadonlyMap<string, Evidence>): boolean {
  return fields.some(
    ({ keys, path, value }) => NAMED.has(sureOf(read.get(path)) ?? '') || (value.trim() !== '' && RECEIVER_NAME.test(leafName(keys))),
  );
}

/** @param received whether it says to whom. */
function isAddress(parts: readonly Field[], read: ReadonlyMap<string, Evidence>, received: boolean): boolean {
  const lines = parts.filter(({ keys }) => partOf(keys) === 'line');
  // What passes the test of an address is read as one, if only as a clue.
  if (lines.some(({ path }) => read.get(path)?.dataType === 'postal_address')) return true;
  const divisions = parts.filter(({ keys }) => partOf(keys) === 'division').length;
  return received && lines.length > 0 && (divisions >= FEWEST_DIVISIONS || lines.some(({ keys }) => RECEIVERS.test(leafName(keys))));
}

const line = {
  rule: 'delivery-address',
  text: {
    zh: '同一对象内有联系电话和地址：是该地址的一部分',
    en: 'the same object holds a number that reaches somebody and an address: part of that address',
  },
} as const;
