import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';
import { isAlbum, isAlbumFile } from '../picture.js';

/** When a picture was taken, as its EXIF has it: no other format writes a day with colons (CIPA DC-008, DateTimeOriginal). */
const TAKEN = /^(?:19|20)\d{2}:[01]\d:[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d$/;
const TAKEN_LENGTH = 19;
const COLON = 0x3a;
const FILE_NAME = /^(?:file|image|photo|pic|picture|display)?name$|^title$/;

/**
 * A list of what is in the phone's album: files by their place there, under the name of pictures. Which pictures somebody has, and when
 * and where they were taken, is read from it without a picture being sent; names and days as the camera wrote them say it as places do. One file alone is what somebody chose to send.
 */
const SHOWN = 5;

export const composite: Composite = {
  triggers: ({ kind, value, path }) => kind === 'string' && (isTaken(value) || isAlbumFile(value)) && path.includes('['),
  find({ lists, decoded }) {
    return lists.flatMap(({ path, keys, elements }): CompositeFinding[] => {
      if (!isAlbum(keys)) return [];
      const placed = elements.flatMap((element) => element.filter(({ kind, value }) => kind === 'string' && isAlbumFile(value)));
      const files = placed.length > 0 ? placed : namedFiles(elements);
      const first = files[0] as Field | undefined;
      // Beside the file stands what the phone's index of its media tells of it: elements of a list of uploads are the files alone.
      if (first === undefined || !elements.some((element) => element.length > 1)) return [];
      const names = [...new Set(files.map(({ value }) => value))];
      const candidate = readAsOne(decoded, first, {
        dataType: 'photo_video',
        grade: 'probable',
        value: names.slice(0, SHOWN).join(','),
        path,
        trace: [{ rule: 'album-list', text: { zh: `相册中的 ${names.length} 个文件`, en: `${names.length} files of the phone's album` } }],
        passRate: 1e-6,
      });
      return [{ candidate, absorbs: files.map((field) => field.path) }];
    });
  },
};

function isTaken(value: string): boolean {
  return value.length === TAKEN_LENGTH && value.charCodeAt(4) === COLON && TAKEN.test(value);
}

/** Names of the files of which the list tells when they were taken; of one alone none: that may be the picture that is sent. */
function namedFiles(elements: ReadonlyArray<readonly Field[]>): readonly Field[] {
  const taken = elements.filter((element) => element.some(({ kind, value }) => kind === 'string' && isTaken(value)));
  if (taken.length < 2) return [];
  return taken.flatMap((element) => element.filter(({ keys, value }) => value !== '' && FILE_NAME.test(leafName(keys))));
}
