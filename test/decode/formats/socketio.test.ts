import { expect, test } from 'vitest';
import { decodeStreamMessage } from '../../../src/decode/index.js';
import { inside, streamMessage, values } from '../sample.js';

test('events, with namespace and acknowledgement', () => {
  expect(values(decodeStreamMessage(streamMessage('ws', '42["login",{"imei":"1"}]')))).toMatchObject({
    'ws[0]|socketio|json$[0]': 'login',
    'ws[0]|socketio|json$[1].imei': '1',
  });
  expect(values(decodeStreamMessage(streamMessage('ws', '42/chat,7["x",{"a":"y"}]')))).toMatchObject({ 'ws[0]|socketio|json$[1].a': 'y' });
});

test('numbers before a bracket', () => {
  expect(inside('12 [x] done')).toEqual({ '': '12 [x] done' });
});
