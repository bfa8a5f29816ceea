/**
 * Typing pauses this long before a question is sent. Between two keys of one word pass 100 to 200 ms: much less would ask for every
 * letter, much more is felt as waiting, because the answer is to stand there 300 ms after the last key.
 */
export const TYPING_MS = 100;

/** A question that is asked again and again takes at most this share of the server's time: it is the proxy of the phone, too. */
const SHARE = 0.1;

/**
 * @param least milliseconds between two asks of the same question.
 * @param took milliseconds that the last answer took.
 */
export function againAfter(least: number, took: number): number {
  return Math.max(least, took / SHARE);
}
