import { expect, test } from 'vitest';
import { escapeMarkup } from '../../src/capture/markup.js';

test('what could end an element or an attribute is a reference', () => {
  expect(escapeMarkup(`<>&"'手机`)).toBe('&#60;&#62;&#38;&#34;&#39;手机');
});
