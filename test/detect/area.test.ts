import { expect, it } from 'vitest';
import { isCorner, isInRing, linesAmong } from '../../src/detect/area.js';
import { decodedOf } from './fixture.js';

it('knows corners by the object that they stand in', () => {
  expect(isCorner(['bounds', 'northEast', 'lat'])).toBe(true);
  expect(isCorner(['fences', 'lat'])).toBe(true);
  expect(isCorner(['device', 'lat'])).toBe(false);
  expect(isCorner(['lat'])).toBe(false);
});

it('knows a ring by one list more than a line has, unless the geometry is a line in parts', () => {
  const none = new Set<string>();
  expect(isInRing('body.$.geometry.coordinates[0][3]', none)).toBe(true);
  expect(isInRing('body.$.geometry.coordinates[0][1][3]', none)).toBe(true);
  expect(isInRing('body.$.geometry.coordinates[3]', none)).toBe(false);
  expect(isInRing('body.$.locations[0][3]', none)).toBe(false);
  const { fields } = decodedOf([{ path: 'body.$.geometry.type', keys: ['geometry', 'type'], value: 'MultiLineString' }]);
  expect(isInRing('body.$.geometry.coordinates[0][3]', linesAmong(fields))).toBe(false);
  expect(isInRing('body.$.area.coordinates[0][3]', linesAmong(fields))).toBe(true);
});
