import { expect, it } from 'vitest';
import { placeOf } from '../../src/detect/known-hit.js';
import { leaf } from './known-fixture.js';

it('a hit in a field inherits where the field stands', () => {
  expect(placeOf(leaf('body.$.device.imei', '866123456789018'), 3)).toEqual({
    path: 'body.$.device.imei',
    part: 'body',
    steps: ['json'],
    keys: ['device', 'imei'],
    layer: false,
    order: 3,
    text: '866123456789018',
  });
});
