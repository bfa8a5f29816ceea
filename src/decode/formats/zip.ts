import { limits } from '../../limits.js';
import type { Decoder, Leaf } from '../decoder.js';
import { member, named } from '../path.js';
import { unzip, zipEntries } from '../zip-entries.js';

/** Archives that are programs, or documents: nothing of the user's is in an APK, and the documents of offices have a decoder of their own. */
const PROGRAM = /^(?:META-INF\/|AndroidManifest\.xml$|\[Content_Types\]\.xml$|mimetype$)/;

/**
 * Danger: entry names may climb out of a directory and sizes may lie. Fences: nothing is written anywhere, names are only
 * labels, and every entry is inflated under the message's budget.
 */
export const decoder: Decoder = {
  id: 'zip',
  says: { zh: 'zip 归档中的文件', en: 'file in a zip archive' },
  order: 8,
  first: (byte) => byte === 0x50,
  magic: (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4,
  open(source) {
    const { work, root, keys } = source;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const entries = zipEntries(bytes, source.truncated);
    if (entries === null) return null;
    const leaves: Leaf[] = [];
    const group = work.group();
    let count = 0;
    for (const entry of entries) {
      const { name, content } = entry;
      if (count++ >= limits.zipEntries) {
        work.hit(root, 'zipEntries');
        break;
      }
      if (PROGRAM.test(name)) return null;
      if (content.length === 0 || !work.read(content.length, root)) continue;
      const path = member(root, name);
      const inflated = unzip(entry, path, work);
      // Encrypted, or packed in a way that is not read here: what is inside counts as unread, not as nothing.
      const { bytes: inner, isPacked } = inflated ?? { bytes: content, isPacked: false };
      if (inflated !== null && !work.decoded(inner.length, path)) break;
      leaves.push({ path, keys: named(keys, name), value: '', kind: 'binary', group, bytes: inner, layer: isPacked });
    }
    return leaves.length > 0 ? { leaves, beside: true } : null;
  },
};
