import { expect, test } from 'vitest';
import { scanXml, unescapeXml, type XmlAttribute } from '../../src/decode/xml.js';

function events(text: string): { log: string[]; end: number } {
  const log: string[] = [];
  const end = scanXml(text, {
    open(name: string, attributes: readonly XmlAttribute[], empty: boolean) {
      log.push(`<${name}${attributes.map((attribute) => ` ${attribute.name}=${attribute.value}`).join('')}${empty ? '/' : ''}>`);
      return true;
    },
    text(value: string) {
      if (value.trim() !== '') log.push(value);
    },
    close(name: string) {
      log.push(`</${name}>`);
    },
  });
  return { log, end };
}

test('elements, attributes, text, CDATA, comments', () => {
  const text = '<?xml version="1.0"?><!-- <no/> --><a x="1 &amp; 2" y=\'z\'><b/>t&#x5f20;<![CDATA[<raw&>]]></a>';
  expect(events(text)).toEqual({ log: ['<a x=1 & 2 y=z>', '<b/>', 't张', '<raw&>', '</a>'], end: text.length });
});

test('a billion laughs stays unread', () => {
  const text = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>';
  expect(events(text).log).toEqual(['<l>', '&b;', '</l>']);
});

test('broken markup ends the scan where it breaks', () => {
  expect(events('<a><b>x</b><c d=></a>')).toEqual({ log: ['<a>', '<b>', 'x', '</b>'], end: 11 });
  for (const text of ['<', '<a', '<a b', '<!', '<!--', '<![CDATA[', '<a x="', '</', '<?', '< >', '<!DOCTYPE ['])
    expect(() => events(text), text).not.toThrow();
});

test('entities: the five and numbers', () => {
  expect(unescapeXml('&lt;&gt;&quot;&apos;&amp;&#65;&#x42;&nbsp;&#99999999;')).toBe('<>"\'&AB&nbsp;&#99999999;');
});
