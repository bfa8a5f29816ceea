import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { matrixOf, writeMatrixCsv } from '../../src/cli/rules-matrix.js';
import { loadRulebook } from '../../src/rulebook/load.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const types = rulebook.dataTypes.length;
const rows = matrixOf(rulebook);
const cell = (category: string, dataType: string) => rows.find((row) => row.category === category && row.dataType === dataType)?.verdict;

test('39 categories against every data type', () => {
  expect(rows).toHaveLength(39 * types);
  expect(cell('ride_hailing', 'location_track')).toBe('necessary');
  expect(cell('ride_hailing', 'payment_amount')).toBe('conditional');
  expect(cell('map_navigation', 'location_track')).toBe('beyond_necessary');
  expect(cell('map_navigation', 'phone_number')).toBe('beyond_necessary');
  expect(cell('short_video', 'phone_number')).toBe('beyond_necessary');
  expect(cell('instant_messaging', 'account_id')).toBe('necessary');
  expect(cell('news', 'imei')).toBe('beyond_necessary');
  expect(cell('news', 'user_agent')).toBe('technical');
});

test('as a table with one line for each category', () => {
  const lines = writeMatrixCsv(rows).split('\n');
  expect(lines).toHaveLength(40);
  expect(lines[0]?.split(',')).toHaveLength(types + 1);
  expect(lines[1]).toMatch(/^map_navigation,/);
});
