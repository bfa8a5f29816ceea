import { expect, test } from 'vitest';
import type { Leaf } from '../../../src/live/view/marked-text.js';
import { headerLeaves, multipartLeaves, pairLeaves, urlLeaves } from '../../../src/live/view/pairs-text.js';

const shown = (text: string, leaves: readonly Leaf[]) => leaves.map(({ tokens, start, end }) => [tokens.join(' '), text.slice(start, end)]);

test('path segments and query values of a URL', () => {
  const url = 'https://a.example:8443/u/13900000000?x=1&x=2&na%20me=v+w&flag#y=3';
  expect(shown(url, urlLeaves(url))).toEqual([
    ['url path [0]', 'u'],
    ['url path [1]', '13900000000'],
    ['query x', '1'],
    ['query x [1]', '2'],
    ['query na me', 'v+w'],
  ]);
  expect(shown('https://a.example?q=1', urlLeaves('https://a.example?q=1'))).toEqual([['query q', '1']]);
});

test('a form, and a name that is not UTF-8', () => {
  const body = 'phone=139&%B2=x&empty=';
  expect(shown(body, pairLeaves(body, 0, body.length, ['body', 'form']))).toEqual([
    ['body form phone', '139'],
    ['body form %B2', 'x'],
    ['body form empty', ''],
  ]);
});

test('cookies inside their header', () => {
  const value = 'uid=42; theme=a=b';
  expect(shown(value, headerLeaves('Cookie', value, 0, 'header'))).toEqual([
    ['header cookie', value],
    ['cookie uid', '42'],
    ['cookie theme', 'a=b'],
  ]);
  expect(shown('s=1; Path=/', headerLeaves('Set-Cookie', 's=1; Path=/', 1, 'header'))).toEqual([
    ['header set-cookie [1]', 's=1; Path=/'],
    ['cookie s', '1'],
  ]);
});

test('contents of multipart parts', () => {
  const body =
    '--B\r\nContent-Disposition: form-data; name="phone"\r\n\r\n13900000000\r\n--B\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nline\r\nline\r\n--B--\r\n';
  expect(shown(body, multipartLeaves(body, 'B', ['body', 'multipart']))).toEqual([
    ['body multipart phone', '13900000000'],
    ['body multipart f', 'line\r\nline'],
  ]);
});
