import { expect, test } from 'vitest';
import { readPost } from '../../src/capture/har-post.js';

const DOCUMENT = { phone: '19900001234' };

test('HAR 1.2 as it is', () => {
  expect(readPost({ mimeType: 'text/plain', text: 'a' })).toEqual({
    post: { mimeType: 'text/plain', text: 'a', params: [] },
    rebuilt: false,
    unread: null,
  });
  for (const nothing of [undefined, null, {}, { mimeType: 'text/plain', text: '' }, { params: [] }, []])
    expect(readPost(nothing)).toMatchObject({ rebuilt: false, unread: null });
});

test('a text alone, and a document in the place of its text', () => {
  expect(readPost('a=1').post).toEqual({ text: 'a=1' });
  for (const text of [DOCUMENT, [DOCUMENT]])
    expect(readPost({ text })).toMatchObject({ post: { text: JSON.stringify(text) }, rebuilt: true });
});

test('parameters as an object', () => {
  expect(readPost({ params: DOCUMENT }).post).toMatchObject({ params: [{ name: 'phone', value: '19900001234' }] });
});

test('what nobody reads has a name; notes of the tool do not count', () => {
  expect(readPost({ mimeType: 'application/json', content: JSON.stringify(DOCUMENT) }).unread).toBe('content');
  expect(readPost([{ text: 'a' }]).unread).toBe('the list');
  expect(readPost({ mimeType: 'application/json', comment: 'none', _tool: { a: 1 } }).unread).toBeNull();
});
