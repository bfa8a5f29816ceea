import { expect, test } from 'vitest';
import { Node, rootOrigin, View } from '../../src/decode/node.js';
import { charsetDecoder, keyDecoder } from '../../src/decode/step.js';
import { Work } from '../../src/decode/work.js';

const view = (decoder: ReturnType<typeof keyDecoder>) => new View(new Node(rootOrigin('body', 'body', new Work()), 'x'), decoder, false);

test('a charset is a step that is always kept, a key one that has the name of what it did', () => {
  const charset = charsetDecoder('文', 'gb18030');
  expect([charset.id, charset.open(view(charset))]).toEqual(['gb18030', { child: { text: '文', step: 'gb18030', sure: true } }]);
  const child = { text: 'x', sure: false, step: 'aes-128-cbc' };
  const key = keyDecoder(child);
  expect([key.id, key.open(view(key)), keyDecoder({ text: 'x', sure: false }).id]).toEqual(['aes-128-cbc', { child }, 'key']);
});
