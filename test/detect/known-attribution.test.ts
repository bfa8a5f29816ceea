import { expect, test } from 'vitest';
import { KnownAttribution } from '../../src/detect/known-attribution.js';
import { buildKnownTables } from '../../src/detect/known-tables.js';
import { dataType, leaf } from './known-fixture.js';

const VALUES = { gender: ['女'], real_name: ['范例丁'], phone_number: ['19900001234'], location_precise: ['40.123456,90.654321'] };
const attribution = (...types: string[]) =>
  new KnownAttribution(
    buildKnownTables({ values: VALUES, salts: [], keys: [] }, [dataType('gender', ['sex']), ...types.map((id) => dataType(id))]),
  );

test('a common word counts under a name of its type only, a rare name of three characters without one as well', () => {
  const it = attribution();
  expect(it.inLeaf(leaf('body.$.sex', '女'), 0).map(({ dataType: type, grade }) => [type, grade])).toEqual([['gender', 'probable']]);
  expect(it.inLeaf(leaf('body.$.word', '女'), 0)).toEqual([]);
  expect(it.inLeaf(leaf('body.$.word', '范例丁'), 0).map(({ dataType: type, grade }) => [type, grade])).toEqual([
    ['real_name', 'probable'],
  ]);
});

test('nickname_as_username: a short word under the name of a kindred type is probable, digits and words of few values are not', () => {
  const family = (id: string, keys: string[]) => ({ ...dataType(id, keys), family: 'account' });
  const values = { nickname: ['Beisp', '1209'], age: ['old'] };
  const types = [family('nickname', ['nick']), family('account_id', ['username']), family('age', ['age'])];
  const it = new KnownAttribution(buildKnownTables({ values, salts: [], keys: [] }, types));
  const grades = (key: string, value: string) => it.inLeaf(leaf(`body.$.${key}`, value), 0).map(({ grade }) => grade);
  expect(grades('username', 'beisp')).toEqual(['probable']);
  expect(grades('nick', 'Beisp')).toEqual(['confirmed']);
  expect([grades('title', 'Beisp'), grades('username', '1209'), grades('username', 'old')]).toEqual([[], [], []]);
});

test('what the app struck out is probable, and names the whole value', () => {
  expect(attribution().struckOut(leaf('body.$.tel', '199****1234'), 3)).toMatchObject([
    { dataType: 'phone_number', grade: 'probable', form: 'masked', order: 3, readable: false },
  ]);
});

test('a known place in a photograph is the photograph’s where the rules have a type for it', () => {
  const fields = [
    leaf('body|exif.GPSLatitude', '40.123456', { kind: 'number', steps: ['exif'] }),
    leaf('body|exif.GPSLongitude', '90.654321', { kind: 'number', steps: ['exif'] }),
  ];
  const types = (it: KnownAttribution) => it.places(fields).map(({ dataType: type }) => type);
  expect(new Set(types(attribution('photo_exif_gps')))).toEqual(new Set(['photo_exif_gps']));
  expect(new Set(types(attribution()))).toEqual(new Set(['location_precise']));
});

test('two decimals of a place are the neighbourhood', () => {
  expect(attribution().places([leaf('body.$.at', '40.12,90.65')])).toMatchObject([{ dataType: 'location_coarse', grade: 'probable' }]);
});

test('the city of a shop is not that of who sends, though the same (shop_city_known)', () => {
  const it = new KnownAttribution(
    buildKnownTables({ values: { location_coarse: ['杭州'] }, salts: [], keys: [] }, [dataType('location_coarse', ['city'])]),
  );
  const grades = (key: string) => it.inLeaf(leaf(`body.$.${key}`, '杭州', { keys: [key] }), 0).map(({ grade }) => grade);
  expect(grades('shop_city')).toEqual(['candidate']);
  expect(grades('city')).toEqual(['probable']);
});
