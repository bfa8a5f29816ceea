import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const births = (body: unknown) =>
  sure(body)
    .filter(([dataType]) => dataType === 'birth_date')
    .map(([, , path]) => path.replace('body.$.', ''))
    .sort();

describe('birth-parts', () => {
  it('takes a date of birth in three fields', () => {
    expect(births({ birth_year: '2000', birth_month: '11', birth_day: '7' })).toEqual(['birth_day', 'birth_month', 'birth_year']);
    expect(births({ birthMonth: 2, birthDay: 29 })).toEqual(['birthDay', 'birthMonth']);
  });

  it('takes no month alone, no number beyond the calendar, and none of another object', () => {
    expect(births({ birth_month: '11' })).toEqual([]);
    expect(births({ birth_month: '13', birth_day: '32' })).toEqual([]);
    expect(births({ birthday: '11', month: '11' })).toEqual([]);
    expect(births({ a: { birth_month: '11' }, b: { birth_day: '7' } })).toEqual([]);
  });
});
