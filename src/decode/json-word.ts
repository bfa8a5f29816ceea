const NUMBER = /^[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?|Infinity|NaN)$/;

/** null: no word of any JSON dialect. Plain numbers are seen without an expression: most words are one. */
export function kindOf(word: string): 'null' | 'boolean' | 'number' | null {
  const first = word.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return isPlainNumber(word) || NUMBER.test(word) ? 'number' : null;
  if (word === 'true' || word === 'false' || word === 'True' || word === 'False') return 'boolean';
  if (word === 'null' || word === 'undefined' || word === 'None') return 'null';
  return NUMBER.test(word) ? 'number' : null;
}

/** Digits with at most one point, beginning with a digit. */
function isPlainNumber(word: string): boolean {
  let points = 0;
  for (let i = 1; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code === 0x2e) points++;
    else if (code < 0x30 || code > 0x39) return false;
  }
  return points <= 1;
}
