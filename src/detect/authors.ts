import type { TraceLine } from '../model/finding.js';
import { leafName } from './keys.js';

/** Whoever wrote a book, a package of software, a commit or a page is named in it for everybody, with an address to write to: no data of who sends it. */
const AUTHOR =
  /^(?:authors?|maintainers?|contributors?|committers?|creators?|editors?|developers?|packagers?|translators?|publisher|managingeditor|webmaster|errorreportsto|mailinglists?|commentauthor(?:email|url|ip)?|copyright)$/;
/** Such a name stands near, as in `creators[].name.given`. */
const NAMES_ABOVE = 3;
/** `comment.user.id`: whoever wrote what is read. Whoever writes it names themselves beside it. */
const WRITER = /^(?:user|userinfo|author|member|poster|owner)$/;
const WRITTEN = /^(?:comments?|reply|replies|reviews?|article|video|aweme|tweet|issue|pullrequest|answer|question|topic|note)$/;
/** `note_user: { nickname }`: the same in one name. */
const WRITER_OF = /^(?:comment|reply|review|article|video|answer|question|topic|note|post)(?:user|userinfo|author|owner)$/;
/** The same in a text, earlier in the line: `Author: Li Lei <…>` (git-log), `Copyright (c) 2020 …`, `@author`, `mailto:` of a page. */
const BEFORE =
  /(?:@author\b|\b(?:authors?|maintainers?|contributors?|committer|developers?|tagger|signed-off-by|co-authored-by|reviewed-by)["']?\s{0,3}[:=]|\b(?:developed by|written by|copyright)\b|©|作者\s?[:：]|["'=(<]mailto:)[^\n@]{0,80}(?:\n[ \t]+[^\n@]{0,60}){0,2}$/i;
/** So far before an address the line is read: names, years and a bracket. */
const LINE = 100;

/** Whom a page links to. */
const LINK = /^(?:href|mailto)$/;

/** Whether names say of a field that it is of an author. @param keys names on the way to it, outermost first, its own last. */
export function isOfAuthor(keys: readonly string[]): boolean {
  if (LINK.test(leafName(keys))) return true;
  for (let end = keys.length; end > 0 && end >= keys.length - NAMES_ABOVE; end--)
    if (AUTHOR.test(leafName(keys.slice(0, end)))) return true;
  return false;
}

/** Whoever takes care of a package of software is listed with the number of their account. */
const CONTRIBUTORS = /^(?:maintainers?|contributors?|committers?)$/;

/** Whether names say of a field that it is of somebody who takes part in a package of software. @param keys names on the way to it, outermost first, its own last. */
export function isOfContributor(keys: readonly string[]): boolean {
  return CONTRIBUTORS.test(leafName(keys.slice(0, -1)));
}

/** Whether names say of a field that it is of whoever wrote something that is read. @param keys names on the way to it, outermost first, its own last. */
export function isOfWriter(keys: readonly string[]): boolean {
  const holder = leafName(keys.slice(0, -1));
  return WRITER_OF.test(holder) || (WRITER.test(holder) && WRITTEN.test(leafName(keys.slice(0, -2))));
}

/** Whether the line says so before an address that begins at `start`. */
export function isCredited(text: string, start: number): boolean {
  return BEFORE.test(text.slice(Math.max(0, start - LINE), start));
}

/** Said in the trace of whatever is only a clue for it. */
export const authorLine: TraceLine = {
  rule: 'doubt-author',
  text: {
    zh: '是作品、软件包或网页的作者署名，人人可见，不是使用者的信息',
    en: 'it names who wrote a work, a package of software or a page, for everybody to read, and not who sends it',
  },
};
