import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { fieldAt, inside, opened, request } from '../sample.js';

test('elements, attributes, repeats', () => {
  const xml = '<?xml version="1.0"?><ns:req xmlns:ns="u"><device imei="1" mac="2">text</device><item>a</item><item>b</item></ns:req>';
  const decoded = decodeRequest(request({ type: 'text/xml', body: xml }));
  expect(fieldAt(decoded, 'body|xml.ns:req.device.@imei')).toMatchObject({ value: '1', keys: ['req', 'device', 'imei'] });
  expect(fieldAt(decoded, 'body|xml.ns:req.device.@imei').group).toBe(fieldAt(decoded, 'body|xml.ns:req.device.@mac').group);
  expect(fieldAt(decoded, 'body|xml.ns:req.device').value).toBe('text');
  expect(fieldAt(decoded, 'body|xml.ns:req.item[1]').value).toBe('b');
});

test('an element named by its attribute', () => {
  const xml = '<map><string name="imei">860000000000001</string><param name="mac" value="x"/></map>';
  const decoded = decodeRequest(request({ body: xml }));
  expect(fieldAt(decoded, 'body|xml.map.string').keys).toEqual(['map', 'imei']);
  expect(fieldAt(decoded, 'body|xml.map.param.@value').keys).toEqual(['map', 'mac']);
  expect(fieldAt(decoded, 'body|xml.map.string').group).toBe(fieldAt(decoded, 'body|xml.map.param.@value').group);
});

test('inside a value, with JSON in it, and in UTF-16', () => {
  expect(inside('<r><d>{"a":"x"}</d></r>')).toMatchObject({ '|xml.r.d|json$.a': 'x' });
  expect(opened(Buffer.from('\ufeff<r><d>张</d></r>', 'utf16le'), 'text/xml; charset="UTF-16LE"')).toMatchObject({
    'body|utf-16le|xml.r.d': '张',
  });
});

test('HTML and stray angle brackets stay text', () => {
  expect(Object.keys(opened('<!DOCTYPE html><html><p>x</p></html>', 'text/html'))).toContain('body.text');
  expect(inside('<3 you')).toEqual({ '': '<3 you' });
  expect(inside('<b>bold</i>')).toEqual({ '': '<b>bold</i>' });
});

test('depth is bounded', () => {
  const decoded = decodeRequest(request({ body: '<a>'.repeat(100_000) }));
  expect(decoded.limits[0]?.limit).toBe('jsonDepth');
});

test('incident: what stands outside of elements was lost: a text behind the last, comments, instructions, declared entities', () => {
  const text =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "13900000001">]><a><!-- 13900000002 --><?who 13900000003?><b>1</b><c>2</c></a>13900000004';
  expect(opened(text, 'application/xml')).toEqual(
    expect.objectContaining({
      'body|xml["!DOCTYPE"]': '<!ENTITY e "13900000001">]',
      'body|xml.a["#comment"]': '13900000002',
      'body|xml.a["?who"]': '13900000003',
      'body|xml.a.b': '1',
      'body|xml': '13900000004',
    }),
  );
});

test('incident: what a damaged declaration held was lost', () => {
  expect(opened('<a><b><![DATA[13900000000]]></b><c>1</c><d>2</d></a>', 'application/xml')).toMatchObject({
    'body|xml.a.b["![DATA"]': '[13900000000]]',
    'body|xml.a.c': '1',
  });
});
