import { shapeOf } from './shape.js';
import { type Passed, type Validator, validators } from './validator.js';
import { checkValueList, SEPARATOR_OF_NUMBERS } from './value-list.js';

/** Four hardware addresses with blanks. */
const LONGEST = 96;

/** Of a phone for two kinds of networks one slot has an IMEI and the other a MEID; under `imei` stand both. */
const OTHER_SLOT: ReadonlyMap<string, string> = new Map([['imei', 'meid']]);

function testPart(validator: Validator | null | undefined, part: string): Passed | null {
  return validator?.fits(shapeOf(part)) ? validator.check(part) : null;
}

/**
 * Tests the numbers of a phone's slots that stand in one field.
 * @param id of the data type; @param validator its test of one number.
 * @returns what the test says of the first that is no placeholder, where each passes and one is of the type itself; null otherwise, and of a single value.
 */
export function checkSimSlots(id: string, validator: Validator | null, value: string): Passed | null {
  if (value.length > LONGEST || !SEPARATOR_OF_NUMBERS.test(value)) return null;
  let own = 0;
  const other = validators.get(OTHER_SLOT.get(id) ?? '');
  const passed = checkValueList(
    value,
    (part) => {
      const each = testPart(validator, part);
      if (each !== null) own++;
      return each ?? testPart(other, part);
    },
    SEPARATOR_OF_NUMBERS,
  );
  return own > 0 ? passed : null;
}
