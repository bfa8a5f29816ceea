import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const TOKEN = `dXf0b9c2a3d:APA91b${'Hun4MxP5egoKMwt2KZFBaFUH-1RYqx0a1b2c3d4e5f6a7b8c9d0'.repeat(2)}`;

describe('firebase-token', () => {
  it('tells a push token by its form, under any name', () => {
    expect(sure({ pushAddress: TOKEN })).toEqual([['push_token', 'probable', 'body.$.pushAddress']]);
    expect(sure({ device: { g: TOKEN } })).toEqual([['push_token', 'probable', 'body.$.device.g']]);
  });

  it('leaves a name that says it to the dictionary, and takes nothing that only begins so', () => {
    expect(sure({ push_token: TOKEN })).toEqual([['push_token', 'probable', 'body.$.push_token']]);
    for (const value of [TOKEN.slice(0, 30), TOKEN.replace(':APA91b', ':BPA91b'), `see ${TOKEN}`])
      expect(
        sure({ x: value }).filter(([dataType]) => dataType !== 'opaque_payload'),
        value,
      ).toEqual([]);
  });
});
