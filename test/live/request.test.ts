import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { askedBy, missing, read } from '../../src/live/request.js';

test('who asks: a browser by its cookie, a program by the token, and from where', async () => {
  const server = Fastify();
  server.get('/', (request) => ({ who: askedBy(request) }));
  expect((await server.inject('/')).json()).toEqual({ who: 'page 127.0.0.1' });
  expect((await server.inject({ url: '/', headers: { authorization: 'Bearer x' } })).json()).toEqual({ who: 'api 127.0.0.1' });
  await server.close();
});

test('what is wrong is named by its place, never by its value', () => {
  const shape = z.strictObject({ a: z.strictObject({ b: z.number() }) });
  expect(read(shape, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
  expect(() => read(shape, { a: { b: '13911112222' } })).toThrow(/"a\.b"/);
  expect(() => read(shape, { a: { b: '13911112222' } })).not.toThrow(/13911112222/);
  expect(() => read(shape, null)).toThrow();
  expect(missing('finding')).toMatchObject({ status: 404, code: 'OVR_UI_NOT_FOUND' });
});
