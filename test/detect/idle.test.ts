import { expect, it } from 'vitest';
import { decodeRequest, Triage } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { withIdle } from '../../src/detect/idle.js';
import { dataTypes, request } from './fixture.js';

it('puts the leaves that nobody wanted among the fields', () => {
  const triage = new Triage(createDetector({ dataTypes }).interest, false);
  const message = request({ body: '{"seq":1,"imei":"866123456789018"}' });
  const decoded = decodeRequest(message, { triage });
  expect(decoded.fields.some(({ path }) => path === 'body.$.seq')).toBe(false);
  expect(withIdle(decoded)).toEqual(decodeRequest(message));
  expect(withIdle(withIdle(decoded))).toEqual(decodeRequest(message));
});
