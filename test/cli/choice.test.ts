import { expect, test } from 'vitest';
import { chooseCategories, conditionsOf, parseContext } from '../../src/cli/choice.js';
import { RULES_DIR } from '../../src/cli/place.js';
import { loadRulebook } from '../../src/rulebook/load.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const { pack } = rulebook;

test('a category by id, number or Chinese name', () => {
  expect(chooseCategories(pack, ['ride_hailing', '30', '即时通信', '浏览器类'])).toEqual([
    'ride_hailing',
    'news',
    'instant_messaging',
    'browser',
  ]);
});

test('a misspelt category names the nearest one', () => {
  try {
    chooseCategories(pack, ['ride_hailling']);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'OVR_CATEGORY', next: expect.stringContaining('"ride_hailing"') });
  }
});

test('a word that is near to nothing gets no guess', () => {
  expect(() => chooseCategories(pack, ['zz'])).toThrow(expect.objectContaining({ next: expect.not.stringContaining('Did you mean') }));
  expect(() => parseContext(rulebook, ['online_booked_taxi=yes'])).toThrow(
    expect.objectContaining({ next: expect.stringContaining('"online_booked_taxi_only"') }),
  );
});

test('answers to conditions; unknown ones and other words are refused', () => {
  expect(parseContext(rulebook, ['online_booked_taxi_only=yes', 'if_any=no'])).toEqual({ online_booked_taxi_only: true, if_any: false });
  expect(parseContext(rulebook, ['supply_side=yes', 'legal_basis_id_number=yes'])).toEqual({
    supply_side: true,
    legal_basis_id_number: true,
  });
  expect(() => parseContext(rulebook, ['if_any'])).toThrow(/ID=yes or ID=no/);
  expect(() => parseContext(rulebook, ['nothing_like_it=yes'])).toThrow(/nothing_like_it/);
  const ticketing = pack.categories.find((category) => category.id === 'transport_ticketing');
  expect(ticketing && conditionsOf(ticketing).map((condition) => condition.id)).toEqual(['if_any', 'etc_service_only', 'etc_service_only']);
});
