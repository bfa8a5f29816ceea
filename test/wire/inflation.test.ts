import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { inflate, inflateMessage } from '../../src/wire/inflation.js';
import { text } from './conversation.js';

describe('inflate', () => {
  it('undoes the encodings of gRPC', () => {
    const plain = Buffer.from('imei 490154203237518');
    expect(inflate('gzip', gzipSync(plain))).toEqual(Uint8Array.from(plain));
    expect(inflate('deflate', deflateSync(plain))).toEqual(Uint8Array.from(plain));
    expect(inflate('br', brotliCompressSync(plain))).toEqual(Uint8Array.from(plain));
  });

  it('gives null for what is unknown, broken or a bomb', () => {
    expect(inflate('snappy', Buffer.from('x'))).toBeNull();
    expect(inflate('constructor', Buffer.from('x'))).toBeNull();
    expect(inflate('gzip', Buffer.from('not gzip'))).toBeNull();
    expect(inflate('gzip', gzipSync(Buffer.alloc(limits.wireInflated + 1)))).toBeNull();
  });
});

describe('inflateMessage', () => {
  it('uses the window of earlier messages', () => {
    const window = Buffer.from('the same words again and again');
    const packed = deflateRawSync('the same words again and again', { dictionary: window });
    expect(text(inflateMessage(packed, window) ?? new Uint8Array())).toBe(window.toString());
    expect(inflateMessage(packed, new Uint8Array(0))).toBeNull();
  });
});
