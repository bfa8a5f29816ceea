/** A UUID with its dashes (RFC 9562 section 4) in small letters, for patterns of which it is a part. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const WHOLE = new RegExp(`^${UUID}$`, 'i');

/** Whether a text is a UUID with its dashes and nothing else, in small letters or capitals. */
export function isUuid(text: string): boolean {
  return WHOLE.test(text);
}

/** Versions that are drawn by chance or from the clock (RFC 9562 section 5: 1, 4, 6 and 7), in the variant of that standard. */
const DRAWN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1467][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a UUID says of itself that it was drawn: it is the digest of nothing, unlike versions 3 and 5, and unlike a digest written with dashes. */
export function isDrawnUuid(text: string): boolean {
  return DRAWN.test(text);
}
