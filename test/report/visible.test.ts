import { expect, test } from 'vitest';
import { escaped, visible } from '../../src/report/visible.js';

test('characters nobody sees are written out', () => {
  expect(visible('a\u202eb')).toBe('a⟨U+202E⟩b');
  expect(visible('\u0000\u001b[31m\u200b\u2028\ufeff\ud800\u3164')).toBe('⟨U+0000⟩⟨U+001B⟩[31m⟨U+200B⟩⟨U+2028⟩⟨U+FEFF⟩⟨U+D800⟩⟨U+3164⟩');
  expect(visible('中文 ünï 😀')).toBe('中文 ünï 😀');
});

test('signs of markup become entities, in elements and in quoted attributes', () => {
  expect(escaped(`<a href="x" on='y'>&\``)).toBe('&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;&#96;');
});
