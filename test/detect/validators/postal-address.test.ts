import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/postal-address.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('postal-address', () => {
  it.each([
    ['上海市浦东新区世纪大道100号', '上海市浦东新区世纪大道100号', 'a Chinese address'],
    ['221B Baker Street, London', '221b baker street, london', 'number and street'],
    ['12 rue de la Paix', '12 rue de la paix', 'French'],
    ['Hauptstr. 5', 'hauptstr. 5', 'German, the number behind'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it('holds parts for what they are: little by themselves', () => {
    expect(read('San Francisco')?.passRate).toBeGreaterThan(0.5);
    expect(read('94105')?.passRate).toBeGreaterThan(0.5);
  });

  it.each([
    ['首页推荐', 'a heading'],
    ['203.0.113.7:8080', 'a network address'],
    ['home', 'the label of an address'],
    ['user@example.com', 'an e-mail address'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
