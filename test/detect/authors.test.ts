import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { authorLine, isCredited, isOfAuthor, isOfContributor, isOfWriter } from '../../src/detect/authors.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const found = (body: object | string) =>
  detector.detect(decodeRequest(request({ body: typeof body === 'string' ? body : JSON.stringify(body) })));
const sure = (body: object | string) =>
  found(body)
    .filter(({ grade }) => grade === 'strong' || grade === 'probable')
    .map(({ dataType }) => dataType);

test('names that say who wrote something, near the field', () => {
  expect(isOfAuthor(['package', 'maintainers', 'email'])).toBe(true);
  expect(isOfAuthor(['channel', 'publisher'])).toBe(true);
  expect(isOfAuthor(['comment_author_email'])).toBe(true);
  expect(isOfAuthor(['author'])).toBe(true);
  expect(isOfAuthor(['author', 'a', 'b', 'c', 'email'])).toBe(false);
  expect(isOfAuthor(['author_email'])).toBe(false);
  expect(isOfAuthor(['p', 'a', 'href'])).toBe(true);
  expect(isOfAuthor([])).toBe(false);
});

test('a line that says so before an address', () => {
  const text = 'Author: Li Lei <lilei@dev.example>\nmail lilei@dev.example';
  expect(isCredited(text, text.indexOf('lilei@'))).toBe(true);
  expect(isCredited(text, text.lastIndexOf('lilei@'))).toBe(false);
  const plea = 'the author of this app never answers, write to me: lilei@dev.example';
  expect(isCredited(plea, plea.indexOf('lilei@'))).toBe(false);
  const listed = 'maintainer:\n  name: Li Lei\n  email: lilei@dev.example\nphone: none, lilei@dev.example';
  expect(isCredited(listed, listed.indexOf('lilei@'))).toBe(true);
  expect(isCredited(listed, listed.lastIndexOf('lilei@'))).toBe(false);
});

test('whoever wrote what is read', () => {
  expect(isOfWriter(['comment', 'user', 'id'])).toBe(true);
  expect(isOfWriter(['data', 'user', 'id'])).toBe(false);
  expect(isOfWriter(['comment', 'uid'])).toBe(false);
  expect(isOfWriter(['id'])).toBe(false);
});

test('incident: whoever wrote a comment that somebody reports was the account that reports it', () => {
  expect(
    sure({ comment: { user: { id: '99112233', nickname: '阿猫', avatar: 'https://cdn.example.com/a/1.png' } }, action: 'report' }),
  ).toEqual([]);
  expect(sure({ note_user: { user_id: '99112233', nickname: '阿猫' }, liked_count: 3 })).toEqual([]);
  expect(sure({ comments: [{ user: { id: '99112233', nickname: '阿猫', gender: '1' }, text: 'nice' }] })).toEqual([]);
  expect(sure({ comment: { text: 'nice' }, user: { id: '99112233', nickname: '阿猫' } })).toEqual(['account_id', 'nickname']);
});

test('incident: who wrote a package, a commit, a page or a cited work was the user of the app', () => {
  for (const body of [
    { name: 'a', author: 'Jane Doe <jane@dev.example>', maintainers: [{ name: 'jdoe', email: 'jdoe@dev.example' }] },
    { items: [{ title: 'A work', creators: [{ firstName: 'Jane', lastName: 'Doe' }] }] },
    '<rss><channel><managingEditor>jane@dev.example (Jane Doe)</managingEditor><item><author>jdoe@dev.example</author></item></channel></rss>',
    'commit 0f0b9c2a\nAuthor: Li Lei <lilei@dev.example>\nDate: Mon Jan 5\n\n    fix build\n',
    'Copyright (c) 2020 Jane Doe <jane@dev.example>\nPermission is hereby granted to everybody.',
    '<p>See <a href="mailto:jane@dev.example">us</a></p>',
  ])
    expect(sure(body), JSON.stringify(body)).toEqual([]);
  expect(found({ author: 'jane@dev.example' })[0]?.trace).toContainEqual(authorLine);
});

test('incident: whoever opened an account as a creator, with their number of identity, was the author of something', () => {
  const creator = { email: 'jane@dev.example', idCard: '11010119900307803X' };
  expect(sure({ creator })).toEqual(['email', 'id_number']);
  expect(sure({ creator: { ...creator, email: 'support@dev.example' } })).toEqual(['id_number']);
});

test('whoever sends a comment with an address of theirs is no author of something else', () => {
  expect(sure({ comment: 'nice', author_email: 'jane@dev.example' })).toEqual(['email']);
  expect(sure({ email: 'jane@dev.example', first_name: 'Jane' })).toEqual(['email', 'real_name']);
  expect(sure({ email: 'mailto:jane@dev.example' })).toEqual(['email']);
  expect(sure({ feedback: 'write to me: jane@dev.example' })).toEqual(['email']);
});

test('incident: the list of a project that many read was told as the user', () => {
  expect(sure({ project: { 'mailing-list': 'project@lists.dev.example' } })).toEqual([]);
  expect(sure({ project: { mailingList: 'https://dev.example/ jane@dev.example' } })).toEqual([]);
});

test('incident: the accounts of those who take care of a package were told as the user’s', () => {
  expect(isOfContributor(['maintainers', 'github_user_id'])).toBe(true);
  expect(isOfContributor(['user', 'github_user_id'])).toBe(false);
  expect(sure({ maintainers: [{ name: 'Li Lei', github_user_id: 1295000 }] })).toEqual([]);
});
