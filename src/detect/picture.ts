import type { Field } from '../model/field.js';
import { tokensOf } from './keys.js';

/** The type of a position that stands in a picture or a video. */
export const PICTURE_PLACE = 'photo_exif_gps';

/** A position that a picture or a video carries, not one that the phone took for this request. */
export function isOfPicture({ steps, keys }: Pick<Field, 'steps' | 'keys'>): boolean {
  return steps.includes('exif') || steps.includes('quicktime') || keys.some((key) => tokensOf(key).includes('exif'));
}
