/**
 * A URL as lists show it: names of query parameters without their values, long numbers and digests of the path shortened. Lists
 * are looked at over shoulders and in screenshots; the values stand in the detail, masked type by type.
 */
export function listedUrl(url: string): string {
  const hash = url.indexOf('#');
  const whole = hash < 0 ? url : url.slice(0, hash);
  const question = whole.indexOf('?');
  const path = (question < 0 ? whole : whole.slice(0, question)).replace(
    /[0-9A-Fa-f]{16,}|\d{7,}/g,
    (run) => `${run.slice(0, 3)}…${run.slice(-2)}`,
  );
  if (question < 0) return path;
  const names = whole
    .slice(question + 1)
    .split('&')
    .map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=…` : shortened(pair)));
  return `${path}?${names.join('&')}`;
}

/** A query without `=` is a value itself. */
function shortened(text: string): string {
  return text.length > 12 ? `${text.slice(0, 3)}…` : text;
}
