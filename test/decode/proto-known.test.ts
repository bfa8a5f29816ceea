import { expect, test } from 'vitest';
import { linkProto } from '../../src/decode/index.js';
import { ANY, WELL_KNOWN } from '../../src/decode/proto-known.js';

test('every type that compilers bring along can be imported, all of them at once', () => {
  const text = [...WELL_KNOWN.keys()].map((path) => `import "${path}";`).join('\n');
  const { messages } = linkProto([{ path: 'a.proto', file: 'a.proto', text: `${text} message A {}` }], null, () => null);
  expect(Object.keys(messages).filter((name) => name.endsWith('Value'))).toHaveLength(11);
  expect(Object.keys(messages)).toContain(ANY);
});
