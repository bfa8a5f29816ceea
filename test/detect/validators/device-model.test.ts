import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/device-model.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('device-model', () => {
  it.each([
    ['HUAWEI', 'huawei', 'a maker'],
    ['iPhone13,2', 'iphone13,2', 'a machine name'],
    ['SM-G9910', 'sm-g9910', 'a model code'],
    ['2014999', '2014999', 'the year and three digits, as Xiaomi wrote them'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it('says of a maker with its model that little else is written so', () => {
    for (const value of ['vivo X20A', 'OPPO A33', 'vivo+X5Max+']) expect(read(value)?.passRate, value).toBe(1e-3);
    for (const value of ['A33', 'X20A Pro', 'nike A33']) expect(read(value)?.passRate, value).toBeGreaterThan(1e-2);
  });

  it.each([
    ['gpt-4o', 'a model of language'],
    ['yolov8n', 'a model of vision'],
    ['androidmobile', 'the platform'],
    ['f3f34488828b105ff3f34488828b105f', 'a digest'],
    ['01J5EDZNXWNXDXZ4Z391B1S7YT', 'an identifier of another alphabet'],
    ['华北制药股份有限公司', 'a company'],
    ['1.2.3', 'a version'],
    ['0f0b9c2a3d4e5f6', 'an identifier in hexadecimal without its zeros'],
    ['GSM', 'the type of a radio (phoneType)'],
    ['42', 'a number'],
    ['2023001', 'a number of seven digits'],
    ['设备名', 'the name of the field'],
    ['手机型号', 'the same in other words'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
