import { expect, it } from 'vitest';
import { deflateOf } from '../../../src/wire/websocket/extension.js';

it('reads who keeps a context, per direction', () => {
  expect(deflateOf('')).toBeNull();
  expect(deflateOf('x-webkit-deflate-frame')).toBeNull();
  expect(deflateOf('permessage-deflate')).toEqual({ up: { takeover: true }, down: { takeover: true } });
  expect(deflateOf('foo, Permessage-Deflate; Client_No_Context_Takeover; server_max_window_bits=10')).toEqual({
    up: { takeover: false },
    down: { takeover: true },
  });
  expect(deflateOf('permessage-deflate;server_no_context_takeover')).toEqual({ up: { takeover: true }, down: { takeover: false } });
});
