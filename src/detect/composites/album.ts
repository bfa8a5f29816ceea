import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { isAlbum, isAlbumFile } from '../picture.js';

/**
 * A list of what is in the phone's album: files by their place there, under the name of pictures. Which pictures somebody has, and when
 * and where they were taken, is read from it without a picture being sent. One file alone is what somebody chose to send.
 */
const SHOWN = 5;

export const composite: Composite = {
  triggers: ({ kind, value, path }) => kind === 'string' && path.includes('[') && isAlbumFile(value),
  find({ lists, decoded }) {
    return lists.flatMap(({ path, keys, elements }): CompositeFinding[] => {
      if (!isAlbum(keys)) return [];
      const files = elements.flatMap((element) => element.filter(({ kind, value }) => kind === 'string' && isAlbumFile(value)));
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
