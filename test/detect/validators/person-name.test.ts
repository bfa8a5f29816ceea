import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { namesNobody, validator } from '../../../src/detect/validators/person-name.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('person-name', () => {
  it.each([
    ['张小明', '张小明', 'a Chinese name'],
    ['Zhang Wei', 'zhang wei', 'pinyin'],
    ['Maria', 'maria', 'a given name'],
    ["Siobhán O'Brien", "siobhán o'brien", 'accent and apostrophe'],
    ['Jean-Luc de la Tour', 'jean-luc de la tour', 'particles'],
    ['MUELLER', 'mueller', 'capitals, as tickets write it'],
    ['さとう はなこ', 'さとう はなこ', 'kana'],
    ['김민준', '김민준', 'Hangul'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['push', 'a channel'],
    ['Guest', 'a role'],
    ['Hello World', 'English words'],
    ['Example Trading Ltd.', 'a firm'],
    ['home_page', 'an identifier'],
    ['user 7', 'digits'],
    ['安全中心', 'an office'],
    ['API Support', 'a help desk'],
    ['success', 'an outcome'],
    ['Open Data Portal', 'a site'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    expect(read('John Doe')?.placeholder).toBe(true);
  });

  it('knows the words of name fields that are nobody’s name', () => {
    expect(namesNobody('guest')).toBe(true);
    expect(namesNobody('anna')).toBe(false);
  });
});
