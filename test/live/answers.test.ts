import { expect, test } from 'vitest';
import { occurrenceAnswer, rulesAnswer } from '../../src/live/answers.js';
import * as schema from '../../src/live/schema.js';
import { checks, dataTypes, pack } from './fake-rules.js';
import { rideAudit } from './ride.js';

test('the rules answer has 39 categories, 13 of them without need, and how types are told apart, without the examples', () => {
  const answer = rulesAnswer({ pack, dataTypes, checks });
  expect(schema.rules.parse(answer)).toEqual(answer);
  expect(answer.pack.categories).toHaveLength(39);
  expect(answer.pack.categories.filter(({ noPersonalInfoNeeded }) => noPersonalInfoNeeded)).toHaveLength(13);
  expect(answer.dataTypes[0]?.detect).toMatchObject({ how: 'detectors', validator: null });
  // The examples of a rule file are values of people who do not exist, and still of no use here.
  expect(JSON.stringify(answer)).not.toContain('atch":');
});

test('the rules answer names the codes that addresses are registered under, where there is a table', () => {
  const places = { HK: { zh: '中国香港', en: 'Hong Kong, China' } };
  const registry = { title: { zh: '登记表', en: 'table' }, date: '2026-02-01', sha256: '', bytes: new Uint8Array(9), places };
  expect(rulesAnswer({ pack, dataTypes, checks, registry }).places).toEqual(places);
  expect(rulesAnswer({ pack, dataTypes, checks }).places).toEqual({});
});

test('an occurrence never carries its value, not even in its trace or URL', async () => {
  const audit = await rideAudit(0);
  const [, occurrences] = [...audit.evidence].find(([id]) => audit.found.get(id)?.dataType === 'oaid')!;
  const spoiled = {
    ...occurrences[0]!,
    trace: [{ rule: 'x', text: { zh: `值是 ${occurrences[0]!.value}`, en: `it is ${occurrences[0]!.value}` } }],
  };
  const answer = occurrenceAnswer(spoiled);
  expect(schema.occurrence.parse(answer)).toEqual(answer);
  expect(JSON.stringify(answer)).not.toContain(spoiled.value);
  expect(answer.trace[0]?.text.zh).toBe('值是 9f3c****6c35');
});
