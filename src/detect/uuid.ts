/** A UUID with its dashes (RFC 9562 section 4) in small letters, for patterns of which it is a part. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const WHOLE = new RegExp(`^${UUID}$`, 'i');

/** Whether a text is a UUID with its dashes and nothing else, in small letters or capitals. */
export function isUuid(text: string): boolean {
  return WHOLE.test(text);
}
