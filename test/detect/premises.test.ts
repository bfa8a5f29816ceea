import { describe, expect, it } from 'vitest';
import { isOfPremises, premisesLine } from '../../src/detect/premises.js';

describe('isOfPremises', () => {
  it.each([
    [['storeTel']],
    [['shop_phone']],
    [['siteTel']],
    [['servers', 'lat']],
    [['hospitalAddress']],
    [['门店电话']],
    [['poi', 'tel']],
    [['stores', 'lat']],
    [['store_info', 'address']],
    [['poi', 'location', 'lng']],
    [['data', 'branch', 'contact', 'phone']],
  ])('knows %j for a place open to the public', (keys) => {
    expect(isOfPremises(keys)).toBe(true);
  });

  it.each([
    [['tel']],
    [['userTel']],
    [['receiver', 'tel']],
    // Who stands in the place is a person, and where a trip begins is somebody's.
    [['hotelGuestPhone']],
    [['shop', 'receiver', 'phone']],
    [['startStation', 'address']],
    [['merchantUser', 'address']],
    // What an app calls the place where its user stands.
    [['poiLat']],
    [['store', 'state', 'user', 'lat']],
    [[]],
  ])('knows %j for none', (keys) => {
    expect(isOfPremises(keys)).toBe(false);
  });

  it('says so in both languages', () => {
    expect(premisesLine.text.zh).toContain('门店');
    expect(premisesLine.text.en).toContain('public');
  });

  it('knows where cars stand and are charged', () => {
    expect(isOfPremises(['park', 'location', 'lat'])).toBe(true);
    expect(isOfPremises(['superchargers', 'location', 'lat'])).toBe(true);
    expect(isOfPremises(['pharmacies', 'tel'])).toBe(true);
    expect(isOfPremises(['trip', 'location', 'lat'])).toBe(false);
  });
});
