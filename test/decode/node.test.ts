import { expect, test } from 'vitest';
import { charsetOf, mimeOf, Node, type NodeOrigin, parameterOf, rootOrigin, View } from '../../src/decode/node.js';
import { Work } from '../../src/decode/work.js';

const origin: NodeOrigin = {
  ...rootOrigin('body', 'body', new Work()),
  steps: ['gzip'],
  keys: ['k'],
  base: true,
  contentType: 'Text/XML; charset="UTF-16LE"',
};

test('content types with parameters, quotes and the control characters of real captures', () => {
  expect(mimeOf('\u0000Application/JSON ; charset=x')).toBe('application/json');
  expect(charsetOf('text/html; Charset="gb2312"')).toBe('gb2312');
  expect(parameterOf('form-data; name="a\\"b;c"; filename=x.jpg', 'name')).toBe('a"b;c');
  expect(parameterOf('form-data; name="a;b"; filename=x.jpg', 'filename')).toBe('x.jpg');
  expect(parameterOf('multipart/form-data', 'boundary')).toBe('');
  expect(parameterOf(`x${';a="'.repeat(20_000)}`, 'boundary')).toBe('');
});

test('bytes and text are two readings of the same', () => {
  const text = new Node(origin, '手');
  expect([text.isBytes, text.size, text.bytes]).toEqual([false, 1, Buffer.from('手')]);
  const bytes = new Node({ ...origin, contentType: '' }, Buffer.from('手'));
  expect([bytes.isBytes, bytes.size, bytes.text]).toEqual([true, 3, '手']);
  expect(new Node(origin, Buffer.from('<a/>', 'utf16le')).read).toEqual({ text: '<a/>', step: 'utf-16le' });
});

test('a decoder sees where its leaves go: short for a whole body, as a step inside', () => {
  const decoder = { id: 'json', order: 20, mark: { whole: '.$', nested: '|json$' }, open: () => null };
  const whole = new View(new Node(origin, '{}'), decoder, true);
  expect([whole.root, whole.steps, whole.declared]).toEqual(['body.$', ['gzip', 'json'], true]);
  const inside = new View(new Node({ ...origin, base: false }, '{}'), decoder, false);
  expect(inside.root).toBe('body|json$');
});

test('what equals a layer around it is known again: only by all its bytes, and never a text', () => {
  const outer = new Node(origin, Buffer.from('same'));
  const within = (bytes: Buffer | string) => {
    const middle = new Node({ ...origin, parent: outer }, 'between');
    return new Node({ ...origin, parent: middle }, bytes).isOwnAncestor;
  };
  expect([within(Buffer.from('same')), within(Buffer.from('sane')), within(Buffer.from('between'))]).toEqual([true, false, false]);
  expect(outer.isOwnAncestor).toBe(false);
});
