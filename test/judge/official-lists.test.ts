import { beforeAll, expect, test } from 'vitest';
import { rule } from '../../src/judge/verdict.js';
import type { Rulebook } from '../../src/model/rulebook.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { REAL_RULES } from '../rulebook/rules-folder.js';

/**
 * Article 5 as a whole, all 39 categories, with the data types of the project: what is necessary without any question asked, and what hangs on
 * an answer. Everything else is beyond the list or technical. Types that the wire cannot tell apart stand together (families.yaml). The text itself
 * is held by test/rulebook/pack-source.test.ts.
 */
const ARTICLE_5: Readonly<Record<string, readonly [necessary: string, conditional: string]>> = {
  map_navigation: ['location_coarse location_precise photo_exif_gps trip_destination trip_origin', ''],
  ride_hailing: [
    'bank_reserved_phone contact_phone location_coarse location_precise location_track phone_number photo_exif_gps trip_destination trip_origin',
    'payment_amount payment_channel payment_time',
  ],
  instant_messaging: ['account_id bank_reserved_phone contact_phone im_contact_list phone_number', ''],
  online_community: ['bank_reserved_phone contact_phone phone_number', ''],
  online_payment: ['bank_card_number bank_reserved_phone contact_phone id_expiry id_number id_type phone_number real_name', ''],
  online_shopping: [
    'bank_reserved_phone contact_phone payment_amount payment_channel payment_time phone_number postal_address property_address real_name',
    '',
  ],
  food_delivery: [
    'bank_reserved_phone contact_phone payment_amount payment_channel payment_time phone_number postal_address property_address real_name',
    '',
  ],
  mail_express_delivery: [
    'bank_reserved_phone contact_phone id_number id_type parcel_contents phone_number postal_address property_address real_name',
    '',
  ],
  transport_ticketing: [
    'bank_reserved_phone contact_phone id_number id_type passenger_type payment_amount payment_channel payment_time phone_number real_name seat_class seat_number travel_time trip_destination trip_number trip_origin',
    'license_plate license_plate_color',
  ],
  dating: ['age bank_reserved_phone contact_phone gender marital_status phone_number', ''],
  job_recruitment: ['bank_reserved_phone contact_phone phone_number resume', ''],
  online_lending: ['bank_card_number bank_reserved_phone contact_phone id_expiry id_number id_type phone_number real_name', ''],
  housing: ['bank_reserved_phone contact_phone phone_number postal_address property_address property_layout property_price', ''],
  used_car: ['bank_reserved_phone contact_phone id_number id_type phone_number real_name vehicle_license_number vin', 'license_plate'],
  medical_consultation: [
    'bank_reserved_phone contact_phone phone_number',
    'health_record id_number id_type medical_appointment medical_condition medical_diagnosis real_name',
  ],
  travel_services: ['bank_reserved_phone contact_phone id_number id_type phone_number real_name travel_time trip_destination', 'email'],
  hotel_services: ['bank_reserved_phone contact_phone hotel_name phone_number real_name stay_dates', 'email'],
  online_game: ['bank_reserved_phone contact_phone phone_number', ''],
  learning_education: ['bank_reserved_phone contact_phone phone_number', ''],
  local_life: ['bank_reserved_phone contact_phone phone_number', ''],
  womens_health: ['', ''],
  vehicle_services: [
    'bank_reserved_phone contact_phone payment_amount payment_channel payment_time phone_number',
    'driver_license id_number id_type location_coarse location_precise photo_exif_gps',
  ],
  investment: [
    'bank_card_number bank_reserved_phone contact_phone fund_account id_document_image id_expiry id_number id_type payment_account phone_number real_name',
    '',
  ],
  mobile_banking: [
    'bank_card_number bank_reserved_phone contact_phone id_document_image id_expiry id_number id_type phone_number real_name',
    'bank_name',
  ],
  email_cloud: ['bank_reserved_phone contact_phone phone_number', ''],
  remote_meeting: ['bank_reserved_phone contact_phone phone_number', ''],
  live_streaming: ['', ''],
  online_av: ['', ''],
  short_video: ['', ''],
  news: ['', ''],
  sports_fitness: ['', ''],
  browser: ['', ''],
  input_method: ['', ''],
  security_management: ['', ''],
  ebook: ['', ''],
  photo_beautification: ['', ''],
  app_store: ['', ''],
  utility_tools: ['', ''],
  performance_ticketing: [
    'bank_reserved_phone contact_phone event_session payment_amount payment_channel payment_time phone_number seat_number',
    '',
  ],
};
/** What the text does not name in so many words and the tester decides, by category: nothing else may have been read into a list. */
const READINGS: Readonly<Record<string, string>> = {
  used_car: 'license_plate',
  medical_consultation: 'health_record',
  travel_services: 'email',
  hotel_services: 'email',
};

let rules: Rulebook;
beforeAll(() => {
  rules = loadRulebook({ dir: REAL_RULES });
}, 60_000);

const words = (text: string) => text.split(' ').filter((word) => word !== '');

test('every data type gets from every category the verdict that its list gives: 39 lists, every type', () => {
  const dataTypes = new Map(rules.dataTypes.map((type) => [type.id, type]));
  expect(rules.pack.categories.map(({ id }) => id)).toEqual(Object.keys(ARTICLE_5));
  for (const category of rules.pack.categories) {
    const ruled = rules.dataTypes.map((dataType) => ({
      id: dataType.id,
      ...rule({ dataType, dataTypes, families: rules.families, pack: rules.pack, categories: [category], context: {} }),
    }));
    const found = (name: string) => ruled.flatMap(({ id, verdict }) => (verdict === name ? [id] : []));
    const [necessary, conditional] = ARTICLE_5[category.id] ?? ['', ''];
    expect([category.id, found('necessary')]).toEqual([category.id, words(necessary)]);
    expect([category.id, found('conditional')]).toEqual([category.id, words(conditional)]);
    expect(found('not_judged')).toEqual([]);
  }
});

test('what the text does not name is asked and never taken as listed, and nothing was read in but this', () => {
  const read = rules.pack.categories.flatMap(({ id, items }) =>
    (items ?? []).flatMap(({ fieldConditions }) =>
      Object.entries(fieldConditions).flatMap(([field, { basis }]) => (basis === 'reading' ? [[id, field]] : [])),
    ),
  );
  expect(Object.fromEntries(read)).toEqual(READINGS);
});

test('every item names a type, and 13 categories name none', () => {
  for (const { id, items, noPersonalInfoNeeded } of rules.pack.categories) {
    expect([id, items?.length === 0]).toEqual([id, noPersonalInfoNeeded]);
    for (const item of items ?? []) expect(item.fields.length, item.text.zh).toBeGreaterThan(0);
  }
  expect(Object.values(ARTICLE_5).filter(([necessary, conditional]) => necessary + conditional === '')).toHaveLength(13);
});
