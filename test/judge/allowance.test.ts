import { expect, test } from 'vitest';
import { allowanceOf, SEEN_NOTHING } from '../../src/judge/allowance.js';
import type { Category } from '../../src/model/rulebook.js';
import { dataType, families, pack } from './case.js';

const of = (type: string, ids: readonly string[], context: Record<string, boolean> = {}, seen = SEEN_NOTHING) =>
  allowanceOf(
    dataType(type),
    families,
    ids.map((id) => pack.categories.find((category) => category.id === id) as Category),
    context,
    seen,
  );

test('the type itself comes before a bridge', () => {
  expect(of('contact_phone', ['online_shopping']).listings.map((listing) => [listing.way, listing.member])).toEqual([
    ['itself', 'contact_phone'],
    ['role', 'phone_number'],
  ]);
});

test('an item without a condition comes before one that waits for an answer', () => {
  const { listings } = of('real_name', ['mobile_banking']);
  expect(listings.map((listing) => listing.state)).toEqual(['holds', 'open']);
});

test('each state of a condition', () => {
  const state = (context: Record<string, boolean>) => of('payment_amount', ['ride_hailing'], context).listings[0]?.state;
  expect([state({}), state({ online_booked_taxi_only: true }), state({ online_booked_taxi_only: false })]).toEqual([
    'open',
    'holds',
    'fails',
  ]);
});

test('bridges exist only where the rules name them', () => {
  expect(of('nickname', ['instant_messaging']).listings).toEqual([]);
  expect(of('location_track', ['map_navigation']).listings).toEqual([]);
  expect(of('id_document_image', ['online_payment']).listings).toEqual([]);
  expect(of('postal_address', ['housing']).listings[0]?.way).toBe('role');
});

test('coordinates are an obstacle where the item means what the user chose', () => {
  const seen = { ...SEEN_NOTHING, positioned: true };
  expect(of('trip_destination', ['travel_services'], {}, seen)).toMatchObject({ listings: [], obstacles: [{ kind: 'positioned' }] });
  expect(of('trip_destination', ['map_navigation'], {}, seen).listings).toHaveLength(1);
});

test('inside a container: all of it, some of it, none', () => {
  const inside = (how: 'all' | 'some' | 'none') => of('gender', ['job_recruitment'], {}, { ...SEEN_NOTHING, inside: () => how });
  expect(inside('all').listings[0]).toMatchObject({ way: 'container', member: 'resume' });
  expect(inside('some')).toMatchObject({ listings: [], obstacles: [{ kind: 'outside' }] });
  expect(inside('none')).toMatchObject({ listings: [], obstacles: [{ kind: 'apart' }] });
});

test('an unverified list allows and forbids nothing', () => {
  const unknown = { ...(pack.categories[0] as Category), items: null };
  expect(allowanceOf(dataType('location_precise'), families, [unknown], {})).toEqual({ listings: [], obstacles: [] });
});
