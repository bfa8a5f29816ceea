import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/meid.js';
import { dataTypes, request } from '../fixture.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('meid', () => {
  it.each([
    ['A10000009296F2', 'A10000009296F2', '14 hexadecimal digits'],
    ['86612345678901', '86612345678901', 'shared with the IMEI'],
    ['a1000000-9296f2', 'A10000009296F2', 'small letters and a hyphen'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['810000009296F2', 'a regional code below A0'],
    ['A10000009296', 'too short'],
    ['20260501123059', 'a time'],
    ['866123456789018', 'an IMEI with its check digit'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('incident: a MEID that the phone shares with its IMEI was called the IMEI; under that name it is the IMEI still', () => {
    const detector = createDetector({ dataTypes });
    const types = (body: object) =>
      detector.detect(decodeRequest(request({ body: JSON.stringify(body) }))).map(({ dataType, path }) => `${dataType} ${path}`);
    expect(types({ meid: '86612345678901', imei: '86612345678901' })).toEqual(['meid body.$.meid', 'imei body.$.imei']);
    expect(types({ device: { imei: '35362600012345' } })).toEqual(['imei body.$.device.imei']);
  });

  it('is known under any name where it begins as those of China Telecom do', () => {
    const detector = createDetector({ dataTypes });
    const types = (body: object) =>
      detector
        .detect(decodeRequest(request({ body: JSON.stringify(body) })))
        .flatMap(({ dataType, grade }) => (grade === 'probable' ? [dataType] : []));
    expect(types({ wuid: 'A00000B2C3D4E5' })).toEqual(['meid']);
    expect(types({ code: 'A0000012345678', application: 'A000000003101F', colour: 'A00000', digest: 'a00000b2c3d4e5' })).toEqual([]);
    expect(types({ event: { trace: '0000A00000B2C3D4E5' } })).toEqual([]);
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['00000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('A10000009296F2')?.placeholder).toBe(false);
  });
});
