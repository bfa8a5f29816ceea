import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../src/detect/shape.js';
import { validators } from '../../src/detect/validator.js';
import { limits } from '../../src/limits.js';
import { processorTime } from '../processor-time.js';
import { random } from '../random.js';
import { dataTypes } from './fixture.js';

describe('validators', () => {
  it('are loaded by file name', () => {
    expect(validators.size).toBeGreaterThanOrEqual(40);
    expect(validators.has('resident-id')).toBe(true);
  });

  it('name the source of their rule', () => {
    for (const [id, { source }] of validators) expect(source.length, id).toBeGreaterThan(10);
  });

  // Incident: a device token of 28 letters and a digit took a second and a half, one of 40 would have taken an hour.
  it('read hostile values of any length they look at within milliseconds', () => {
    const units = [
      'a',
      'aA',
      'a1',
      'ab ',
      'Ab ',
      'a-',
      'a_',
      'a.',
      '1',
      '1.',
      '1,',
      '1-',
      '1:',
      '张',
      '王伟',
      ' ',
      '-',
      '/',
      'a@',
      "O'n",
      'zh-',
      '+8',
      '*',
    ];
    for (const [id, { fits, check }] of validators)
      for (const unit of units)
        for (const end of ['', '!', '1', 'a', ' ', '@'])
          for (const length of [24, 60, 510, 4_000]) {
            const value = unit.repeat(Math.ceil(length / unit.length)) + end;
            if (fits(shapeOf(value)))
              expect(
                processorTime(() => check(value)),
                `${id} ${unit} ${end} ${length}`,
              ).toBeLessThan(200);
          }
  });

  it('turn no value away that would count without a name', () => {
    const unit = fc.constantFrom(
      ...'0123456789+-() .:,/abcdefABCDEFEGHMst',
      ' Street',
      'str. ',
      'rue ',
      '86',
      '+86',
      '138',
      '010',
      '460',
      '军字第',
      '北京市',
      '路',
      '号',
      '京A',
    );
    const written = fc.array(unit, { minLength: 2, maxLength: 24 }).map((units) => units.join(''));
    const known = fc.constantFrom(
      ...['+86 13912345678', '(+86)13912345678', '86 010 82345678', '0755-82345678', '(010)82345678', '+1 415 555 0134', '13912345678'],
      ...['221B Baker Street', '12 rue de la Paix', '5, Storgatan', '北京市朝阳区建国路1号', '军字第1234567号', 'E12345678', 'C12345678'],
      ...['3C:22:FB:01:02:04', '3c-22-fb-01-02-04', '3c22.fb01.0204', '490154203237518', '490154203237518,356938035643809'],
    );
    let counted = 0;
    fc.assert(
      fc.property(fc.oneof(known, written), (value) => {
        const shape = shapeOf(value.trim());
        for (const [id, { fits, alone, check }] of validators) {
          if (alone === undefined || !fits(shape)) continue;
          const passed = check(value.trim());
          if (passed === null || passed.passRate > limits.cluePassRate) continue;
          counted++;
          expect(alone(shape), `${id} ${value}`).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(counted).toBeGreaterThan(500);
  });

  it('exist for every data type that names one', () => {
    for (const { id, detect } of dataTypes) if (detect.validator !== null) expect(validators.has(detect.validator), id).toBe(true);
  });

  it('promise strong only where some form of the value is rare enough', () => {
    const rare: Record<string, string> = { 'id-document': '11010119900307803X', imei: '', imsi: '', 'bank-card': '', vin: '' };
    for (const { id, detect } of dataTypes) {
      if (detect.withKey !== 'strong') continue;
      expect(detect.validator, id).not.toBeNull();
      const sample = rare[detect.validator ?? ''];
      if (sample) expect(validators.get(detect.validator ?? '')?.check(sample)?.passRate, id).toBeLessThan(limits.strongPassRate);
    }
  });

  it('never throw and answer quickly, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 600, unit: 'binary' }),
          fc.stringMatching(/^[0-9a-f:.,@+-]{0,600}$/),
          fc.stringMatching(/^[上海市路号0-9张·]{0,300}$/),
        ),
        (text) => {
          for (const { fits, check } of validators.values()) if (fits(shapeOf(text))) check(text);
        },
      ),
      { numRuns: 300 },
    );
    const cost = processorTime(() => {
      for (const text of [
        '1'.repeat(60_000),
        'a.'.repeat(30_000),
        'a@'.repeat(30_000),
        '市'.repeat(60_000),
        '0:'.repeat(30_000),
        `${' '.repeat(60_000)}x`,
        'com.a,'.repeat(10_000),
      ])
        for (const { fits, check } of validators.values()) if (fits(shapeOf(text))) check(text);
    });
    expect(cost).toBeLessThan(2_000);
  });

  it('keep to their stated rates on random numbers', () => {
    const below = random(20_260_501);
    const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
    const share = (id: string, count: number, runs: number): number => {
      let passed = 0;
      for (let run = 0; run < runs; run++) {
        const text = digits(count);
        const validator = validators.get(id);
        if (validator?.fits(shapeOf(text)) && validator.check(text)) passed++;
      }
      return passed / runs;
    };
    expect(share('mainland-mobile', 11, 20_000)).toBeLessThan(0.075);
    expect(share('imei', 15, 20_000)).toBeLessThan(0.022);
    expect(share('imsi', 15, 20_000)).toBeLessThan(0.6);
    expect(share('resident-id', 18, 100_000)).toBeLessThan(limits.strongPassRate);
    expect(share('bank-card', 19, 20_000)).toBeLessThan(0.01);
  });
});
