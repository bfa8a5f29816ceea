import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/region.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('region', () => {
  it.each([
    ['310115', '310115', 'adcode'],
    ['上海市', '上海市', 'a city'],
    ['us', 'US', 'a country'],
    ['CN31011500000000', '310115', 'a country and a division'],
    ['310115000', '310115', 'a division as statistics write it'],
    ['310115000000', '310115', 'the same down to villages'],
    ['BE-VWV', 'BE-VWV', 'ISO 3166-2'],
    ['100-0001', '100-0001', 'a postcode abroad'],
    ['CHXX0008', 'CHXX0008', 'a place of The Weather Channel'],
    ['CN,湖北省,武汉市', 'CN,湖北省,武汉市', 'divisions after the country'],
    ['Mexico City', 'Mexico City', 'a name abroad'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['true', 'a flag'],
    ['CHXX08', 'too short for a place of the weather'],
    ['all', 'everywhere'],
    ['All', 'everywhere, as a form writes it'],
    ['home', 'a page'],
    ['success', 'an outcome'],
    ['990000x', 'no code'],
    ['cn-east-2', 'a data centre'],
    ['CN99011500000000', 'no division'],
    ['0086', 'what one dials before a number in China'],
    ['0044', 'the same of Britain'],
    ['990115000', 'nine digits and no division'],
    ['310115001', 'a number of something else'],
    ['CN31011500000001', 'a number of something else'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
