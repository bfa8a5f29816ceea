import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/network-type.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('network-type', () => {
  it.each([
    ['WIFI', 'wifi', 'Wi-Fi'],
    ['5G_NSA', '5g_nsa', '5G'],
    ['4', '4', 'a number'],
    ['NET_WIFI', 'net_wifi', 'with the name of the list'],
    ['MOBILE_LTE', 'mobile_lte', 'with the kind of network'],
    ['ConnectivityResult.wifi', 'wifi', 'a constant with the name of its list'],
    ['NetworkType.MOBILE', 'mobile', 'another'],
    ['cmnet', 'cmnet', 'an access point name'],
    ['2G/3G', '2g/3g', 'whichever of the two'],
    ['CDMA 1X', 'cdma 1x', 'a network of the second generation'],
    ['1xRTT', '1xrtt', 'the same as Android calls it'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['unionpay-acquirer', 'a business network'],
    ['1000', 'beyond the lists'],
    ['CDMA home', 'a name with a blank'],
    ['2G/3G/home', 'a path'],
    ['NetworkType.retry', 'a constant of another list'],
    ['Feature.wifi', 'a constant of something else'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
