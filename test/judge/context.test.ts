import { expect, test } from 'vitest';
import { contextQuestions, legalBasisId, SUPPLY_SIDE } from '../../src/judge/context.js';
import { dataType, judgedOne, pack } from './case.js';

const of = (...ids: string[]) =>
  contextQuestions(
    pack.categories.filter((category) => ids.includes(category.id)),
    [dataType('id_number')],
  );

test('conditions once each, in the order of the text, then what holds for every app', () => {
  expect(of('transport_ticketing', 'performance_ticketing').map((question) => question.id)).toEqual([
    'if_any',
    'etc_service_only',
    SUPPLY_SIDE,
    legalBasisId('id_number'),
  ]);
  expect(of('short_video').map((question) => question.kind)).toEqual(['supply_side', 'legal_basis']);
});

test('the judge understands every one of them', () => {
  const verdicts = of('transport_ticketing').map(({ id }) => {
    const type = id === 'etc_service_only' ? 'license_plate' : id === 'if_any' ? 'seat_number' : 'id_number';
    return judgedOne(['transport_ticketing'], type, {}, { context: { [id]: true } }).reason.article;
  });
  expect(verdicts).toEqual(['5(9)', '5(9)', '3', '2']);
});
