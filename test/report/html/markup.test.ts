import { expect, test } from 'vitest';
import { Html, html, joined } from '../../../src/report/html/markup.js';

test('every value is escaped, markup and lists of markup are not escaped twice', () => {
  const hostile = '"><script>x</script>';
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;x&lt;/script&gt;">&quot;&gt;&lt;script&gt;x&lt;/script&gt;</p>',
  );
  expect(html`<ul>${['<a>', '<b>'].map((name) => html`<li>${name}</li>`)}</ul>`.text).toBe('<ul><li>&lt;a&gt;</li><li>&lt;b&gt;</li></ul>');
  expect(html`${null}${0}${[html`<i></i>`, ['<', 1]]}`.text).toBe('0<i></i>&lt;1');
});

test('joined puts the separator between', () => {
  expect(html`${joined(['a', 'b', 'c'], new Html('<br>'))}`.text).toBe('a<br>b<br>c');
  expect(html`${joined([], ',')}`.text).toBe('');
});
