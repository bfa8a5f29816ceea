import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { opened, request, values } from '../sample.js';

function frame(content: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flags;
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}
const message = Buffer.from('\x0a\x0f860000000000001\x12\x05hello', 'latin1');

test('frames hold protobuf', () => {
  expect(opened(Buffer.concat([frame(message), frame(message)]), 'application/grpc+proto')).toMatchObject({
    'body|grpc[0]|protobuf.1': '860000000000001',
    'body|grpc[1]|protobuf.2': 'hello',
  });
});

test('compressed frames', () => {
  const decoded = decodeRequest(
    request({ type: 'application/grpc', headers: [['grpc-encoding', 'gzip']], body: frame(gzipSync(message), 1) }),
  );
  expect(values(decoded)['body|grpc[0]|gzip|protobuf.1']).toBe('860000000000001');
});

test('gRPC-web trailers and Connect with JSON', () => {
  expect(opened(Buffer.concat([frame(message), frame(Buffer.from('grpc-status: 0\r\n'), 0x80)]), 'application/grpc-web')).toMatchObject({
    'body|grpc[1]': 'grpc-status: 0\r\n',
  });
  expect(opened(frame(Buffer.from('{"a":"x"}')), 'application/connect+json')).toMatchObject({ 'body|grpc[0]|json$.a': 'x' });
});

test('undeclared only when the frames end with the body', () => {
  expect(opened(frame(message))).toMatchObject({ 'body|grpc[0]|protobuf.1': '860000000000001' });
  expect(Object.keys(opened(Buffer.concat([frame(message), Buffer.from([9, 9, 9])]))).some((path) => path.includes('grpc'))).toBe(false);
});

test('incident: what stood behind the last frame was lost, and the body counted as read', () => {
  const body = Buffer.concat([frame(message), Buffer.from([0x7f]), Buffer.from('phone=13900000000&a=1')]);
  const found = opened(body, 'application/grpc');
  expect(found['body|grpc[0]|protobuf.1']).toBe('860000000000001');
  expect(Object.values(found).some((value) => value.includes('13900000000'))).toBe(true);
});

test('incident: frames that were kept in a value were no frames to anybody', () => {
  const value = frame(message).toString('base64');
  expect(opened(JSON.stringify({ v: value }))).toMatchObject({ 'body.$.v|base64|grpc[0]|protobuf.1': '860000000000001' });
});
