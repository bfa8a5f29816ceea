import { expect, it } from 'vitest';
import { decodeRequest, Triage } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { MOST_STRETCHES, touchesIdle, withIdle } from '../../src/detect/idle.js';
import { dataTypes, request } from './fixture.js';

it('puts the leaves that nobody wanted among the fields', () => {
  const triage = new Triage(createDetector({ dataTypes }).interest, false);
  const message = request({ body: '{"seq":1,"imei":"866123456789018"}' });
  const decoded = decodeRequest(message, { triage });
  expect(decoded.fields.some(({ path }) => path === 'body.$.seq')).toBe(false);
  expect(withIdle(decoded)).toEqual(decodeRequest(message));
  expect(withIdle(withIdle(decoded))).toEqual(decodeRequest(message));
});

it('knows of so many hits where they stand, and of more that they may be anywhere', () => {
  const triage = new Triage(createDetector({ dataTypes }).interest, false);
  const body = '{"seq":1,"imei":"866123456789018"}';
  const { idle } = decodeRequest(request({ body }), { triage });
  if (idle === undefined) throw new Error('nothing was left out');
  const start = body.indexOf('866');
  const hit = [start, start + 15] as const;
  expect([touchesIdle(idle, [hit]), touchesIdle(idle, [[7, 8]])]).toEqual([false, true]);
  expect(touchesIdle(idle, new Array(MOST_STRETCHES).fill(hit))).toBe(true);
});
