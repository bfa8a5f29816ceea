import { InputError } from '../errors.js';
import { limits } from '../limits.js';

/**
 * The file's text without its byte order mark, refused with the reason where it cannot be JSON: empty, compressed, or UTF-16
 * (Windows PowerShell's `>` writes it) that was read as UTF-8.
 * @throws InputError `OVR_HAR_EMPTY`, `OVR_HAR_COMPRESSED`, `OVR_HAR_ENCODING`, `OVR_HAR_SIZE`.
 */
export function checkedHarText(text: string, file: string): string {
  if (text.length > limits.harFile)
    throw new InputError('OVR_HAR_SIZE', `${file} is larger than ${Math.round(limits.harFile / 1024 / 1024)} MiB`, {
      next: 'Export a part of the recording, or leave out response bodies.',
    });
  const head = text.slice(0, 8);
  if (/^\x1f[\x8b\ufffd]/.test(head) || head.startsWith('PK\x03\x04') || head.startsWith('(\ufffd/'))
    throw new InputError('OVR_HAR_COMPRESSED', `${file} is compressed`, {
      next: `Unpack it first (gzip -d, unzip), then give the .har inside.`,
    });
  if (/^(?:\ufffd\ufffd|\xff\xfe|\xfe\xff)/.test(head) || /^\0?[{[]\0/.test(head) || head.startsWith('\0{'))
    throw new InputError('OVR_HAR_ENCODING', `${file} is UTF-16, not UTF-8`, {
      next: `Convert it: iconv -f UTF-16 -t UTF-8 "${file}" > utf8.har`,
    });
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (bare.trim() === '')
    throw new InputError('OVR_HAR_EMPTY', `${file} is empty`, { next: 'Export the recording again; the tool wrote nothing.' });
  return bare;
}

/** Header text of a HAR (Unicode) as the model keeps it: the bytes of the wire as latin1. UTF-8 is what apps put into headers. */
export function headerFromHar(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The reverse: UTF-8 where the bytes are UTF-8, latin1 otherwise. */
export function headerToHar(value: string): string {
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
