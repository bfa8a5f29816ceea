import { expect, test } from 'vitest';
import { createExplain, createFields } from '../../src/cli/explanation.js';
import { exchangeOf } from '../session/traffic.js';

const explainExchange = createExplain(() => ({}));

test('each step says what it read and what it made', () => {
  const inner = Buffer.from('{"imei":"490154203237518"}').toString('base64');
  const exchange = exchangeOf(0, 'https://api.example.test/v1', `{"data":"${inner}"}`);
  const steps = explainExchange(exchange, 'request', null, 'body.$.data|base64|json$.imei', 's');
  expect(steps.at(-1)?.text).toBe('490154203237518');
  expect(steps.map((step) => step.step)).toEqual(expect.arrayContaining(['base64']));
  expect(steps.find(({ step }) => step === 'base64')?.says?.en).toContain('base64 in either alphabet');
  expect(steps[0]?.says).toBeNull();
  expect(steps.some((step) => step.input?.includes(inner) === true)).toBe(true);
  expect(steps.map(({ path }) => path)).toContain('body.$.data|base64');
  expect(steps.at(-1)?.path).toBe('body.$.data|base64|json$.imei');
  expect(explainExchange(exchange, 'response', null, 'body.$.x', 's')).toEqual([]);
});

test('the fields of each side are those the detectors read', () => {
  const fieldsOf = createFields(() => ({}));
  const exchange = exchangeOf(0, 'https://api.example.test/v1?q=1', '{"imei":"490154203237518"}');
  const paths = fieldsOf(exchange, 'request', null, 's').map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['query.q', 'body.$.imei']));
  expect(fieldsOf(exchange, 'response', 7, 's')).toEqual([]);
  expect(fieldsOf({ ...exchange, response: null }, 'response', null, 's')).toEqual([]);
});
