import type { Field } from '../model/field.js';
import { phraseOf, tokensOf } from './keys.js';

/** The type of a position that stands in a picture or a video. */
export const PICTURE_PLACE = 'photo_exif_gps';

/** Where phones keep what their cameras took (Android's MediaStore, DCF of JEITA CP-3461), and how iOS names one of the album. */
const FILE =
  /^(?:file:\/\/)?\/(?:storage|sdcard|mnt|data|var|private|Internal)\/[^{}<>"|]{0,200}\/?(?:DCIM|Pictures|Camera)\/[^{}<>"|]{1,200}\.(?:jpe?g|png|hei[cf]|webp|gif|bmp|dng|mp4|mov|3gp)$|^content:\/\/media\/external\/(?:images|video)\/media\/\d+$|^(?:ph:\/\/)?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\/L0\/001$/i;
const LONGEST_FILE = 512;
const SLASH = 0x2f;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const SMALL_A = 0x61;
const SMALL_F = 0x66;
const SMALL_P = 0x70;
const ALBUM = /(?:^| )(?:photos?|pictures?|images?|albums?|gallery|camera ?roll)(?: |$)|相册|照片/;

/** A position that a picture or a video carries, not one that the phone took for this request. */
export function isOfPicture({ steps, keys }: Pick<Field, 'steps' | 'keys'>): boolean {
  return steps.includes('exif') || steps.includes('quicktime') || keys.some((key) => tokensOf(key).includes('exif'));
}

/** Whether a value names a file of the phone's album. */
export function isAlbumFile(value: string): boolean {
  // Most values of a message are shorter, and few begin so.
  return value.length >= 24 && value.length <= LONGEST_FILE && mayBegin(value.charCodeAt(0)) && FILE.test(value);
}

/** `/`, `content:`, `file:`, `ph:` or a hexadecimal digit. */
function mayBegin(code: number): boolean {
  const small = code | 0x20;
  return code === SLASH || (code >= DIGIT_0 && code <= DIGIT_9) || (small >= SMALL_A && small <= SMALL_F) || small === SMALL_P;
}

/** Whether an object is called a picture, or lies in one that is. */
export function isAlbum(keys: readonly string[]): boolean {
  return keys.some((key) => ALBUM.test(phraseOf(key)));
}
