import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, request, values } from '../sample.js';

test('numeric character references outside of markup', () => {
  expect(inside('&#24352;&#x4e09;')).toMatchObject({ '|reference': '张三' });
  expect(inside('{&#34;imei&#34;:&#34;860000000000001&#34;}')).toMatchObject({ '|reference|json$.imei': '860000000000001' });
  expect(values(decodeRequest(request({ type: 'text/plain', body: 'from &#24352;&#19977;' })))).toMatchObject({
    'body|reference': 'from 张三',
  });
});

test('what is no reference stays', () => {
  for (const text of ['a=1&#top', '&#;', '&#99999999999;', 'R&D']) expect(inside(text)).toEqual({ '': text });
});

test('json_of_a_template: quotes are undone where they make a document', () => {
  expect(inside('{&quot;a&quot;:&quot;x &amp; y&quot;}')).toMatchObject({ '|reference|json$.a': 'x & y' });
  expect(inside('[{&quot;a&quot;:1}]')).toMatchObject({ '|reference|json$[0].a': '1' });
  expect(inside('he said &quot;no&quot;')).toEqual({ '': 'he said &quot;no&quot;' });
});

test('incident: markup that was escaped, and references that were escaped again, stayed as they stood', () => {
  expect(inside('&lt;a&gt;&lt;phone&gt;13900000000&lt;/phone&gt;&lt;b&gt;1&lt;/b&gt;&lt;/a&gt;', 'utf8')).toMatchObject({
    '|reference|xml.a.phone': '13900000000',
  });
  expect(inside('&amp;#24352;&amp;#19977;', 'utf8')).toMatchObject({ '|reference|reference': '张三' });
});
