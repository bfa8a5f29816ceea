import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createTerminal, displayWidth, printable } from '../../src/cli/terminal.js';

test('escape sequences, bidirectional overrides and lone surrogates are shown, not sent', () => {
  expect(printable('a\u001b[2Jb')).toBe('a\\u001b[2Jb');
  expect(printable('\u009b31m')).toBe('\\u009b31m');
  expect(printable('ab\u202ecd')).toBe('ab\\u202ecd');
  expect(printable('x\ud800y')).toBe('x\\ud800y');
  expect(printable('行\t一\n行二 😀')).toBe('行\t一\n行二 😀');
});

test('results go to stdout, talk to stderr, colour only where asked', () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const plain = createTerminal(stdout, stderr, {});
  plain.json({ a: 1 });
  plain.say(plain.paint.red('careful'));
  expect(stdout.read().toString()).toBe('{"a":1}\n');
  expect(stderr.read().toString()).toBe('careful\n');
  expect(createTerminal(stdout, stderr, { FORCE_COLOR: '1' }).paint.red('x')).toBe('\u001b[31mx\u001b[39m');
  expect(
    createTerminal(stdout, stderr, {
      FORCE_COLOR: '1',
      NO_COLOR: '1',
    }).paint.red('x'),
  ).toBe('x');
});

test('a Chinese character takes two columns, a colour none', () => {
  expect(displayWidth('类型 A')).toBe(6);
  expect(displayWidth('（默认：audit）')).toBe(2 + 4 + 2 + 5 + 2);
  expect(displayWidth('\u001b[31m红\u001b[39m')).toBe(2);
});
